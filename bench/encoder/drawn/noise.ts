/** Numbers from 0 to 1, the same ones for a seed. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = Math.imul(state, 1664525) + 1013904223 >>> 0;
    return state / 2 ** 32;
  };
}

/** A picture as a camera with noise of a standard deviation sees it. */
export function withNoise(
  rgb: Uint8Array,
  sigma: number,
  next: () => number,
): Uint8Array<ArrayBuffer> {
  const noisy = Uint8ClampedArray.from(rgb, (value) => {
    // Four uniform numbers make a good enough normal one.
    const sum = next() + next() + next() + next() - 2;
    return Math.round(value + sum * Math.sqrt(3) * sigma);
  });
  return new Uint8Array(noisy.buffer);
}
