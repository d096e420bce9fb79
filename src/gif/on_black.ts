/**
 * Lays pixels on black, by their alpha, rounded to the nearest.
 *
 * @param rgba Red, green, blue and alpha of every pixel.
 * @param pixels How many of them.
 * @returns Red, green and blue of every pixel.
 */
export function onBlack(
  rgba: Uint8Array | Uint8ClampedArray,
  pixels: number,
): Uint8Array<ArrayBuffer> {
  const rgb = new Uint8Array(pixels * 3);
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    const alpha = rgba[from + 3];
    rgb[to] = (rgba[from] * alpha + 127) / 255;
    rgb[to + 1] = (rgba[from + 1] * alpha + 127) / 255;
    rgb[to + 2] = (rgba[from + 2] * alpha + 127) / 255;
  }
  return rgb;
}
