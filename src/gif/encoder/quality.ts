/** The loss that a bit is worth at quality 1. */
const LAMBDA_AT_1 = 1000;
/** Above this quality lambda falls faster, as 256 colors allow it. */
const FINE_QUALITY = 90;
const LAMBDA_AT_99 = 0.05;
/** No loss is worth any bits. */
const EXACT_LAMBDA = 1e-6;

/**
 * The squared error, over red, green and blue, that a bit is worth: 1000 at
 * quality 1, falling by the same factor with each step to 2 at quality 90, and
 * faster to 0.05 at 99. At 100 nothing is given up for bits.
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
 * quality 30.
 */
export function lambdaOf(quality: number): number {
  if (quality >= 100) return EXACT_LAMBDA;
  const lambda = LAMBDA_AT_1 ** ((100 - Math.min(quality, FINE_QUALITY)) / 99);
  if (quality <= FINE_QUALITY) return lambda;
  const share = (quality - FINE_QUALITY) / (99 - FINE_QUALITY);
  return lambda * (LAMBDA_AT_99 / lambda) ** share;
}

/** The quality, 1 to 100, whose lambda is this or the next above it. */
export function qualityOf(lambda: number): number {
  let quality = 100;
  while (quality > 1 && lambdaOf(quality) < lambda) quality--;
  return quality;
}

/** True if nothing may be lost that a table of colors can show. */
export function isExact(lambda: number): boolean {
  return lambda <= EXACT_LAMBDA;
}
