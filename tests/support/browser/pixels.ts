/**
 * What a browser shows, as pixels.
 *
 * @module
 */

import { decodePicture } from "../../../src/image/decode_picture.ts";

/** A picture. */
export interface Pixels {
  width: number;
  height: number;
  /** Rows from the top, three bytes a pixel. */
  rgb: Uint8Array;
}

/** Decodes a PNG file. A program of its own would take a fifth of a second. */
export function decodePng(png: Uint8Array): Pixels {
  const { pixels: rgb, width, height } = decodePicture(png);
  return { width, height, rgb };
}

/** The share of pixels that differ clearly between two pictures, 0 to 1. */
export function shareOfDifferentPixels(a: Pixels, b: Pixels): number {
  let different = 0;
  for (let at = 0; at < a.rgb.length; at += 3) {
    const difference = Math.abs(a.rgb[at] - b.rgb[at]) +
      Math.abs(a.rgb[at + 1] - b.rgb[at + 1]) +
      Math.abs(a.rgb[at + 2] - b.rgb[at + 2]);
    if (difference > 48) different++;
  }
  return different * 3 / a.rgb.length;
}

/** How many colors a picture has, most of them taken together. */
export function countColors({ rgb }: Pixels): number {
  const colors = new Set<number>();
  for (let at = 0; at < rgb.length; at += 3) {
    colors.add(rgb[at] >> 3 << 10 | rgb[at + 1] >> 3 << 5 | rgb[at + 2] >> 3);
  }
  return colors.size;
}
