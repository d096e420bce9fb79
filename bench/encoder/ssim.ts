const WINDOW = 8;
const STRIDE = 4;
const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;

/** The brightness of each pixel (ITU-R BT.601). */
export function lumaOf(rgb: Uint8Array): Float32Array {
  const luma = new Float32Array(rgb.length / 3);
  for (let i = 0, at = 0; i < luma.length; i++, at += 3) {
    luma[i] = 0.299 * rgb[at] + 0.587 * rgb[at + 1] + 0.114 * rgb[at + 2];
  }
  return luma;
}

/** Structural similarity of two pictures, the mean of windows. */
export function ssimOf(
  a: Float32Array,
  b: Float32Array,
  width: number,
): number {
  const height = a.length / width;
  let sum = 0, windows = 0;
  for (let y = 0; y + WINDOW <= height; y += STRIDE) {
    for (let x = 0; x + WINDOW <= width; x += STRIDE) {
      sum += windowSsim(a, b, y * width + x, width);
      windows++;
    }
  }
  return windows === 0 ? 1 : sum / windows;
}

function windowSsim(
  a: Float32Array,
  b: Float32Array,
  start: number,
  width: number,
): number {
  let sumA = 0, sumB = 0, squaresA = 0, squaresB = 0, products = 0;
  for (let row = 0; row < WINDOW; row++) {
    const begin = start + row * width;
    for (let at = begin; at < begin + WINDOW; at++) {
      sumA += a[at];
      sumB += b[at];
      squaresA += a[at] * a[at];
      squaresB += b[at] * b[at];
      products += a[at] * b[at];
    }
  }
  const pixels = WINDOW * WINDOW;
  const meanA = sumA / pixels, meanB = sumB / pixels;
  const varianceA = squaresA / pixels - meanA * meanA;
  const varianceB = squaresB / pixels - meanB * meanB;
  const covariance = products / pixels - meanA * meanB;
  return (2 * meanA * meanB + C1) * (2 * covariance + C2) /
    ((meanA * meanA + meanB * meanB + C1) * (varianceA + varianceB + C2));
}
