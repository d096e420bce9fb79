/** Samples of a side of a block. */
export const SIDE = 8;

/** Places of a block's frequencies, the lowest first (ITU-T T.81, figure 5). */
export const ZIGZAG: readonly number[] = zigzag();

function zigzag(): number[] {
  const places: number[] = [];
  for (let sum = 0; sum <= 2 * (SIDE - 1); sum++) {
    for (let i = 0; i <= sum; i++) {
      const [x, y] = sum % 2 === 1 ? [sum - i, i] : [i, sum - i];
      if (x < SIDE && y < SIDE) places.push(y * SIDE + x);
    }
  }
  return places;
}
