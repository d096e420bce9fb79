/**
 * All words of the page, to be translated in one place: a group a subject.
 *
 * `{name}` in a text is filled in by {@linkcode filled}. `page.html` takes a
 * text as `{{group.name}}`, which `deno task page` replaces.
 *
 * @module
 */

/** Words of the page as a whole. */
export const PAGE = {
  /** The title and heading where no channel is known. */
  title: "Live",
  /** The picture, for screen readers. */
  picture: "Live picture",
  pictureOf: "Live picture: {title}",
  watching: "{count} watching",
  snapshot: "Snapshot",
  clip: "Last 10 s",
};

/** The state of the open channel. */
export const STATE = {
  connecting: "Connecting",
  live: "Live",
  waiting: "Waiting for the source",
  idle: "Starting the source",
  "no signal": "No signal",
  ended: "The source has ended",
  gone: "Not on air",
  reconnecting: "Reconnecting",
  paused: "Paused while hidden",
  crowded: "Stills: other windows hold the connections to this server",
};

/** The list of channels. */
export const LIST = {
  title: "Channels",
  live: "Live",
  waiting: "Waiting",
  idle: "Starts when watched",
  "no signal": "No signal",
  ended: "Ended",
};

/** Ways to take the picture along. */
export const SHARE = {
  button: "Embed code",
  label: "Show it in a page of your own, as",
  element: "an element: comes back by itself, for days",
  frame: "a frame: the same, without a script",
  img: "an image: works everywhere, for a while",
  aboutElement: "Comes back after an interruption, rests while hidden, and " +
    "needs no more memory after days. The page's policy must allow this " +
    "script.",
  aboutFrame: "As the element, where no script of others is allowed.",
  aboutImg: "Needs nothing but an image. It does not come back by itself, " +
    "and browsers keep all that they got of it in memory.",
  copy: "Copy",
  copied: "Copied",
  only: "Only the GIF",
};

/** The picture itself: its size, its rate, what can be done with it. */
export const PICTURE = {
  rate: "{rate} frames/s",
};

/** The last seconds. */
export const PAST = {};

/** Pages that come in place of what was asked for. */
export const NOTICE = {
  token: "A token is needed to watch",
  aboutToken: "Whoever runs this server has it. It is kept in this browser.",
  label: "Token",
  watch: "Watch",
  wrong: "That is not the token.",
  password: "A user and a password are needed to watch",
  aboutPassword: "Load the page again to be asked for them.",
  nothing: "There is nothing at this address",
  busy: "Not now",
  again: "This page tries again by itself.",
  refused: "This cannot be had",
  home: "To the live pictures",
};

/** Several channels at once. */
export const WALL = {};

/**
 * A text with its gaps filled.
 *
 * @param {string} text Has `{name}` where a value is to stand.
 * @param {Record<string, string | number>} values By name.
 */
export function filled(text, values) {
  return text.replace(
    /\{(\w+)\}/g,
    (gap, name) => name in values ? String(values[name]) : gap,
  );
}
