import type { HuffmanSpec } from "./jpeg_tables.ts";

/** A Huffman code: what is written for each symbol. */
export interface HuffmanCode {
  codes: Uint16Array;
  /** Bits of each code. */
  lengths: Uint8Array;
}

/** The code that a file's header specifies (ITU-T T.81, annex C). */
export function huffmanCode({ counts, symbols }: HuffmanSpec): HuffmanCode {
  const codes = new Uint16Array(256), lengths = new Uint8Array(256);
  let code = 0, at = 0;
  for (let length = 1; length <= counts.length; length++) {
    for (let i = 0; i < counts[length - 1]; i++) {
      codes[symbols[at]] = code++;
      lengths[symbols[at++]] = length;
    }
    code <<= 1;
  }
  return { codes, lengths };
}

const FIRST_BYTES = 65536;
/** A put adds two bytes at most, each with a zero behind it. */
const PUT_BYTES = 8;

/** Writes a JPEG: bytes in headers, and the bits of a scan. */
export class JpegWriter {
  #bytes = new Uint8Array(FIRST_BYTES);
  #length = 0;
  #bits = 0;
  #bitCount = 0;

  /** Writes bytes. */
  bytes(bytes: ArrayLike<number>): void {
    while (this.#length + bytes.length > this.#bytes.length) this.#grow();
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Writes a marker segment (B.1.1.4). */
  segment(marker: number, payload: number[]): void {
    const length = payload.length + 2;
    this.bytes([0xff, marker, length >> 8, length & 255, ...payload]);
  }

  /** Writes up to 16 bits, the highest first. */
  bits(bits: number, count: number): void {
    if (this.#length + PUT_BYTES > this.#bytes.length) this.#grow();
    this.#bits = this.#bits << count | bits;
    this.#bitCount += count;
    while (this.#bitCount >= 8) {
      this.#bitCount -= 8;
      const byte = this.#bits >> this.#bitCount & 255;
      this.#bytes[this.#length++] = byte;
      // So that it is no marker (F.1.2.3).
      if (byte === 0xff) this.#bytes[this.#length++] = 0;
    }
  }

  /** Fills the last byte of a scan with ones (F.1.2.3). */
  endScan(): void {
    this.bits(0x7f, 7);
    this.#bits = 0;
    this.#bitCount = 0;
  }

  /** What was written. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #grow(): void {
    const larger = new Uint8Array(2 * this.#bytes.length);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
