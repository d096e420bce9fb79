import { CodeWriter } from "./code_writer.ts";
import { SERVED_PIXELS, SERVED_RATIO } from "./lossy_lzw.ts";
import { CODES } from "./phrase_dictionary.ts";

// A hash table as that of `encodeLzw()`: prefix (12 bits), index (8), own
// code (12); 0 is free.
const SLOTS = 1 << 14;
const INDEX_STEP = 213;
/** A phrase may be cut short by so many pixels. */
const MAX_CUT = 8;
/**
 * Pixels that a cut must gain: what decoders enter after it is there already,
 * so that it wastes a code.
 */
const CUT_PIXELS = 2;

const strings = new Int32Array(SLOTS);
const writer = new CodeWriter();

/**
 * Compresses an image by phrases that are not always the longest: each is cut
 * where it and the next one together go furthest (flexible parsing). What
 * repeats exactly, as graphics do, takes up to a sixteenth less.
 *
 * @param indices At least one; all fit the code size.
 * @param minimumCodeSize Bits of an index, 2 to 8.
 * @returns The image data: minimum code size, sub-blocks, block terminator.
 */
export function encodeFlexibly(
  indices: Uint8Array,
  minimumCodeSize: number,
): Uint8Array {
  const { length } = indices;
  const clearCode = 1 << minimumCodeSize;
  /** The codes of the longest phrase and of all that begin it, by length. */
  const codes = new Uint16Array(length + 1);
  let nextCode = 0, bits = 0, last = -1, since = 0, spent = 0, lately = 0;
  const clear = () => {
    strings.fill(0);
    nextCode = clearCode + 2;
    bits = minimumCodeSize + 1;
    last = -1;
    spent = 0;
  };
  clear();
  writer.start();
  writer.write(clearCode, bits);
  for (let begin = 0; begin < length;) {
    if (last >= 0 && nextCode < CODES) {
      const slot = slotOf(last, indices[begin]);
      if (strings[slot] === 0) {
        strings[slot] = (last << 8 | indices[begin]) << 12 | nextCode;
      }
      if (nextCode++ === 1 << bits && bits < 12) bits++;
    }
    const longest = follow(indices, begin, codes);
    let end = longest, furthest = 0;
    for (let at = longest; at > begin && at >= longest - MAX_CUT; at--) {
      const reach = at === length ? length : follow(indices, at) -
        (at < longest ? CUT_PIXELS : 0);
      if (reach <= furthest) continue;
      furthest = reach;
      end = at;
    }
    last = codes[end - begin];
    writer.write(last, bits);
    spent += bits;
    const pixels = end - begin;
    lately += (bits / pixels - lately) * Math.min(1, pixels / SERVED_PIXELS);
    begin = end;
    if (nextCode < CODES || begin === length) continue;
    if (lately < SERVED_RATIO * spent / (begin - since)) continue;
    writer.write(clearCode, bits);
    clear();
    since = begin;
  }
  // Decoders enter a string for the last code too, and may widen by it.
  if (nextCode === 1 << bits && bits < 12) bits++;
  writer.write(clearCode + 1, bits);
  return writer.finish(minimumCodeSize);
}

/** The slot of a string, or a free one. */
function slotOf(prefix: number, index: number): number {
  const string = prefix << 8 | index;
  let slot = (prefix << 2) + index * INDEX_STEP & SLOTS - 1;
  while (strings[slot] !== 0 && strings[slot] >>> 12 !== string) {
    slot = slot + 1 & SLOTS - 1;
  }
  return slot;
}

/** The end of the longest phrase from a position; its codes by length. */
function follow(
  indices: Uint8Array,
  begin: number,
  codes?: Uint16Array,
): number {
  let code = indices[begin], at = begin + 1;
  for (;; at++) {
    if (codes !== undefined) codes[at - begin] = code;
    if (at === indices.length) return at;
    const entry = strings[slotOf(code, indices[at])];
    if (entry === 0) return at;
    code = entry & CODES - 1;
  }
}
