/**
 * The state of a channel.
 *
 * @module
 */

/** A source that gives nothing for this long has stopped, not just paused. */
const QUIET_MILLISECONDS = 5000;

/**
 * A channel as the server describes it, with the fields that the page needs.
 *
 * @typedef {object} Status
 * @property {string} name
 * @property {string} title
 * @property {number} width
 * @property {number} height
 * @property {number} viewers
 * @property {number} frames
 * @property {number} framesPerSecond
 * @property {number} unchangedFrames
 * @property {number} publishedBytes
 * @property {number | null} smoothedLatencyMilliseconds
 * @property {number | null} lastFrameAgeMilliseconds
 * @property {number | null} retryMilliseconds
 * @property {{ state: string, message: string | null }} source
 */

/**
 * The state of a channel's source as people are told it.
 *
 * @param {Status} status
 */
export function sourceState({ frames, lastFrameAgeMilliseconds: age, source }) {
  const { state } = source;
  if (state === "idle" || state === "no signal" || state === "ended") {
    return state;
  }
  const waiting = frames === 0 || (age !== null && age > QUIET_MILLISECONDS);
  return waiting ? "waiting" : "live";
}

/**
 * The name of the channel after another, or before it; the list is a circle.
 *
 * @param {Status[]} statuses
 * @param {string} name
 * @param {1 | -1} step
 * @returns {string | undefined} Undefined if there is none.
 */
export function neighborOf(statuses, name, step) {
  const { length } = statuses;
  const index = statuses.findIndex((status) => status.name === name) + step;
  return length === 0 ? undefined : statuses[(index + length) % length].name;
}
