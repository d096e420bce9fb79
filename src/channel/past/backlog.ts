import type { History, Moment } from "./history.ts";
import { keptBytes } from "./kept_part.ts";

/** What a viewer who joins may be given. */
export interface BacklogBounds {
  /** How far before the newest part it begins, in seconds. */
  seconds: number;
  /** Most bytes of parts; the newest picture always is given. */
  maxBytes: number;
}

/** So much of the backlog may be missing, for an entrance to be shared. */
const MISSING = 1 / 4;

/**
 * What a viewer who joins is given, oldest first: a keyframe, and the parts
 * after it. There must be a newest part.
 *
 * A keyframe is made only where none is near, as late as may be, and is then
 * found by those who join soon after: that bounds what a crowd of them costs.
 */
export function backlogOf(
  history: History,
  bounds: BacklogBounds,
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
  { seconds, maxBytes }: BacklogBounds,
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
