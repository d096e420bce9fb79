/**
 * Raw pictures to encode.
 *
 * @module
 */

/** Numbers from 0 up to 1, the same ones for a seed. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = Math.imul(state, 1664525) + 1013904223 >>> 0;
    return state / 2 ** 32;
  };
}

/** A soft picture with a texture, moved along by so many pixels. */
export function scene(
  width: number,
  height: number,
  moved: number,
  seed = 1,
): Uint8Array<ArrayBuffer> {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = moved; x < width + moved; x++, at += 3) {
      const texture = Math.imul(x * 7 + y * 13 + seed, 2654435761) >>> 28;
      rgb[at] = 128 + 90 * Math.sin(x / 19 + seed) + texture;
      rgb[at + 1] = 128 + 90 * Math.sin(y / 23 + seed * 2) + texture;
      rgb[at + 2] = 128 + 90 * Math.sin((x + y) / 31 + seed * 3) + texture;
    }
  }
  return rgb;
}

/** A picture without texture. */
export function gradient(
  width: number,
  height: number,
): Uint8Array<ArrayBuffer> {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      rgb.set([60 + x, 60 + y, 200 - x / 2], at);
    }
  }
  return rgb;
}

/** A picture of one color. */
export function plain(
  width: number,
  height: number,
  color: [number, number, number],
): Uint8Array<ArrayBuffer> {
  const rgb = new Uint8Array(width * height * 3);
  for (let at = 0; at < rgb.length; at += 3) rgb.set(color, at);
  return rgb;
}

/** A picture with the noise of a camera. */
export function noisy(
  rgb: Uint8Array,
  sigma: number,
  next: () => number,
): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(rgb, (value) => {
    const sum = next() + next() + next() + next() - 2;
    const noise = sum * Math.sqrt(3) * sigma;
    return Math.min(255, Math.max(0, Math.round(value + noise)));
  });
}

/** Decibels over all channels; infinite if they are the same. */
export function psnr(source: Uint8Array, picture: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < source.length; i++) sum += (source[i] - picture[i]) ** 2;
  return 10 * Math.log10(255 * 255 * source.length / sum);
}

/** Drops alpha, which must be 255. */
export function opaque(rgba: Uint8ClampedArray): Uint8Array<ArrayBuffer> {
  const rgb = new Uint8Array(rgba.length / 4 * 3);
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    if (rgba[from + 3] !== 255) throw new Error(`A hole at pixel ${from / 4}`);
    rgb.set(rgba.subarray(from, from + 3), to);
  }
  return rgb;
}
