/**
 * Pictures that carry a number, to be read back from screenshots: 16 blocks
 * in 4 rows, blue for 0 and yellow for 1, the highest bit first. Nothing that
 * a page shows instead of the picture (black, white, gray) is such a block.
 *
 * @module
 */

import { encodeLzw } from "../../../src/gif/lzw_encode.ts";
import type { Pixels } from "./pixels.ts";

const GRID = 4;
/** Numbers are below this. */
export const NUMBER_LIMIT = 1 << (GRID * GRID);
const BLUE = [0, 0, 255];
const YELLOW = [255, 255, 0];
const MINIMUM_CODE_SIZE = 2;

/** A whole GIF file that shows a number. */
export function numberedFrame(number: number, blockPixels = 24): Uint8Array {
  const side = GRID * blockPixels;
  const indices = new Uint8Array(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const block = GRID * Math.floor(y / blockPixels) +
        Math.floor(x / blockPixels);
      indices[y * side + x] = number >> (GRID * GRID - 1 - block) & 1;
    }
  }
  return Uint8Array.from([
    ...new TextEncoder().encode("GIF89a"),
    ...u16(side),
    ...u16(side),
    // A global color table of two.
    0x80,
    0,
    0,
    ...BLUE,
    ...YELLOW,
    0x2c,
    ...u16(0),
    ...u16(0),
    ...u16(side),
    ...u16(side),
    0,
    ...encodeLzw(indices, MINIMUM_CODE_SIZE),
    0x3b,
  ]);
}

/**
 * Reads the number that a picture shows.
 *
 * @returns The number, or `undefined` if the pixels are not all of such a
 * picture.
 */
export function readNumber(pixels: Pixels): number | undefined {
  let number = 0;
  for (let block = 0; block < GRID * GRID; block++) {
    const bit = readBlock(pixels, block);
    if (bit === undefined) return undefined;
    number = number << 1 | bit;
  }
  return number;
}

/** The bit at the middle of a block. */
function readBlock(pixels: Pixels, block: number): number | undefined {
  const { width, height, rgb } = pixels;
  const column = block % GRID + 0.5;
  const row = Math.floor(block / GRID) + 0.5;
  const x = Math.floor(column * width / GRID);
  const y = Math.floor(row * height / GRID);
  const at = 3 * (y * width + x);
  const [red, green, blue] = rgb.subarray(at, at + 3);
  if (red < 64 && green < 64 && blue > 192) return 0;
  if (red > 192 && green > 192 && blue < 64) return 1;
  return undefined;
}

function u16(value: number): number[] {
  return [value & 0xff, value >> 8];
}
