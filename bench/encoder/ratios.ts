import { bytesAt } from "./curve.ts";
import type { Measure, Quality } from "./quality.ts";
import type { PeerPoint, Result } from "./result.ts";

/** Our bytes by others' at equal quality, over clips. */
export interface Ratios {
  /** Geometric mean over clips; NaN of none. */
  mean: number;
  /** The clip with the greatest mean, and that. */
  worstClip: string;
  worst: number;
  /** Points of the others whose quality ours does not reach. */
  unreached: string[];
  points: number;
}

/** Curves of ours that may be taken at a point; the least bytes count. */
export type Curves = (result: Result) => readonly (readonly Quality[])[];

/** Bytes at a quality by the best of several curves; NaN: none reaches it. */
export function leastBytes(
  curves: readonly (readonly Quality[])[],
  measure: Measure,
  value: number,
): number {
  const all = curves.map((points) => bytesAt(points, measure, value))
    .filter((bytes) => !Number.isNaN(bytes));
  return all.length === 0 ? NaN : Math.min(...all);
}

/**
 * Compares at each point of others: a clip's ratio is the geometric mean of
 * those that are reached.
 */
export function ratiosTo(
  results: readonly Result[],
  isPeer: (point: PeerPoint) => boolean,
  curves: Curves,
  measure: Measure,
): Ratios {
  const clips: { clip: string; ratio: number }[] = [];
  const unreached: string[] = [];
  let points = 0;
  for (const result of results) {
    const reached: number[] = [];
    for (const peer of result.peers.filter(isPeer)) {
      points++;
      const bytes = leastBytes(curves(result), measure, peer[measure]);
      if (Number.isNaN(bytes)) unreached.push(`${result.clip}: ${peer.name}`);
      else reached.push(bytes / peer.bytes);
    }
    if (reached.length > 0) {
      clips.push({ clip: result.clip, ratio: geometricMean(reached) });
    }
  }
  const [worst] = clips.toSorted((a, b) => b.ratio - a.ratio);
  return {
    mean: geometricMean(clips.map(({ ratio }) => ratio)),
    worstClip: worst?.clip ?? "",
    worst: worst?.ratio ?? NaN,
    unreached,
    points,
  };
}

/** The geometric mean; NaN of nothing. */
export function geometricMean(values: readonly number[]): number {
  const sum = values.reduce((sum, value) => sum + Math.log(value), 0);
  return Math.exp(sum / values.length);
}
