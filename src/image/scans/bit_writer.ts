const FIRST_BYTES = 1 << 16;
const BYTE_BITS = 8;

/** Writes the entropy-coded bits of a JPEG, the highest bit first. */
export class BitWriter {
  #bytes = new Uint8Array(FIRST_BYTES);
  #length = 0;
  #bits = 0;
  #count = 0;

  /** Adds bytes that are no such bits. */
  bytes(bytes: readonly number[]): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /**
   * Adds the lowest bits of a number.
   *
   * @param value The number.
   * @param count How many, at most 16.
   */
  bits(value: number, count: number): void {
    this.#bits = this.#bits << count | value & (1 << count) - 1;
    this.#count += count;
    if (this.#count < BYTE_BITS) return;
    this.#reserve(6);
    while (this.#count >= BYTE_BITS) {
      this.#count -= BYTE_BITS;
      const byte = this.#bits >> this.#count & 0xff;
      this.#bytes[this.#length++] = byte;
      // Without it, the next byte would make it a marker.
      if (byte === 0xff) this.#bytes[this.#length++] = 0;
    }
  }

  /** Fills the last byte with ones. */
  align(): void {
    if (this.#count > 0) this.bits(0xff, BYTE_BITS - this.#count);
  }

  /** All that was written. */
  take(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const bytes = new Uint8Array(2 * this.#bytes.length + count);
    bytes.set(this.#bytes);
    this.#bytes = bytes;
  }
}
