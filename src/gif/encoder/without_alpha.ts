/** Red, green and blue of pixels that have alpha too, as if all lay on black. */
export function withoutAlpha(
  rgba: Uint8Array | Uint8ClampedArray,
  pixels: number,
): Uint8Array {
  const rgb = new Uint8Array(pixels * 3);
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    const alpha = rgba[from + 3];
    rgb[to] = (rgba[from] * alpha + 127) / 255;
    rgb[to + 1] = (rgba[from + 1] * alpha + 127) / 255;
    rgb[to + 2] = (rgba[from + 2] * alpha + 127) / 255;
  }
  return rgb;
}
