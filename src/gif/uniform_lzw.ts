import { imageData } from "./sub_blocks.ts";

/** Codes have at most 12 bits, so this is one past the last (appendix F). */
const CODES = 4096;

/**
 * Compresses an image whose pixels all have the index 0: the same bytes as
 * {@linkcode encodeLzw} gives, in a time that hardly depends on its size. Each
 * code stands for one pixel more than the code before.
 *
 * @param pixels Number of pixels, at least 1.
 * @param minimumCodeSize Bits of an index, 2 to 8.
 * @returns The image data: minimum code size, sub-blocks, block terminator.
 */
export function encodeUniformLzw(
  pixels: number,
  minimumCodeSize: number,
): Uint8Array {
  const clearCode = 1 << minimumCodeSize, endCode = clearCode + 1;
  const codes: number[] = [], widths: number[] = [];
  let left = pixels;
  while (left > 0) {
    let width = minimumCodeSize + 1, nextCode = endCode + 1;
    codes.push(clearCode);
    widths.push(codes.length === 1 ? width : 12);
    for (let length = 1; left > 0; length++) {
      const taken = Math.min(length, left);
      codes.push(taken === 1 ? 0 : endCode + taken - 1);
      widths.push(width);
      left -= taken;
      if (nextCode === CODES) break;
      if (nextCode++ === 1 << width && width < 12) width++;
    }
    if (left === 0) {
      codes.push(endCode);
      widths.push(width);
    }
  }
  const bytes = packed(codes, widths);
  return imageData(bytes, bytes.length, minimumCodeSize);
}

function packed(codes: number[], widths: number[]): Uint8Array {
  const bits = widths.reduce((sum, width) => sum + width, 0);
  const bytes = new Uint8Array(Math.ceil(bits / 8));
  let at = 0, pending = 0, pendingBits = 0;
  codes.forEach((code, i) => {
    pending |= code << pendingBits;
    pendingBits += widths[i];
    for (; pendingBits >= 8; pendingBits -= 8) {
      bytes[at++] = pending;
      pending >>>= 8;
    }
  });
  if (pendingBits > 0) bytes[at] = pending;
  return bytes;
}
