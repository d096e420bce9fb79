import type { Buffer } from "node:buffer";
import { createHash, timingSafeEqual } from "node:crypto";

/** A word that visitors must know. It is kept as a hash only. */
export class Secret {
  readonly #hash: Buffer;

  /**
   * @param word The word, of at least one character.
   * @throws {RangeError} If it is empty.
   */
  constructor(word: string) {
    if (word === "") {
      throw new RangeError("Cannot use secret: expected a word, found nothing");
    }
    this.#hash = hash(word);
  }

  /** Whether a word is this one, in a time that does not depend on either. */
  matches(word: string): boolean {
    return timingSafeEqual(this.#hash, hash(word));
  }

  /** Tells this secret from others, but does not tell it. */
  get mark(): string {
    return hash(this.#hash).toString("hex").slice(0, 8);
  }
}

function hash(bytes: string | Buffer): Buffer {
  return createHash("sha256").update(bytes).digest();
}
