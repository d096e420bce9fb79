/** Width and height of a block. */
export const BLOCK_SIDE = 8;

/** What {@linkcode forwardDct} multiplies rows and columns with. */
const AAN_SCALES = [
  1,
  1.387039845,
  1.306562965,
  1.175875602,
  1,
  0.785694958,
  0.541196100,
  0.275899379,
];

/**
 * What a coefficient of {@linkcode forwardDct} is to be multiplied with to
 * count steps.
 *
 * @param steps Size of a step of each coefficient, row by row.
 */
export function stepFactors(steps: Uint8Array): Float32Array {
  return Float32Array.from(steps, (step, i) => {
    const row = AAN_SCALES[i >> 3], column = AAN_SCALES[i & 7];
    return 1 / (step * row * column * BLOCK_SIDE);
  });
}

/**
 * The discrete cosine transform of a block, by Arai, Agui and Nakajima: with
 * five multiplications for eight values, but each result scaled.
 */
export function forwardDct(block: Float32Array): void {
  for (let row = 0; row < 64; row += 8) transform(block, row, 1);
  for (let column = 0; column < 8; column++) transform(block, column, 8);
}

function transform(block: Float32Array, at: number, step: number): void {
  const i1 = at + step, i2 = i1 + step, i3 = i2 + step;
  const i4 = i3 + step, i5 = i4 + step, i6 = i5 + step, i7 = i6 + step;
  const sum07 = block[at] + block[i7], difference07 = block[at] - block[i7];
  const sum16 = block[i1] + block[i6], difference16 = block[i1] - block[i6];
  const sum25 = block[i2] + block[i5], difference25 = block[i2] - block[i5];
  const sum34 = block[i3] + block[i4], difference34 = block[i3] - block[i4];

  const outer = sum07 + sum34, inner = sum16 + sum25;
  const outerDifference = sum07 - sum34;
  const turned = (sum16 - sum25 + outerDifference) * Math.SQRT1_2;
  block[at] = outer + inner;
  block[i4] = outer - inner;
  block[i2] = outerDifference + turned;
  block[i6] = outerDifference - turned;

  const low = difference34 + difference25;
  const middle = (difference25 + difference16) * Math.SQRT1_2;
  const high = difference16 + difference07;
  const shared = (low - high) * 0.382683433;
  const lowTurned = 0.541196100 * low + shared;
  const highTurned = 1.306562965 * high + shared;
  const plus = difference07 + middle, minus = difference07 - middle;
  block[i5] = minus + lowTurned;
  block[i3] = minus - lowTurned;
  block[i1] = plus + highTurned;
  block[i7] = plus - highTurned;
}
