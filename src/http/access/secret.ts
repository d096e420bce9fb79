const encoder = new TextEncoder();

/** A word that visitors must know. */
export class Secret {
  readonly #bytes: Uint8Array;

  /**
   * @param word The word, of at least one character.
   * @throws {RangeError} If it is empty.
   */
  constructor(word: string) {
    if (word === "") {
      throw new RangeError("Cannot use secret: expected a word, found nothing");
    }
    this.#bytes = encoder.encode(word);
  }

  /** True if a word is the secret; the time it takes tells nothing about it. */
  matches(word: string): boolean {
    const given = encoder.encode(word), secret = this.#bytes;
    let difference = given.length ^ secret.length;
    for (let i = 0; i < given.length; i++) {
      difference |= given[i] ^ secret[i % secret.length];
    }
    return difference === 0;
  }

  /**
   * Tells this secret from others, for those who know it: it is no hash that
   * hides one (FNV-1a, 32 bits).
   */
  get mark(): string {
    let hash = 0x811c9dc5;
    for (const byte of this.#bytes) hash = Math.imul(hash ^ byte, 0x01000193);
    return (hash >>> 0).toString(16).padStart(8, "0");
  }
}
