/**
 * Portable pixmaps, as the programs of libjpeg and libpng read and write them.
 *
 * @module
 */

import { concat } from "@std/bytes/concat";

/** A pixmap, in red, green and blue. */
export interface Pnm {
  width: number;
  height: number;
  pixels: Uint8Array;
}

/** Writes a pixmap of a color for each pixel. */
export function writePpm(
  width: number,
  height: number,
  colorAt: (x: number, y: number) => number[],
): Uint8Array {
  const pixels = Array.from(
    { length: width * height },
    (_, i) => colorAt(i % width, Math.floor(i / width)),
  );
  const head = new TextEncoder().encode(`P6\n${width} ${height}\n255\n`);
  return concat([head, Uint8Array.from(pixels.flat())]);
}

/**
 * Reads a binary pixmap or graymap of any depth.
 *
 * @throws {Error} If it is another kind of file.
 */
export function readPnm(bytes: Uint8Array): Pnm {
  const text = new TextDecoder("latin1").decode(bytes.subarray(0, 100));
  const head = /^P([456])\s+(\d+)\s+(\d+)\s(?:(\d+)\s)?/.exec(text);
  if (head === null) throw new Error(`Cannot read pixmap: ${text}`);
  const [all, kind, width, height, most] = head;
  const pixels = new Uint8Array(3 * Number(width) * Number(height));
  const data = bytes.subarray(all.length);
  const max = Number(most ?? 1), wide = max > 255;
  const sample = (i: number) => {
    const value = wide ? data[2 * i] << 8 | data[2 * i + 1] : data[i];
    return Math.floor((value * 255 + max / 2) / max);
  };
  for (let i = 0; i < pixels.length; i++) {
    if (kind === "6") pixels[i] = sample(i);
    else if (kind === "5") pixels[i] = sample(Math.floor(i / 3));
    else pixels[i] = bit(data, Math.floor(i / 3), Number(width));
  }
  return { width: Number(width), height: Number(height), pixels };
}

/** Black is 1. */
function bit(data: Uint8Array, pixel: number, width: number): number {
  const x = pixel % width, y = Math.floor(pixel / width);
  const byte = data[y * Math.ceil(width / 8) + (x >> 3)];
  return byte >> (7 - (x & 7)) & 1 ? 0 : 255;
}
