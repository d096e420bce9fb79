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
const MINIMUM_CODE_SIZE = 8;
const TABLE_COLORS = 1 << MINIMUM_CODE_SIZE;
/** Half of the colors are kinds of blue, half are kinds of yellow. */
const KINDS = TABLE_COLORS / 2;

/** Options of {@linkcode numberedFrame}. */
export interface NumberedFrameOptions {
  /**
   * Width and height of a block.
   *
   * @default {24}
   */
  blockPixels?: number;
  /**
   * Whether the blocks are of all kinds of blue and yellow, at random, which
   * makes files of about nine bits a pixel.
   *
   * @default {false}
   */
  noisy?: boolean;
}

/** A whole GIF file that shows a number, less than 65536. */
export function numberedFrame(
  number: number,
  options: NumberedFrameOptions = {},
): Uint8Array {
  const { blockPixels = 24, noisy = false } = options;
  const side = GRID * blockPixels;
  const indices = new Uint8Array(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const block = GRID * Math.floor(y / blockPixels) +
        Math.floor(x / blockPixels);
      const bit = number >> (GRID * GRID - 1 - block) & 1;
      const kind = noisy ? Math.floor(Math.random() * KINDS) : 0;
      indices[y * side + x] = bit * KINDS + kind;
    }
  }
  return Uint8Array.from([
    ...new TextEncoder().encode("GIF89a"),
    ...u16(side),
    ...u16(side),
    // A global color table of 256.
    0xf7,
    0,
    0,
    ...colorTable(),
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

function colorTable(): number[] {
  const table: number[] = [];
  for (let color = 0; color < TABLE_COLORS; color++) {
    const off = Math.floor(color % KINDS / 4);
    const on = 255 - off;
    table.push(...color < KINDS ? [off, off, on] : [on, on, off]);
  }
  return table;
}

/** The number whose lowest bit is this one's highest, and so on. */
export function reversedNumber(number: number): number {
  let reversed = 0;
  for (let bit = 0; bit < GRID * GRID; bit++) {
    reversed = reversed << 1 | number >> bit & 1;
  }
  return reversed;
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
