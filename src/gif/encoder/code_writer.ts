const SUB_BLOCK_BYTES = 255;

/** Packs LZW codes into sub-blocks (GIF89a sections 15, 22, appendix F). */
export class CodeWriter {
  #bytes = new Uint8Array(1 << 16);
  #at = 0;
  /** Where the length of the current sub-block stands. */
  #block = 0;
  #pending = 0;
  #pendingBits = 0;

  /** Begins image data with its minimum code size. */
  start(minimumCodeSize: number): void {
    this.#bytes[0] = minimumCodeSize;
    this.#block = 1;
    this.#at = 2;
    this.#pending = 0;
    this.#pendingBits = 0;
  }

  /** Appends a code of so many bits, at most 12. */
  write(code: number, bits: number): void {
    this.#pending |= code << this.#pendingBits;
    this.#pendingBits += bits;
    while (this.#pendingBits >= 8) this.#writeByte();
  }

  /** Ends the image data, and answers with a copy of it. */
  finish(): Uint8Array {
    while (this.#pendingBits > 0) this.#writeByte();
    const length = this.#at - this.#block - 1;
    this.#bytes[this.#block] = length;
    // An empty sub-block is the terminator itself.
    if (length > 0) this.#bytes[this.#at++] = 0;
    return this.#bytes.slice(0, this.#at);
  }

  #writeByte(): void {
    this.#bytes[this.#at++] = this.#pending;
    this.#pending >>>= 8;
    this.#pendingBits -= 8;
    if (this.#at - this.#block <= SUB_BLOCK_BYTES) return;
    this.#bytes[this.#block] = SUB_BLOCK_BYTES;
    this.#block = this.#at++;
    if (this.#at + 2 * SUB_BLOCK_BYTES > this.#bytes.length) this.#grow();
  }

  #grow(): void {
    const larger = new Uint8Array(this.#bytes.length * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
