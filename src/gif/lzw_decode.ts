import { MAX_LZW_CODE_SIZE } from "./spec.ts";

/** Result of {@linkcode decodeLzw}. */
export interface LzwResult {
  /** Indices written, from the start of the output on. */
  pixels: number;
  /**
   * - `complete`: the output is full; what data is left was not looked at.
   * - `end-code`: the end code came before the output was full.
   * - `end-of-data`: the data ran out before the output was full.
   * - `invalid-code`: a code for which there is no string yet.
   * - `invalid-code-size`: the data begins with none of 0 to 8.
   */
  end:
    | "complete"
    | "end-code"
    | "end-of-data"
    | "invalid-code"
    | "invalid-code-size";
  /** Position in the data of the byte in which the last code read begins. */
  offset: number;
}

/** Less than GIF's own: see {@linkcode MIN_LZW_CODE_SIZE}. */
const MIN_CODE_SIZE = 0;
/** Codes have at most 12 bits, so this is one past the last (appendix F). */
const CODES = 4096;
/** Bytes that one read or write of the output may touch. */
const WORD_BYTES = 8;
const WINDOW_BYTES = 1 << 15;

// The payload of the sub-blocks, some of them at a time. Without the lengths
// in between, a code is read by one load and no branch; the bytes past the
// end are there for the load to be in bounds.
const windowBytes = new Uint8Array(WINDOW_BYTES + 4);
const windowView = new DataView(windowBytes.buffer);

// Where in the output the string of each code begins. A string is the one
// before it and one index more, so it is there in the output, and it ends
// where the next code's string begins, plus that index. Two entries more than
// codes: the end of the last string, and the start of the one after.
const starts = new Int32Array(CODES + 2);

/**
 * Decompresses the pixels of an image (GIF89a section 22 and appendix F).
 *
 * It takes what real files hold: no clear code at the start, a full
 * dictionary that is not cleared, no end code, too little data or too much.
 * It writes nothing outside `output`, but may overwrite up to 7 bytes of
 * `output` after the pixels it reports.
 *
 * @param data The image data, from its minimum code size on; what follows
 * the block terminator is not read.
 * @param output Takes an index a byte, in the order in which the image has
 * them (see {@linkcode interlacedRowOrder}); its length is the pixels wanted.
 * @returns How many pixels there were, and what ended them. It never throws.
 *
 * @example
 * ```ts
 * import { decodeLzw } from "@x/gifstream/gif";
 * import { assertEquals } from "@std/assert";
 *
 * const indices = new Uint8Array(4);
 * const result = decodeLzw(Uint8Array.of(2, 2, 0x8c, 0x51, 0), indices);
 * assertEquals(result.end, "complete");
 * assertEquals(indices, Uint8Array.of(1, 1, 1, 0));
 * ```
 */
export function decodeLzw(data: Uint8Array, output: Uint8Array): LzwResult {
  const minimumCodeSize = data.length === 0 ? MIN_CODE_SIZE : data[0];
  if (
    minimumCodeSize < MIN_CODE_SIZE || minimumCodeSize > MAX_LZW_CODE_SIZE
  ) {
    return { pixels: 0, end: "invalid-code-size", offset: 0 };
  }
  const payload = new Payload(data);
  const view = new DataView(output.buffer, output.byteOffset, output.length);
  const pixels = output.length;
  const clearCode = 1 << minimumCodeSize;
  const endCode = clearCode + 1;
  let bits = minimumCodeSize + 1;
  // The code whose string ends with the first index of the code to be read.
  // Right after a clear code there is none: the end code takes the place.
  let nextCode = endCode;
  let end: LzwResult["end"] = pixels === 0 ? "complete" : "end-of-data";
  let at = 0, bit = 0;
  decoding: while (at < pixels && payload.refill(bit >>> 3)) {
    bit &= 7;
    const windowBits = payload.windowLength * 8;
    while (bit + bits <= windowBits) {
      const code = windowView.getUint32(bit >>> 3, true) >>> (bit & 7) &
        (1 << bits) - 1;
      if (code === clearCode) {
        bit += bits;
        bits = minimumCodeSize + 1;
        nextCode = endCode;
        continue;
      }
      starts[nextCode + 1] = at;
      if (code < clearCode) {
        output[at++] = code;
      } else {
        if (code === endCode || code > nextCode) {
          end = code === endCode ? "end-code" : "invalid-code";
          break decoding;
        }
        const from = starts[code];
        const length = starts[code + 1] - from + 1;
        const string = at;
        at += length;
        if (at + WORD_BYTES <= pixels) {
          copyWords(view, from, string, length);
          // The string being made ends with its own first index.
          if (code === nextCode) output[at - 1] = output[string];
        } else {
          at = Math.min(at, pixels);
          copyBytes(output, from, string, at);
        }
      }
      bit += bits;
      if (nextCode < CODES) {
        nextCode++;
        // More than that only at once, for a minimum code size of 0.
        if (nextCode >= 1 << bits && bits < 12) bits++;
      }
      if (at === pixels) {
        end = "complete";
        break decoding;
      }
    }
  }
  return { pixels: at, end, offset: payload.position(bit >>> 3) };
}

/**
 * Copies a string 8 bytes at a time, and up to 7 too many. What it reads of
 * the string was all there before, except for the last index of the string
 * being made.
 */
function copyWords(
  view: DataView,
  from: number,
  to: number,
  length: number,
): void {
  const end = to + length;
  while (to < end) {
    view.setBigUint64(to, view.getBigUint64(from, true), true);
    to += WORD_BYTES;
    from += WORD_BYTES;
  }
}

function copyBytes(
  output: Uint8Array,
  from: number,
  to: number,
  end: number,
): void {
  while (to < end) output[to++] = output[from++];
}

/** Gathers what sub-blocks hold (section 15) into windowBytes. */
class Payload {
  readonly #data: Uint8Array;
  /** Position in #data of the sub-block to be taken next. */
  #next = 1;
  /** Bytes that were there before those in the window. */
  #before = 0;
  /** Bytes in the window. */
  windowLength = 0;

  constructor(data: Uint8Array) {
    this.#data = data;
  }

  /** Drops so many bytes and adds more; false if there are none. */
  refill(used: number): boolean {
    windowBytes.copyWithin(0, used, this.windowLength);
    this.#before += used;
    const kept = this.windowLength - used;
    let length = kept;
    const data = this.#data;
    while (this.#next < data.length && data[this.#next] !== 0) {
      const begin = this.#next + 1;
      const end = Math.min(begin + data[this.#next], data.length);
      if (length + end - begin > WINDOW_BYTES) break;
      windowBytes.set(data.subarray(begin, end), length);
      length += end - begin;
      this.#next = end;
    }
    this.windowLength = length;
    return length > kept;
  }

  /** Position in the data of a byte of the window. */
  position(windowByte: number): number {
    const data = this.#data;
    let left = this.#before + windowByte;
    let block = 1;
    while (block < data.length && data[block] !== 0 && left >= data[block]) {
      left -= data[block];
      block += 1 + data[block];
    }
    const terminated = block >= data.length || data[block] === 0;
    return Math.min(terminated ? block : block + 1 + left, data.length);
  }
}
