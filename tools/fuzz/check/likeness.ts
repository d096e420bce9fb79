/** Colors that a keyframe shows exactly: those of 8 images. */
export const EXACT_COLORS = 2041;
/** What a keyframe of more colors keeps to. */
export const LEAST_DECIBELS = 38;

/**
 * How alike two pictures are, in decibels, over the pixels that are there;
 * undefined if those are others.
 */
export function decibelsBetween(
  found: Uint8ClampedArray,
  expected: Uint8ClampedArray,
): number | undefined {
  let squares = 0, channels = 0;
  for (let at = 0; at < expected.length; at += 4) {
    if (found[at + 3] !== expected[at + 3]) return undefined;
    if (expected[at + 3] === 0) continue;
    channels += 3;
    for (let i = at; i < at + 3; i++) squares += (found[i] - expected[i]) ** 2;
  }
  if (squares === 0) return Infinity;
  return 10 * Math.log10(255 ** 2 * channels / squares);
}

/** How many colors a picture has, up to one more than it may be exact with. */
export function colorsOf(pixels: Uint8ClampedArray<ArrayBuffer>): number {
  const colors = new Set<number>();
  for (const pixel of new Uint32Array(pixels.buffer)) {
    colors.add(pixel);
    if (colors.size > EXACT_COLORS) break;
  }
  return colors.size;
}
