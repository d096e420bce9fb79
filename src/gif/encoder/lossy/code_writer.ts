import { imageData } from "../../sub_blocks.ts";

/** Most bytes that a code takes when it is written, with what was pending. */
const MAX_CODE_BYTES = 3;

/** Packs LZW codes (GIF89a appendix F) into image data. */
export class CodeWriter {
  #bytes = new Uint8Array(1 << 16);
  #at = 0;
  #pending = 0;
  #pendingBits = 0;

  /** Begins anew. */
  start(): void {
    this.#at = 0;
    this.#pending = 0;
    this.#pendingBits = 0;
  }

  /** Appends a code of so many bits, at most 12. */
  write(code: number, bits: number): void {
    if (this.#at + MAX_CODE_BYTES > this.#bytes.length) this.#grow();
    let pending = this.#pending | code << this.#pendingBits;
    let pendingBits = this.#pendingBits + bits;
    while (pendingBits >= 8) {
      this.#bytes[this.#at++] = pending;
      pending >>>= 8;
      pendingBits -= 8;
    }
    this.#pending = pending;
    this.#pendingBits = pendingBits;
  }

  /**
   * Ends the codes.
   *
   * @returns Minimum code size, sub-blocks, block terminator.
   */
  finish(minimumCodeSize: number): Uint8Array {
    if (this.#pendingBits > 0) this.write(0, 8 - this.#pendingBits);
    return imageData(this.#bytes, this.#at, minimumCodeSize);
  }

  #grow(): void {
    const larger = new Uint8Array(this.#bytes.length * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
