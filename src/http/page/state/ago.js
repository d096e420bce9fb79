/**
 * Spans of time in words.
 *
 * @module
 */

import { filled, STATE_ABOUT } from "../words.js";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * A span in its greatest unit, as in "3 minutes".
 *
 * @param {number} milliseconds
 */
export function span(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const { second, seconds: many, minute, minutes, hour, hours, day, days } =
    STATE_ABOUT;
  if (seconds < MINUTE) return inWords(seconds, second, many);
  if (seconds < HOUR) return inWords(seconds / MINUTE, minute, minutes);
  if (seconds < DAY) return inWords(seconds / HOUR, hour, hours);
  return inWords(seconds / DAY, day, days);
}

/**
 * @param {number} count
 * @param {string} one
 * @param {string} many
 */
function inWords(count, one, many) {
  const whole = Math.floor(count);
  return whole === 1 ? one : filled(many, { count: whole });
}
