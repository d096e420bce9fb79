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
  /** A browser in which the page's script does not run. */
  old: "This browser is too old",
  tooOld: "This page needs Chrome 80, Firefox 78, Safari 13, or a later one.",
  stills: "Watch stills that load again and again",
  /** The title of the browser's tab. */
  tab: "{title} · {state}",
};

/** The state of the open channel. */
export const STATE = {
  connecting: "Connecting",
  live: "Live",
  waiting: "Waiting for the source",
  idle: "Starting the source",
  "no signal": "No signal",
  ended: "The source has ended",
  empty: "No channel yet",
  gone: "Not on air",
  reconnecting: "Reconnecting",
  offline: "No network",
  locked: "A token is needed",
  full: "All places are taken",
  paused: "Paused while hidden",
  held: "Paused",
  past: "Looking back",
  slow: "Slow connection: was {seconds} s behind, begins anew",
  crowded: "Stills: other windows hold the connections to this server",
};

/** What is known of a picture that does not move. */
export const STATE_ABOUT = {
  idle: "The source starts with its first viewer, which takes a moment.",
  failed: "The source gives no pictures",
  retry: "; trying again in {span}",
  retryNow: "; trying again",
  last: "Last picture {span} ago",
  never: "No picture has come since the start",
  second: "1 second",
  seconds: "{count} seconds",
  minute: "1 minute",
  minutes: "{count} minutes",
  hour: "1 hour",
  hours: "{count} hours",
  day: "1 day",
  days: "{count} days",
  gone: "There is no channel {name} now. Once it is there, it is shown.",
  away: "The server cannot be reached. The page tries every two seconds.",
  offline: "This device has no network. The page goes on once there is one.",
  locked: "The server does not know the token of this browser any more.",
  unlock: "Give the token",
  full: "As many watch as may, and this page waits for a place.",
  empty: "The first one is shown once it is there. A server that was started " +
    "with --ingest makes it of what is sent:",
  sendPicture: "Send a picture",
  pictureCommand: 'curl -H "Authorization: Bearer $GIFSTREAM_TOKEN" ' +
    "--data-binary @frame.jpg {address}",
  sendFilm: "Send a film or a camera",
  filmCommand: "ffmpeg -re -i video.mp4 -vf fps=10 -f mjpeg -method PUT " +
    '-headers "Authorization: Bearer $GIFSTREAM_TOKEN" {address}',
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
  button: "Share",
  title: "Share this channel",
  code: "QR code of the link",
  send: "Send to …",
  page: "Link to this page",
  element: "For a web page, as an element",
  aboutElement: "Comes back after an interruption, rests while hidden, and " +
    "needs no more memory after days. The page's policy must allow this " +
    "script.",
  frame: "For a web page, as a frame",
  aboutFrame: "As the element, where no script of others is allowed.",
  img: "For a web page, as an image",
  aboutImg: "Needs nothing but an image. It does not come back by itself, " +
    "and browsers keep all that they got of it in memory.",
  gif: "Only the GIF",
  mjpeg: "MJPEG, for programs",
  still: "Newest picture",
  copy: "Copy",
  copied: "Copied",
  notCopied: "The browser lets this page copy nothing. The text is selected: " +
    "press Ctrl+C, or hold it and choose Copy.",
  password: "Whoever opens these addresses is asked for user and password.",
  addToken: "These addresses need the token: add ?token= and the token.",
  withToken: "With the token: whoever has an address can watch",
};

/** The picture itself: its size, its rate, what can be done with it. */
export const PICTURE = {
  rate: "{rate} frames/s",
  bits: "{rate} Mbit/s",
  lag: "{seconds} s behind the camera",
  noLag: "lag unknown",
  limited: "fewer pictures: slow connection",
  controls: "Controls",
  hold: "Pause",
  resume: "Resume",
  previous: "Previous channel",
  next: "Next channel",
  farther: "Zoom out",
  closer: "Zoom in",
  full: "Full screen",
  leaveFull: "Leave full screen",
  snapshot: "Snapshot",
  details: "Details",
  help: "Keys",
  /** Keys, and what they do. */
  keys: [
    ["Space k", "pause, resume"],
    ["f", "full screen, also by double click"],
    ["← →", "previous, next channel"],
    ["+ - 0", "zoom in, out, whole picture; also by wheel and pinch"],
    ["Shift+arrows", "move the enlarged picture; also by dragging"],
    ["s", "snapshot"],
    ["p", "look back"],
    ["i", "details"],
    ["Esc", "close what is open"],
    ["?", "these keys"],
  ],
  making: "Being made …",
  fetching: "Being made … {kilobytes} kB",
  progress: "Progress",
  saved: "{name}, {kilobytes} kB",
  failed: "Cannot be saved. {message}",
  saveAgain: "Save again",
  close: "Close",
};

/** The last seconds. */
export const PAST = {
  title: "The past",
  button: "Look back",
  moment: "Moment",
  present: "Now",
  back: "Back to now",
  from: "From here",
  to: "To here",
  length: "Seconds",
  save: "Save clip",
  piece: "{from} to {to}",
  now: "now",
  ago: "{ago} ago, at {time}",
  seconds: "{seconds} s",
  minutes: "{minutes} min",
  none: "Nothing of the past is kept yet",
  notKept: "The server keeps nothing of the past (--keep)",
};

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
export const WALL = {
  /** The wall's name. */
  title: "All channels",
  count: "{count} channels",
  dead: "{count} without a live picture",
  /** A tile while the server does not answer. */
  lost: "No connection",
  none: "No channel has these words in its name.",
  find: "Find",
  order: "Order",
  given: "as set up",
  byName: "by name",
  byTrouble: "trouble first",
  columns: "Columns",
  automatic: "all fit in",
  columnCount: "{count} columns",
  oneColumn: "1 column",
  kiosk: "Only the pictures",
  full: "Full screen",
  leaveFull: "Leave full screen",
  /** Keys, and what they do. */
  keys: [
    ["← ↑ → ↓", "move among the pictures"],
    ["Enter", "open one"],
    ["f", "full screen"],
    ["/", "find"],
    ["Esc", "close what is open"],
    ["?", "these keys"],
  ],
};

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
