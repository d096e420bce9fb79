import { MAX_LZW_CODE_SIZE } from "./spec.ts";
import { imageData } from "./sub_blocks.ts";

/** Codes have at most 12 bits, so this is one past the last (appendix F). */
const CODES = 4096;
/** Most bytes that the codes between two clear codes take, rounded up. */
const SEGMENT_BYTES = 8192;

// A hash table with open addressing, of the strings since the clear code. An
// entry is prefix code (12 bits), next index (8), own code (12); 0 is free,
// since no string of two has the code 0. At most 3838 of the slots are taken.
// This beats a table indexed by prefix and index, which does not fit the
// caches of a CPU; to clear its 64 KiB as a whole takes about 2 µs, less than
// to follow the slots that were touched. The hash multiplies the index only,
// which is known early, since a pixel has to wait for the prefix.
const SLOTS = 1 << 14;
const SLOT_MASK = SLOTS - 1;
const INDEX_STEP = 213;
const strings = new Int32Array(SLOTS);

/** Codes as bytes before they are cut into sub-blocks; kept between calls. */
let codeBytes = new Uint8Array(1 << 16);

/**
 * Compresses the pixels of an image (GIF89a section 22 and appendix F).
 *
 * The dictionary is cleared as soon as it is full. To go on with it while it
 * serves well makes test patterns and gradients up to 5% smaller, but most
 * films and screens larger, and no rule tried could tell them apart.
 *
 * @param indices Color indices, row by row, in the order in which the image
 * is to have them (see {@linkcode interlacedRowOrder}); none is allowed.
 * @param minimumCodeSize Bits of an index, 2 to 8; GIF has no 1.
 * @returns The image data: minimum code size, sub-blocks, block terminator.
 * @throws {RangeError} If the code size is not 2 to 8, or an index does not
 * fit it.
 *
 * @example
 * ```ts
 * import { encodeLzw } from "@x/gifstream/gif";
 * import { assertEquals } from "@std/assert";
 *
 * const data = encodeLzw(Uint8Array.of(1, 1, 1, 0), 2);
 * assertEquals(data, Uint8Array.of(2, 2, 0x8c, 0x51, 0));
 * ```
 */
export function encodeLzw(
  indices: Uint8Array,
  minimumCodeSize: number,
): Uint8Array {
  if (
    !Number.isInteger(minimumCodeSize) || minimumCodeSize < 2 ||
    minimumCodeSize > MAX_LZW_CODE_SIZE
  ) {
    throw new RangeError(
      `Cannot encode LZW: minimumCodeSize must be 2 to 8: ${minimumCodeSize}`,
    );
  }
  const length = writeCodes(indices, minimumCodeSize);
  return imageData(codeBytes, length, minimumCodeSize);
}

/** Fills codeBytes and returns how far. */
function writeCodes(indices: Uint8Array, minimumCodeSize: number): number {
  const clearCode = 1 << minimumCodeSize;
  const endCode = clearCode + 1;
  let nextCode = endCode + 1;
  let bits = minimumCodeSize + 1;
  let pending = clearCode, pendingBits = bits;
  let at = 0;
  strings.fill(0);
  if (indices.length > 0) {
    let prefix = indices[0];
    if (prefix >= clearCode) throw indexError(indices, 0, clearCode);
    for (let i = 1; i < indices.length; i++) {
      const index = indices[i];
      const string = prefix << 8 | index;
      let slot = (prefix << 2) + index * INDEX_STEP & SLOT_MASK;
      let entry = strings[slot];
      while (entry !== 0 && entry >>> 12 !== string) {
        slot = slot + 1 & SLOT_MASK;
        entry = strings[slot];
      }
      if (entry !== 0) {
        prefix = entry & 0xfff;
        continue;
      }
      // An index that does not fit is never in a string that was entered.
      if (index >= clearCode) throw indexError(indices, i, clearCode);
      pending |= prefix << pendingBits;
      pendingBits += bits;
      while (pendingBits >= 8) {
        codeBytes[at++] = pending;
        pending >>>= 8;
        pendingBits -= 8;
      }
      prefix = index;
      if (nextCode < CODES) {
        strings[slot] = string << 12 | nextCode;
        if (nextCode === 1 << bits && bits < 12) bits++;
        nextCode++;
        continue;
      }
      pending |= clearCode << pendingBits;
      pendingBits += bits;
      strings.fill(0);
      nextCode = endCode + 1;
      bits = minimumCodeSize + 1;
      if (at + SEGMENT_BYTES > codeBytes.length) growCodeBytes();
    }
    pending |= prefix << pendingBits;
    pendingBits += bits;
    // Decoders enter a string for this code too, and may widen by it.
    if (nextCode === 1 << bits && bits < 12) bits++;
  }
  return writeEnd(at, pending, pendingBits, endCode, bits);
}

/** Appends what is pending and the end code; returns the length. */
function writeEnd(
  at: number,
  pending: number,
  pendingBits: number,
  endCode: number,
  bits: number,
): number {
  while (pendingBits >= 8) {
    codeBytes[at++] = pending;
    pending >>>= 8;
    pendingBits -= 8;
  }
  pending |= endCode << pendingBits;
  pendingBits += bits;
  for (; pendingBits > 0; pendingBits -= 8) {
    codeBytes[at++] = pending;
    pending >>>= 8;
  }
  return at;
}

function growCodeBytes(): void {
  const larger = new Uint8Array(codeBytes.length * 2);
  larger.set(codeBytes);
  codeBytes = larger;
}

function indexError(
  indices: Uint8Array,
  position: number,
  limit: number,
): RangeError {
  return new RangeError(
    `Cannot encode LZW: indices must be less than ${limit}: ` +
      `${indices[position]} at position ${position}`,
  );
}
