import type { History, Moment } from "./history.ts";
import { keptBytes } from "./kept_part.ts";
import type { PastBounds } from "./past_bounds.ts";

/** Share of the backlog that may be missing, so that viewers share a start. */
const MISSING = 1 / 4;

/**
 * The backlog for a new viewer, oldest first: a keyframe, and the parts after
 * it. The history must not be empty.
 *
 * A keyframe is made only if there is none near the start of the backlog. It is
 * made as late as allowed, so that viewers who join soon after can share it:
 * this bounds the cost of a crowd of new viewers.
 */
export function backlogOf(
  history: History,
  bounds: PastBounds,
): Uint8Array[] {
  if (bounds.seconds === 0) return [history.keyframe()];
  const start = firstWithin(history.moments, bounds);
  const begin = start.timeMilliseconds;
  const latest = history.at(
    begin + (history.newest!.timeMilliseconds - begin) * MISSING,
  )!;
  const near = history.entranceFrom(start);
  const from = near !== undefined && near.number <= latest.number
    ? near
    : latest;
  return [
    history.entrance(from),
    ...history.after(from).map(({ part }) => part.bytes),
  ];
}

function firstWithin(
  moments: readonly Moment[],
  { seconds, maxBytes }: PastBounds,
): Moment {
  let first = moments.length - 1;
  const oldest = moments[first].timeMilliseconds - seconds * 1000;
  let bytes = keptBytes(moments[first].part);
  while (first > 0) {
    const { part, timeMilliseconds } = moments[first - 1];
    bytes += keptBytes(part);
    if (timeMilliseconds <= oldest || bytes > maxBytes) break;
    first--;
  }
  return moments[first];
}
