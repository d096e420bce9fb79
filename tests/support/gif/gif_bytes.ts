/**
 * Small GIFs put together by hand, block by block.
 *
 * @module
 */

import { encodeLzw } from "../../../src/gif/lzw_encode.ts";

/** Bytes of all the pieces, one after another. */
export function bytes(...pieces: (number | number[] | Uint8Array | string)[]) {
  return Uint8Array.from(pieces.flatMap((piece) => {
    if (typeof piece === "string") return [...new TextEncoder().encode(piece)];
    return typeof piece === "number" ? [piece] : [...piece];
  }));
}

/** Two bytes, the low one first. */
export function u16(value: number): number[] {
  return [value & 255, value >> 8];
}

/** A color table of so many colors, all different. */
export function table(colors: number): number[] {
  return Array.from({ length: colors }, (_, i) => [i, 255 - i, i * 7 & 255])
    .flat();
}

function sizeField(colors: number): number {
  return Math.log2(colors) - 1;
}

/** Header, logical screen and, of 2 colors or more, a global table. */
export function header(width: number, height: number, colors = 2): Uint8Array {
  const packed = colors === 0 ? 0x70 : 0xf0 | sizeField(colors);
  return bytes(
    "GIF89a",
    u16(width),
    u16(height),
    packed,
    [0, 0],
    colors === 0 ? [] : table(colors),
  );
}

/** What `image` draws and how. */
export interface ImageRecipe {
  left?: number;
  top?: number;
  width: number;
  height: number;
  /** Colors of a local table; none by default. */
  colors?: number;
  interlaced?: boolean;
  sorted?: boolean;
  indices?: Uint8Array;
  codeSize?: number;
}

/** An image descriptor, its table and data. */
export function image(recipe: ImageRecipe): Uint8Array {
  const { left = 0, top = 0, width, height, colors = 0, codeSize = 2 } = recipe;
  const indices = recipe.indices ??
    Uint8Array.from({ length: width * height }, (_, i) => i & 1);
  const packed = (colors === 0 ? 0 : 0x80 | sizeField(colors)) |
    (recipe.interlaced ? 0x40 : 0) | (recipe.sorted ? 0x20 : 0);
  return bytes(
    0x2c,
    [left, top, width, height].flatMap(u16),
    packed,
    colors === 0 ? [] : table(colors),
    encodeLzw(indices, codeSize),
  );
}

/** A graphic control extension. */
export function graphicControl(
  control: {
    disposal?: number;
    transparentIndex?: number;
    delayCentiseconds?: number;
    userInput?: boolean;
  },
): Uint8Array {
  const { disposal = 0, transparentIndex, delayCentiseconds = 0 } = control;
  const packed = disposal << 2 | (control.userInput ? 2 : 0) |
    (transparentIndex === undefined ? 0 : 1);
  return bytes(
    [0x21, 0xf9, 4, packed],
    u16(delayCentiseconds),
    transparentIndex ?? 0,
    0,
  );
}

/** The last byte of a GIF. */
export const TRAILER = 0x3b;
/** The extension that makes a GIF loop for ever, as ffmpeg writes it. */
export const NETSCAPE = bytes([0x21, 0xff, 11], "NETSCAPE2.0", [3, 1, 0, 0, 0]);
/** A comment extension. */
export const COMMENT = bytes([0x21, 0xfe, 2], "hi", 0);
