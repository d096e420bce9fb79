/** Rates that streams are made at, in pictures a second. */
const RATES = [0.1, 0.2, 0.5, 1, 2, 3, 5, 8, 10, 12, 15, 20, 25, 30, 50];

/**
 * Lowers a rate to one of a few, so that viewers share streams: each rate needs
 * a stream of its own.
 *
 * @param framesPerSecond Pictures a second; undefined means all pictures.
 * @returns The highest rate that is not above it, or else the lowest rate;
 * undefined for all pictures.
 */
export function sharedRate(
  framesPerSecond: number | undefined,
): number | undefined {
  if (framesPerSecond === undefined) return undefined;
  return RATES.findLast((rate) => rate <= framesPerSecond) ?? RATES[0];
}
