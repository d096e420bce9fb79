/** The loss that a bit is worth at quality 1. */
const LAMBDA_AT_1 = 1000;

/**
 * The squared error, over red, green and blue, that a bit is worth: 1000 at
 * quality 1, falling by the same factor with each step, to 1 at quality 100.
 *
 * | quality | lambda | decibels | bytes |
 * |---|---|---|---|
 * | 82 | 3.5 | 36 to 44 | 3.5 |
 * | 70 | 8.1 | 36 to 42 | 3 |
 * | 58 | 19 | 35 to 40 | 2.2 |
 * | 45 | 46 | 34 to 37 | 1.6 |
 * | 30 | 132 | 31 to 34 | 1 |
 *
 * Decibels are the RGB PSNR of three films in mode `best`, bytes by those of
 * quality 30. Above 90, 256 colors leave hardly anything to gain.
 */
export function lambdaOf(quality: number): number {
  return LAMBDA_AT_1 ** ((100 - quality) / 99);
}
