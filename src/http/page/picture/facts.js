/**
 * Facts of the picture that is seen.
 *
 * @module
 */

import { SocketPicture } from "../socket_picture.js";
/** @import { LivePicture } from "../live_picture.js" */
/** @import { Status } from "../status.js" */
/** @import { Facts } from "./details.js" */

/**
 * What is known of a picture.
 *
 * @param {SocketPicture | LivePicture} live
 * @param {Status | undefined} status
 * @returns {Facts}
 */
export function factsOf(live, status) {
  const { size } = live;
  if (!(live instanceof SocketPicture)) {
    const framesPerSecond = live.state === "paused"
      ? 0
      : status?.framesPerSecond ?? 0;
    return { size, framesPerSecond, isLimited: false };
  }
  const { framesPerSecond, bitsPerSecond, lagMilliseconds: lag, link } = live;
  // From the source to the server's sockets.
  const before = status?.smoothedLatencyMilliseconds ?? 0;
  return {
    size,
    framesPerSecond,
    bitsPerSecond,
    lagMilliseconds: lag === undefined ? undefined : lag + before,
    isLimited: link.rateLimit !== undefined,
  };
}
