import type { Measure, Quality } from "./quality.ts";

/**
 * Bytes of a picture at which points of one encoder reach a quality: by the
 * least of any point that reaches it, and of those between two neighbors, of
 * which one does and one does not.
 *
 * @param points By rising quality setting.
 * @returns NaN if none reaches it: nothing is extrapolated. Where even the
 * smallest is better, its bytes.
 */
export function bytesAt(
  points: readonly Quality[],
  measure: Measure,
  value: number,
): number {
  let least = NaN;
  const offer = (bytes: number) => {
    if (!(bytes >= least)) least = bytes;
  };
  for (const [i, b] of points.entries()) {
    if (b[measure] < value) continue;
    offer(b.bytes);
    const a = points[i - 1];
    if (a === undefined || a[measure] >= value || a.bytes >= b.bytes) continue;
    const share = (value - a[measure]) / (b[measure] - a[measure]);
    offer(a.bytes * (b.bytes / a.bytes) ** share);
  }
  return least;
}
