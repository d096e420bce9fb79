import { encode } from "jpeg-js";
import { DEFAULT_QUALITY } from "./default_quality.ts";
import type { Pixels } from "./pixels.ts";

/**
 * Writes a JPEG file.
 *
 * @param rgba Red, green, blue and alpha of every pixel; alpha is ignored.
 * @param size Pixels of a row, and rows.
 * @param quality From 1, fewest bytes, to 100.
 */
export function encodeJpeg(
  rgba: Uint8Array | Uint8ClampedArray,
  { width, height }: Pick<Pixels, "width" | "height">,
  quality: number = DEFAULT_QUALITY,
): Uint8Array<ArrayBuffer> {
  // The buffer may be a shared one of Node.
  return new Uint8Array(encode({ data: rgba, width, height }, quality).data);
}

/** Red, green, blue and alpha of pixels without alpha. */
export function withAlpha(
  pixels: Uint8Array,
): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(pixels.length / 3 * 4);
  for (let from = 0, to = 0; from < pixels.length; from += 3, to += 4) {
    rgba[to] = pixels[from];
    rgba[to + 1] = pixels[from + 1];
    rgba[to + 2] = pixels[from + 2];
    rgba[to + 3] = 255;
  }
  return rgba;
}
