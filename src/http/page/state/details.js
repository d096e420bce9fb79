/**
 * What is known of a picture that does not move: why, since when, and what is
 * being done about it.
 *
 * @module
 */

import { filled, STATE_ABOUT } from "../words.js";
import { span } from "./ago.js";
/** @import { STATE } from "../words.js" */
/** @import { Status } from "../status.js" */

/** What messages of sources end with. */
const AGAIN = /; trying again$/;
/** A pause shorter than this is over before it is read. */
const SHORT_MILLISECONDS = 900;

/**
 * @typedef {object} Situation
 * @property {keyof typeof STATE} state As the page's head tells it.
 * @property {string} name Of the channel.
 * @property {Status} [status] The last that the server told of it.
 * @property {number} toldMilliseconds Time since then.
 */

/** States that need no words over the picture. */
const PLAIN = ["live", "paused", "held", "past", "slow", "crowded"];

/**
 * The lines below the state; none where nothing is wrong.
 *
 * @param {Situation} situation
 * @returns {string[]}
 */
export function detailsOf(situation) {
  const { state, name, status } = situation;
  if (PLAIN.includes(state)) return [];
  if (state === "connecting") return [];
  if (state === "empty") return [STATE_ABOUT.empty];
  if (state === "gone") return [filled(STATE_ABOUT.gone, { name })];
  if (state === "full") return [STATE_ABOUT.full];
  if (state === "locked") return [STATE_ABOUT.locked];
  const lines = [];
  if (state === "offline") lines.push(STATE_ABOUT.offline);
  else if (state === "reconnecting") {
    lines.push(STATE_ABOUT.away);
  } else if (state === "idle") lines.push(STATE_ABOUT.idle);
  else if (status !== undefined) lines.push(...sourceLines(situation, status));
  const last = lastPicture(situation);
  if (last !== undefined) lines.push(last);
  return lines;
}

/**
 * @param {Situation} situation
 * @param {Status} status
 */
function sourceLines({ toldMilliseconds }, { source, retryMilliseconds }) {
  const told = source.message ?? "";
  const message = told.replace(AGAIN, "");
  const retry = retryMilliseconds === null
    ? AGAIN.test(told) ? STATE_ABOUT.retryNow : ""
    : retryOf(retryMilliseconds - toldMilliseconds);
  if (message === "" && retry === "") return [];
  return [upper(message || STATE_ABOUT.failed) + retry];
}

/** @param {number} milliseconds */
function retryOf(milliseconds) {
  if (!(milliseconds > SHORT_MILLISECONDS)) return STATE_ABOUT.retryNow;
  return filled(STATE_ABOUT.retry, { span: span(milliseconds) });
}

/** @param {Situation} situation */
function lastPicture({ status, toldMilliseconds }) {
  if (status === undefined) return undefined;
  const { frames, lastFrameAgeMilliseconds: age } = status;
  if (frames === 0 || age === null) return STATE_ABOUT.never;
  return filled(STATE_ABOUT.last, { span: span(age + toldMilliseconds) });
}

/** @param {string} text */
function upper(text) {
  // An address stays as it is.
  return /^[a-z]+:\/\//.test(text)
    ? text
    : text.charAt(0).toUpperCase() + text.slice(1);
}
