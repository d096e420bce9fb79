import { lambdaOf, qualityOf } from "../../gif/encoder/quality.ts";

/** A file that was encoded. */
export interface Attempt {
  quality: number;
  bytes: number;
}

/** Bytes fall by about lambda to this power, until it is measured. */
const USUAL_EXPONENT = 0.45;
/** A file of this share of the most bytes, or more, is good enough. */
const GOOD_SHARE = 0.95;
/** Share that is aimed at. */
const AIM_SHARE = 0.975;
/** Passes, at most. */
const MAX_ATTEMPTS = 7;

/**
 * The quality to try next, so that a file has at most so many bytes and is as
 * good as it can be; undefined: the best of the attempts is good enough, or
 * nothing better is to be had.
 */
export function nextQuality(
  attempts: readonly Attempt[],
  maxBytes: number,
  mostQuality: number,
): number | undefined {
  const fitting = attempts.filter(({ bytes }) => bytes <= maxBytes);
  const larger = attempts.filter(({ bytes }) => bytes > maxBytes);
  const below = fitting.toSorted((a, b) => b.quality - a.quality)[0];
  const above = larger.toSorted((a, b) => a.quality - b.quality)[0];
  if (below !== undefined) {
    if (below.quality >= mostQuality) return undefined;
    if (below.bytes >= GOOD_SHARE * maxBytes) return undefined;
  }
  if (above !== undefined && above.quality <= 1) return undefined;
  if (attempts.length >= MAX_ATTEMPTS) {
    return below === undefined && !attempts.some(({ quality }) => quality <= 1)
      ? 1
      : undefined;
  }
  const low = below?.quality ?? 0, high = above?.quality ?? mostQuality + 1;
  if (high - low <= 1) return undefined;
  const guess = below !== undefined && above !== undefined
    ? between(below, above, AIM_SHARE * maxBytes)
    : from(below ?? above, AIM_SHARE * maxBytes);
  const least = Math.floor(low) + 1, most = Math.ceil(high) - 1;
  return Math.max(least, Math.min(most, Math.round(guess), mostQuality));
}

function from({ quality, bytes }: Attempt, wanted: number): number {
  const ratio = (bytes / wanted) ** (1 / USUAL_EXPONENT);
  return qualityOf(lambdaOf(quality) * ratio);
}

function between(low: Attempt, high: Attempt, wanted: number): number {
  const share = Math.log(wanted / low.bytes) / Math.log(high.bytes / low.bytes);
  return low.quality + share * (high.quality - low.quality);
}
