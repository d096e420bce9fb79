/**
 * When an <img> of an endless GIF is to be replaced by a fresh one.
 *
 * @module
 */

/** @import { LivePicture } from "./live_picture.js" */
/** @import { Status } from "./status.js" */

/** The server counts a viewer by then. */
const COUNTED_MILLISECONDS = 2000;
/** A stream of a running source that still shows nothing is stuck. */
const STUCK_MILLISECONDS = 10000;

const options = new URLSearchParams(location.search);
// Browsers keep every byte of an endless GIF in memory; a fresh one frees it.
const swapBytes = Number(options.get("swap-bytes")) || 20e6;
const swapMilliseconds = 1000 * (Number(options.get("swap-seconds")) || 300);

/**
 * True if the server does not know the stream that the page waits for: an <img>
 * does not tell when its connection has died silently.
 *
 * @param {LivePicture} live
 * @param {Status} now
 */
export function isForgotten(live, now) {
  const age = performance.now() - live.joinedMilliseconds;
  if (live.state === "live") {
    return now.viewers === 0 && age > COUNTED_MILLISECONDS;
  }
  return live.state === "connecting" && now.frames > 0 &&
    age > STUCK_MILLISECONDS;
}

/**
 * True if the stream has taken as much memory of the browser as it may.
 *
 * @param {LivePicture} live
 * @param {number} streamBytes Those that have come.
 */
export function isDue(live, streamBytes) {
  const age = performance.now() - live.joinedMilliseconds;
  return live.state === "live" &&
    (streamBytes >= swapBytes || age >= swapMilliseconds);
}
