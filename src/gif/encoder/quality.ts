/** The loss that a bit is worth at quality 1. */
const LAMBDA_AT_1 = 1000;

/**
 * The squared error, over red, green and blue, that a bit is worth: 1000 at
 * quality 1, falling by the same factor with each step, to 1 at quality 100.
 *
 * | quality | lambda | RGB PSNR of films, in decibels |
 * |---|---|---|
 * | 100 | 1 | 36 to 44, as much as 256 colors can |
 * | 80 | 4 | 36 to 43 |
 * | 60 | 16 | 35 to 41 |
 * | 50 | 33 | 34 to 39 |
 * | 30 | 132 | 31 to 34 |
 * | 10 | 534 | 27 to 30 |
 */
export function lambdaOf(quality: number): number {
  return LAMBDA_AT_1 ** ((100 - quality) / 99);
}
