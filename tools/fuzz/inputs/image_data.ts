import type { Random } from "./random.ts";

/** Codes have at most 12 bits, so this is one past the last (appendix F). */
const CODES = 4096;
const MAX_BITS = 12;
/** Pixels that the string of each code stands for. */
const lengths = new Int32Array(CODES + 1);

/** What is wrong with image data. */
export type DataFault =
  | "none"
  | "too-few"
  | "too-many"
  | "no-end"
  | "bad-code"
  | "no-data";

/**
 * Image data of random codes, each of which a decoder knows by then: not only
 * what an encoder would write.
 *
 * @param codeSize Minimum code size, 0 to 8; others are written for 8.
 * @param pixels How many the codes stand for, if there is no fault.
 * @param plainShare Of ten codes, those that are an index.
 */
export function randomImageData(
  random: Random,
  codeSize: number,
  pixels: number,
  fault: DataFault,
  plainShare: number = random.pick([1, 3, 6, 10]),
): number[] {
  const bits = Math.min(codeSize, 8);
  const payload: number[] = [];
  if (fault !== "no-data") {
    new CodeStream(random, bits, plainShare, payload).write(pixels, fault);
  }
  return [codeSize, ...subBlocks(random, payload)];
}

/** Sub-blocks of all sizes, and their end. */
export function subBlocks(random: Random, payload: number[]): number[] {
  const longest = random.once(4) ? random.between(1, 254) : 255;
  const blocks: number[] = [];
  for (let at = 0; at < payload.length; at += longest) {
    const block = payload.slice(at, at + longest);
    blocks.push(block.length, ...block);
  }
  blocks.push(0);
  return blocks;
}

/** Codes as a decoder follows them. */
class CodeStream {
  readonly #random: Random;
  readonly #minimumBits: number;
  readonly #clear: number;
  readonly #bytes: number[];
  readonly #plainShare: number;
  #value = 0;
  #used = 0;
  #bits = 0;
  /** The code that is made by the next one. */
  #next = 0;
  #previous = -1;

  constructor(
    random: Random,
    minimumBits: number,
    plainShare: number,
    bytes: number[],
  ) {
    this.#random = random;
    this.#minimumBits = minimumBits;
    this.#clear = 1 << minimumBits;
    this.#bytes = bytes;
    this.#plainShare = plainShare;
    this.#forget();
  }

  /** Writes codes for so many pixels. */
  write(pixels: number, fault: DataFault): void {
    const random = this.#random;
    if (!random.once(12)) this.#putClear();
    let left = pixels;
    if (fault === "too-few") left = random.below(Math.max(1, pixels));
    if (fault === "too-many") left += random.between(1, 40);
    while (left > 0) {
      if (random.once(120)) this.#putClear();
      left -= this.#putString(left);
    }
    if (fault === "bad-code") this.#put(Math.min(this.#next + 1, CODES - 1));
    if (fault !== "no-end") this.#put(this.#clear + 1);
    if (this.#used > 0) this.#bytes.push(this.#value & 255);
  }

  /** Writes a code that stands for at most so many pixels. */
  #putString(most: number): number {
    const random = this.#random;
    const fresh = this.#previous < 0;
    let code = random.below(this.#clear);
    let length = 1;
    if (!fresh && random.below(10) >= this.#plainShare) {
      const made = lengths[this.#previous] + 1;
      const end = this.#next < CODES ? this.#next + 1 : CODES;
      const candidate = random.once(3)
        ? end - 1
        : random.between(this.#clear + 1, end - 1);
      const found = candidate === this.#next ? made : lengths[candidate];
      if (candidate > this.#clear + 1 && found <= most) {
        code = candidate;
        length = found;
      }
    }
    this.#put(code);
    if (!fresh && this.#next < CODES) {
      lengths[this.#next++] = lengths[this.#previous] + 1;
    }
    if (this.#next >= 1 << this.#bits && this.#bits < MAX_BITS) this.#bits++;
    if (code < this.#clear) lengths[code] = 1;
    this.#previous = code;
    return length;
  }

  #putClear(): void {
    this.#put(this.#clear);
    this.#forget();
  }

  #forget(): void {
    this.#bits = this.#minimumBits + 1;
    this.#next = this.#clear + 2;
    this.#previous = -1;
  }

  #put(code: number): void {
    this.#value |= code << this.#used;
    for (this.#used += this.#bits; this.#used >= 8; this.#used -= 8) {
      this.#bytes.push(this.#value & 255);
      this.#value >>>= 8;
    }
  }
}
