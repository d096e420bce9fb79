const ALPHABET =
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const SIX_BITS = new Int8Array(256).fill(-1);
for (const [value, letter] of [...ALPHABET].entries()) {
  SIX_BITS[letter.charCodeAt(0)] = value;
}

/**
 * Decodes Base64 (RFC 2045, 6.8) that comes in chunks of any size: line breaks
 * and whatever else is no letter of it are skipped.
 */
export class Base64Content {
  /** Bits that are no whole byte yet. */
  #bits = 0;
  #bitCount = 0;

  /** The bytes that are complete by this chunk. */
  push(chunk: Uint8Array): Uint8Array {
    const bytes = new Uint8Array((chunk.length * 6 + this.#bitCount) >> 3);
    let bits = this.#bits, count = this.#bitCount, length = 0;
    for (const letter of chunk) {
      const value = SIX_BITS[letter];
      if (value < 0) continue;
      bits = (bits << 6 | value) & 0xffff;
      count += 6;
      if (count < 8) continue;
      count -= 8;
      bytes[length++] = bits >> count;
    }
    this.#bits = bits;
    this.#bitCount = count;
    return bytes.subarray(0, length);
  }
}
