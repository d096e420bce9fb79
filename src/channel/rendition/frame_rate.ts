/** Rates that there is a stream of, in pictures a second. */
const RATES = [0.1, 0.2, 0.5, 1, 2, 3, 5, 8, 10, 12, 15, 20, 25, 30, 50];

/**
 * Lowers a rate to the next that others may want, too: each that is wanted is
 * made apart.
 *
 * @param framesPerSecond Pictures a second; undefined is for all there are.
 * @returns The next lower rate, or the least there is.
 */
export function sharedRate(
  framesPerSecond: number | undefined,
): number | undefined {
  if (framesPerSecond === undefined) return undefined;
  return RATES.findLast((rate) => rate <= framesPerSecond) ?? RATES[0];
}
