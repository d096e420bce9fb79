/** A raw picture. */
export interface Pixels {
  /** Red, green and blue of every pixel, row by row. The taker owns it. */
  pixels: Uint8Array<ArrayBuffer>;
  /** Pixels of a row, 1 to 65535. */
  width: number;
  /** Rows, 1 to 65535. */
  height: number;
}

/** Colors laid on black, by their alpha. */
export function onBlack(
  rgba: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
): Pixels {
  const pixels = new Uint8Array(3 * width * height);
  for (let from = 0, to = 0; to < pixels.length; from += 4, to += 3) {
    const alpha = rgba[from + 3] / 255;
    pixels[to] = rgba[from] * alpha + 0.5;
    pixels[to + 1] = rgba[from + 1] * alpha + 0.5;
    pixels[to + 2] = rgba[from + 2] * alpha + 0.5;
  }
  return { pixels, width, height };
}
