// Written by `deno task page`; change the files that it names.

/** The viewer page; in it, `$NAME`, `$NEEDS`, `$NONCE` and `$PREVIEW` are to be replaced. */
export const pageHtml: string = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Live</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    $PREVIEW<link rel="icon" href="data:,">
    <style nonce="$NONCE">
:root {
  --ground: #f6f6f3;
  --ink: #1c1c1a;
  --quiet: #5c5c57;
  --line: #d3d3cd;
  --field: #fff;
  --live: #1a7f37;
  --away: #9a4b00;
  --focus: #0a58ca;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #161615;
    --ink: #ececea;
    --quiet: #a3a39d;
    --line: #3a3a37;
    --field: #20201f;
    --live: #4ac26b;
    --away: #f0a54a;
    --focus: #7ab3ff;
  }
}
* {
  box-sizing: border-box;
}
body {
  margin: 0 auto;
  padding: 1rem;
  padding: clamp(.75rem, 2vw, 1.5rem);
  background: var(--ground);
  color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif;
}
h1,
p {
  margin: 0;
}
a {
  color: inherit;
  text-underline-offset: .2em;
}
:focus-visible {
  outline: .2rem solid var(--focus);
  outline-offset: .15rem;
}
header {
  display: flex;
  flex-wrap: wrap;
  align-items: baseline;
  padding-bottom: .75rem;
}
header > * {
  margin-right: 1rem;
}
h1 {
  font-size: 1.25rem;
  line-height: 1.2;
  overflow-wrap: break-word;
  overflow-wrap: anywhere;
}
#state {
  color: var(--away);
}
#state::before {
  content: "";
  display: inline-block;
  width: .6em;
  height: .6em;
  margin-right: .45em;
  border-radius: 50%;
  background: currentColor;
}
#state[data-state="live"] {
  color: var(--live);
}
#state[data-state="connecting"],
#state[data-state="paused"],
#state[data-state="held"],
#state[data-state="past"] {
  color: var(--quiet);
}
header > #watching {
  margin: 0 0 0 auto;
  font-variant-numeric: tabular-nums;
}
#watching,
#facts {
  color: var(--quiet);
}
#facts {
  padding: .4rem 0 .75rem;
  font-size: .875rem;
  text-align: center;
}
[hidden] {
  display: none !important;
}
#actions {
  display: flex;
}
#actions > * {
  margin: .25rem;
}
#actions {
  flex-wrap: wrap;
  justify-content: center;
}
input,
select,
button,
#actions a {
  padding: .45rem .7rem;
  border: 1px solid var(--line);
  border-radius: .25rem;
  background: var(--field);
  color: var(--ink);
  font: inherit;
}
input {
  flex: 1;
  min-width: 0;
  font-family: ui-monospace, monospace;
}
button {
  cursor: pointer;
}
#actions a {
  text-decoration: none;
}
button:hover,
#actions a:hover {
  border-color: var(--quiet);
}
h2 {
  margin: 1.5rem 0 .5rem;
  font-size: 1rem;
}
#channels ul {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(8rem, 45%), 1fr));
  gap: .75rem;
  margin: 0;
  padding: 0;
  list-style: none;
}
#channels a {
  display: grid;
  padding: .35rem;
  border: 1px solid transparent;
  border-radius: .25rem;
  text-decoration: none;
}
#channels a:hover {
  border-color: var(--line);
}
#channels a[aria-current] {
  border-color: var(--quiet);
  background: var(--field);
}
#channels .still {
  width: 100%;
  aspect-ratio: 16 / 9;
  object-fit: contain;
  border-radius: .15rem;
  background: #000;
}
#channels .title {
  display: -webkit-box;
  overflow: hidden;
  overflow-wrap: break-word;
  overflow-wrap: anywhere;
  line-height: 1.3;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 2;
}
#channels .about {
  color: var(--quiet);
  font-size: .8125rem;
}
#channels .about::before {
  content: "";
  display: inline-block;
  width: .6em;
  height: .6em;
  margin-right: .4em;
  border: 1px solid currentColor;
  border-radius: 50%;
}
#channels [data-state="live"] .about::before {
  border-color: var(--live);
  background: var(--live);
}
@media (min-width: 64rem) {
  .several {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 17rem;
    grid-template-rows: auto 1fr;
    column-gap: 1.5rem;
  }
  .several header {
    grid-column: 1 / -1;
  }
  .several #channels {
    /* A list of its own length beside the picture, not below it. */
    max-height: calc(100vh - 6rem);
    max-height: calc(100dvh - 6rem);
    overflow-y: auto;
  }
  .several h2 {
    margin-top: 0;
  }
  .several #channels ul {
    grid-template-columns: 1fr;
    gap: .25rem;
  }
  .several #channels a {
    grid-template-columns: 6rem minmax(0, 1fr);
    grid-template-rows: auto 1fr;
    column-gap: .6rem;
  }
  .several .still {
    grid-row: 1 / 3;
  }
}
/* Across the room, a dead camera looks dead. */
#stage.dim > * {
  filter: grayscale(1) brightness(.35);
}
#stage.changing > * {
  opacity: 0;
  /* No black picture where the next one comes at once. */
  transition: opacity 0s .15s;
}
#notice {
  position: relative;
  z-index: 1;
  align-self: center;
  justify-self: center;
  width: 100%;
  max-width: 34rem;
  max-height: 100%;
  padding: .75rem 1rem;
  overflow: auto;
  background: rgba(0, 0, 0, .75);
  color: #fff;
  font-size: .9375rem;
  overflow-wrap: break-word;
  overflow-wrap: anywhere;
}
#notice .title {
  font-size: 1.125rem;
  font-weight: 600;
}
#notice p + p {
  margin-top: .25rem;
}
#notice .way {
  margin: .75rem 0 0;
}
#notice textarea {
  min-width: 0;
  padding: .35rem .5rem;
  border: 1px solid #8a8a85;
  border-radius: .25rem;
  background: #000;
  color: #fff;
  font: .8125rem/1.4 ui-monospace, monospace;
  resize: none;
}
#notice button {
  margin: 0;
}
@media (forced-colors: active) {
  /* Live is a full dot, all else a ring. */
  #state::before {
    border: .12em solid CanvasText;
    background: Canvas;
    forced-color-adjust: none;
  }
  #state[data-state="live"]::before,
  #channels [data-state="live"] .about::before {
    background: CanvasText;
    forced-color-adjust: none;
  }
  #stage.dim {
    outline: 3px dashed CanvasText;
  }
  #notice {
    border: 2px solid CanvasText;
    background: Canvas;
    color: CanvasText;
  }
}
#sharing {
  max-width: 44rem;
  margin: 1rem auto 0;
  padding: 1rem;
  border: 1px solid var(--line);
  border-radius: .25rem;
  font-size: .875rem;
}
#sharing h2 {
  margin: 0 0 .75rem;
}
#sharing p {
  margin: .25rem 0 0;
  color: var(--quiet);
}
#sharing .code {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  margin-bottom: .75rem;
}
#sharing canvas {
  width: 11rem;
  height: 11rem;
  margin-right: 1rem;
  image-rendering: crisp-edges;
  image-rendering: pixelated;
}
.way {
  display: grid;
  grid-template-columns: minmax(0, 1fr) auto;
  column-gap: .5rem;
  margin-bottom: .75rem;
}
.way label,
.way p,
.told {
  grid-column: 1 / -1;
}
.told:empty {
  display: none;
}
#sharing .access label {
  color: var(--ink);
}
#screen {
  /* What stands above and below the picture. */
  --around: 11.5rem;
}
#screen.looking-back {
  --around: 22rem;
}
@media (max-height: 30rem) {
  #screen,
  #screen.looking-back {
    --around: 3.5rem;
  }
}
#view {
  display: grid;
}
#view > * {
  grid-area: 1 / 1;
}
#stage {
  --width: 16;
  --height: 9;
  display: grid;
  position: relative;
  /* As wide as the page, but no higher than the window leaves room for. */
  width: min(100%, (100vh - var(--around)) * var(--width) / var(--height));
  width: min(100%, (100dvh - var(--around)) * var(--width) / var(--height));
  min-width: min(100%, 16rem);
  margin: 0 auto;
  /* No round corners: clipping costs WebKit half a core. */
  background: #000;
}
/* Old browsers know no aspect-ratio. */
#stage::before {
  grid-area: 1 / 1;
  padding-bottom: calc(100% * var(--height) / var(--width));
  content: "";
}
#stage img,
#stage iframe,
#stage canvas {
  position: absolute;
  top: 0;
  left: 0;
  grid-area: 1 / 1;
  width: 100%;
  height: 100%;
  min-height: 0;
  border: 0;
  object-fit: contain;
}
#stage.enlarged img,
#stage.enlarged canvas {
  image-rendering: crisp-edges;
  image-rendering: pixelated;
}
#stage {
  touch-action: pan-y;
}
#stage.zoomed {
  overflow: hidden;
  cursor: grab;
  touch-action: none;
}
#stage.zoomed img,
#stage.zoomed iframe,
#stage.zoomed canvas {
  transform: translate(var(--x), var(--y)) scale(var(--zoom));
  transform-origin: 0 0;
}
#resume {
  z-index: 1;
  align-self: center;
  justify-self: center;
  width: 5rem;
  height: 5rem;
  padding: 1rem;
  border-color: #fff;
  border-radius: 50%;
  background: rgba(0, 0, 0, .7);
  color: #fff;
}
button svg {
  display: block;
  width: 1.5rem;
  height: 1.5rem;
  fill: currentColor;
}
#resume svg {
  width: 100%;
  height: 100%;
}
#actions .icon {
  min-width: 2.625rem;
  padding: .45rem .5rem;
}
#actions .hold .go,
.held #actions .hold .stop,
body:not(.several) #actions .several {
  display: none;
}
.held #actions .hold .go {
  display: inline;
}
button[aria-pressed="true"],
button[aria-expanded="true"] {
  border-color: currentColor;
  box-shadow: inset 0 0 0 1px currentColor;
}
button:disabled {
  color: var(--quiet);
  cursor: default;
  opacity: .6;
}
#keys {
  display: grid;
  grid-template-columns: auto minmax(0, 1fr);
  gap: .3rem 1rem;
  max-width: 36rem;
  margin: 1rem auto;
  font-size: .875rem;
}
#keys dd {
  margin: 0;
}
kbd {
  padding: .1rem .35rem;
  border: 1px solid currentColor;
  border-radius: .25rem;
  font: inherit;
}
#file {
  display: grid;
  position: fixed;
  right: 1rem;
  bottom: 1rem;
  z-index: 2;
  gap: .5rem;
  width: 20rem;
  max-width: calc(100vw - 2rem);
  padding: .75rem;
  border: 1px solid var(--quiet);
  background: var(--field);
  color: var(--ink);
  font-size: .875rem;
  overflow-wrap: break-word;
}
#file img {
  width: 100%;
  max-height: 14rem;
  object-fit: contain;
  background: #000;
}
#file progress {
  width: 100%;
}
.button {
  padding: .45rem .7rem;
  border: 1px solid var(--line);
  border-radius: .25rem;
  text-align: center;
  text-decoration: none;
}
#screen.full {
  position: fixed;
  top: 0;
  left: 0;
  z-index: 3;
  width: 100%;
  height: 100%;
  background: #000;
  color: #fff;
}
#screen.full #view {
  align-items: center;
  height: 100%;
}
#screen.full #stage {
  width: min(100vw, 100vh * var(--width) / var(--height));
}
#screen.full #bar {
  position: absolute;
  right: 0;
  bottom: 0;
  left: 0;
  max-height: 80%;
  padding: .5rem 1rem;
  overflow: auto;
  background: rgba(0, 0, 0, .75);
}
#screen.full #facts {
  color: inherit;
}
#screen.full #share {
  display: none;
}
#screen.full.resting {
  cursor: none;
}
#screen.full.resting #bar {
  opacity: 0;
}
@media (max-height: 30rem) {
  body {
    padding: .25rem .75rem;
  }
  header {
    padding-bottom: .25rem;
  }
}
#past {
  margin: .5rem 0;
  font-size: .875rem;
}
#rail {
  position: relative;
  height: 4rem;
  overflow: hidden;
  background: #000;
  cursor: pointer;
  touch-action: pan-y;
}
#stills > * {
  position: absolute;
  top: 0;
  height: 100%;
  object-fit: cover;
}
#piece {
  position: absolute;
  top: 0;
  height: 100%;
  border: solid #ffd60a;
  border-width: .2rem .1rem;
}
#cursor {
  position: absolute;
  top: 0;
  width: .25rem;
  height: 100%;
  margin-left: -.125rem;
  background: #fff;
  box-shadow: 0 0 0 1px #000;
}
#moment {
  position: absolute;
  top: 0;
  left: 0;
  width: 100%;
  height: 100%;
  margin: 0;
  opacity: 0;
  pointer-events: none;
}
#rail:focus-within {
  outline: .2rem solid var(--focus);
  outline-offset: .15rem;
}
#when {
  padding: .3rem 0;
  text-align: center;
  font-variant-numeric: tabular-nums;
}
#past-tools {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: center;
}
#past-tools > * {
  margin: .25rem;
}
#length {
  width: 5rem;
}
</style>
    <noscript><meta http-equiv="refresh" content="0; url=$NAME/still"></noscript>
  </head>
  <body>
    <header>
      <h1 id="name">Live</h1>
      <p id="state" role="status"
        data-state="connecting">Connecting</p>
      <p id="watching"></p>
    </header>
    <main>
      <div id="screen">
        <div id="view">
          <div id="stage" role="img" aria-label="Live picture"
            data-channel="$NAME" data-needs="$NEEDS">
            <noscript><img src="$NAME/snapshot.jpg" alt="Live picture"></noscript>
          </div>
          <div id="notice" hidden></div>
          <button id="resume" type="button" data-does="hold" hidden
            aria-label="Resume" title="Resume"
          ><svg viewBox="0 0 24 24"><path d="M7 4l13 8-13 8z"/></svg></button>
        </div>
        <div id="bar">
          <section id="past" aria-label="The past" hidden>
            <div id="rail">
              <div id="stills"></div>
              <div id="piece"></div>
              <div id="cursor"></div>
              <input id="moment" type="range" step="100"
                aria-label="Moment">
            </div>
            <p id="when"></p>
            <div id="past-tools">
              <button id="present" type="button"
                hidden>Back to now</button>
              <button id="clip-from" type="button">From here</button>
              <button id="clip-to" type="button">To here</button>
              <label>Seconds <input id="length" type="number"
                  min="0.1" max="3600" step="0.1" inputmode="decimal"></label>
              <span id="piece-about"></span>
              <button id="clip" type="button">Save clip</button>
            </div>
          </section>
          <p id="facts">&nbsp;</p>
          <div id="actions" role="group" aria-label="Controls">
            <button type="button" data-does="hold" class="icon hold"
              title="Pause" aria-label="Pause"
            ><svg viewBox="0 0 24 24"><path class="stop"
                  d="M6 4h4v16H6zM14 4h4v16h-4z"/><path class="go"
                  d="M7 4l13 8-13 8z"/></svg></button>
            <button type="button" data-does="previous" class="icon several"
              title="Previous channel" aria-label="Previous channel"
            ><svg viewBox="0 0 24 24"><path d="M15 4l3 3-5 5 5 5-3 3-8-8z"/></svg></button>
            <button type="button" data-does="next" class="icon several"
              title="Next channel" aria-label="Next channel"
            ><svg viewBox="0 0 24 24"><path d="M9 4L6 7l5 5-5 5 3 3 8-8z"/></svg></button>
            <button type="button" data-does="farther" class="icon"
              title="Zoom out" aria-label="Zoom out"
            ><svg viewBox="0 0 24 24"><path d="M4 10.5h16v3H4z"/></svg></button>
            <button type="button" data-does="closer" class="icon"
              title="Zoom in" aria-label="Zoom in"
            ><svg viewBox="0 0 24 24"><path
                  d="M4 10.5h6.5V4h3v6.5H20v3h-6.5V20h-3v-6.5H4z"/></svg></button>
            <button type="button" data-does="full" class="icon"
              title="Full screen" aria-label="Full screen"
              aria-pressed="false"
            ><svg viewBox="0 0 24 24"><path
                  d="M3 3h7v3H6v4H3zM14 3h7v7h-3V6h-4zM3 14h3v4h4v3H3zM18 14h3v7h-7v-3h4z"/></svg></button>
            <button type="button" data-does="snapshot" id="snapshot"
              disabled>Snapshot</button>
            <button type="button" data-does="past" id="look-back" disabled
              aria-expanded="false"
              aria-controls="past">Look back</button>
            <button id="share" type="button" aria-expanded="false"
              aria-controls="sharing"
            >Share</button>
            <button type="button" data-does="details" class="icon"
              title="Details" aria-label="Details"
              aria-pressed="false"
            >i</button>
            <button type="button" data-does="keys" class="icon"
              title="Keys" aria-label="Keys"
              aria-expanded="false" aria-controls="keys"
            >?</button>
          </div>
          <dl id="keys" aria-label="Keys" hidden></dl>
        </div>
        <div id="file" hidden>
          <img id="file-picture" alt="" hidden>
          <p id="file-about" role="status"></p>
          <progress id="progress" max="1"
            aria-label="Progress"></progress>
          <a id="save" class="button" hidden>Save again</a>
          <button id="close-file" type="button">Close</button>
        </div>
      </div>
      <section id="sharing" aria-labelledby="share-title" hidden></section>
    </main>
    <nav id="channels" aria-labelledby="channels-title" hidden>
      <h2 id="channels-title">Channels</h2>
      <ul></ul>
    </nav>
    <script type="module" nonce="$NONCE">
var __defProp = Object.defineProperty;
var __typeError = (msg) => {
  throw TypeError(msg);
};
var __defNormalProp = (obj, key, value) => key in obj ? __defProp(obj, key, { enumerable: true, configurable: true, writable: true, value }) : obj[key] = value;
var __publicField = (obj, key, value) => __defNormalProp(obj, typeof key !== "symbol" ? key + "" : key, value);
var __accessCheck = (obj, member, msg) => member.has(obj) || __typeError("Cannot " + msg);
var __privateGet = (obj, member, getter) => (__accessCheck(obj, member, "read from private field"), getter ? getter.call(obj) : member.get(obj));
var __privateAdd = (obj, member, value) => member.has(obj) ? __typeError("Cannot add the same private member more than once") : member instanceof WeakSet ? member.add(obj) : member.set(obj, value);
var __privateSet = (obj, member, value, setter) => (__accessCheck(obj, member, "write to private field"), setter ? setter.call(obj, value) : member.set(obj, value), value);
var __privateMethod = (obj, member, method) => (__accessCheck(obj, member, "access private method"), method);
var __privateWrapper = (obj, member, setter, getter) => ({
  set _(value) {
    __privateSet(obj, member, value, setter);
  },
  get _() {
    return __privateGet(obj, member, getter);
  }
});

// src/http/page/elements.js
function element(id) {
  return (
    /** @type {HTMLElement} */
    document.getElementById(id)
  );
}
function loadImage(address, onDone) {
  const image2 = new Image();
  image2.alt = "";
  image2.decoding = "sync";
  image2.onload = () => onDone(image2);
  image2.onerror = () => onDone(void 0);
  image2.src = address;
}
function textIn(className) {
  const output = document.createElement("span");
  output.className = className;
  return output;
}
function write(output, text) {
  if (output.textContent !== text) output.textContent = text;
}

// src/http/page/status.js
var QUIET_MILLISECONDS = 5e3;
function sourceState({ frames, lastFrameAgeMilliseconds: age, source }) {
  const { state } = source;
  if (state === "idle" || state === "no signal" || state === "ended") {
    return state;
  }
  const waiting = frames === 0 || age !== null && age > QUIET_MILLISECONDS;
  return waiting ? "waiting" : "live";
}
function neighborOf(statuses2, name, step) {
  const { length } = statuses2;
  const index = statuses2.findIndex((status2) => status2.name === name) + step;
  return length === 0 ? void 0 : statuses2[(index + length) % length].name;
}

// src/http/page/words.js
var PAGE = {
  /** The title and heading where no channel is known. */
  title: "Live",
  /** The picture, for screen readers. */
  picture: "Live picture",
  pictureOf: "Live picture: {title}",
  watching: "{count} watching",
  /** The title of the browser's tab. */
  tab: "{title} · {state}"
};
var STATE = {
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
  crowded: "Stills: other windows hold the connections to this server"
};
var STATE_ABOUT = {
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
  empty: "The first one is shown once it is there. A server that was started with --ingest makes it of what is sent:",
  sendPicture: "Send a picture",
  pictureCommand: 'curl -H "Authorization: Bearer $GIFSTREAM_TOKEN" --data-binary @frame.jpg {address}',
  sendFilm: "Send a film or a camera",
  filmCommand: 'ffmpeg -re -i video.mp4 -vf fps=10 -f mjpeg -method PUT -headers "Authorization: Bearer $GIFSTREAM_TOKEN" {address}'
};
var LIST = {
  title: "Channels",
  live: "Live",
  waiting: "Waiting",
  idle: "Starts when watched",
  "no signal": "No signal",
  ended: "Ended"
};
var SHARE = {
  button: "Share",
  title: "Share this channel",
  code: "QR code of the link",
  send: "Send to …",
  page: "Link to this page",
  element: "For a web page, as an element",
  aboutElement: "Comes back after an interruption, rests while hidden, and needs no more memory after days. The page's policy must allow this script.",
  frame: "For a web page, as a frame",
  aboutFrame: "As the element, where no script of others is allowed.",
  img: "For a web page, as an image",
  aboutImg: "Needs nothing but an image. It does not come back by itself, and browsers keep all that they got of it in memory.",
  gif: "Only the GIF",
  mjpeg: "MJPEG, for programs",
  still: "Newest picture",
  copy: "Copy",
  copied: "Copied",
  notCopied: "The browser lets this page copy nothing. The text is selected: press Ctrl+C, or hold it and choose Copy.",
  password: "Whoever opens these addresses is asked for user and password.",
  addToken: "These addresses need the token: add ?token= and the token.",
  withToken: "With the token: whoever has an address can watch"
};
var PICTURE = {
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
    ["?", "these keys"]
  ],
  making: "Being made …",
  fetching: "Being made … {kilobytes} kB",
  progress: "Progress",
  saved: "{name}, {kilobytes} kB",
  failed: "Cannot be saved. {message}",
  saveAgain: "Save again",
  close: "Close"
};
var PAST = {
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
  notKept: "The server keeps nothing of the past (--keep)"
};
function filled(text, values) {
  return text.replace(
    /\\{(\\w+)\\}/g,
    (gap, name) => name in values ? String(values[name]) : gap
  );
}

// src/http/page/channel_list.js
var STILL = "/snapshot.jpg?width=240&";
var STILL_MILLISECONDS = 4e3;
var UNWATCHED_STILL_MILLISECONDS = 2e4;
var MAX_LOADING_STILLS = 2;
var _nav, _list, _onChoose, _items, _loading, _observer, _ChannelList_instances, add_fn, remove_fn, loadStills_fn;
var ChannelList = class {
  /**
   * @param {HTMLElement} nav Has a list; hidden unless there is a choice.
   * @param {(name: string) => void} onChoose Called when one is chosen.
   */
  constructor(nav, onChoose) {
    __privateAdd(this, _ChannelList_instances);
    __privateAdd(this, _nav);
    __privateAdd(this, _list);
    __privateAdd(this, _onChoose);
    /** By name. @type {Map<string, ChannelItem>} */
    __privateAdd(this, _items, /* @__PURE__ */ new Map());
    __privateAdd(this, _loading, 0);
    __privateAdd(this, _observer, new IntersectionObserver((entries) => {
      var _a2;
      for (const { target, isIntersecting } of entries) {
        const item = __privateGet(this, _items).get(
          /** @type {HTMLElement} */
          (_a2 = target.dataset.name) != null ? _a2 : ""
        );
        if (item !== void 0) item.seen = isIntersecting;
      }
      __privateMethod(this, _ChannelList_instances, loadStills_fn).call(this);
    }));
    __privateSet(this, _nav, nav);
    __privateSet(
      this,
      _list,
      /** @type {HTMLElement} */
      nav.querySelector("ul")
    );
    __privateSet(this, _onChoose, onChoose);
  }
  /**
   * @param {Status[]} channels
   * @param {string} current The name of the one that is open.
   */
  update(channels, current2) {
    const names = new Set(channels.map(({ name }) => name));
    for (const [name, item] of __privateGet(this, _items)) {
      if (!names.has(name)) __privateMethod(this, _ChannelList_instances, remove_fn).call(this, name, item);
    }
    channels.forEach((status2, index) => {
      var _a2, _b;
      const item = (_a2 = __privateGet(this, _items).get(status2.name)) != null ? _a2 : __privateMethod(this, _ChannelList_instances, add_fn).call(this, status2.name);
      item.show(status2, status2.name === current2);
      const there = (_b = __privateGet(this, _list).children[index]) != null ? _b : null;
      if (there !== item.element) __privateGet(this, _list).insertBefore(item.element, there);
    });
    __privateGet(this, _nav).hidden = channels.every(({ name }) => name === current2);
    document.body.classList.toggle("several", !__privateGet(this, _nav).hidden);
    __privateMethod(this, _ChannelList_instances, loadStills_fn).call(this);
  }
};
_nav = new WeakMap();
_list = new WeakMap();
_onChoose = new WeakMap();
_items = new WeakMap();
_loading = new WeakMap();
_observer = new WeakMap();
_ChannelList_instances = new WeakSet();
/** @param {string} name */
add_fn = function(name) {
  const item = new ChannelItem(name, __privateGet(this, _onChoose));
  __privateGet(this, _items).set(name, item);
  __privateGet(this, _observer).observe(item.element);
  return item;
};
/**
 * @param {string} name
 * @param {ChannelItem} item
 */
remove_fn = function(name, item) {
  var _a2;
  __privateGet(this, _items).delete(name);
  __privateGet(this, _observer).unobserve(item.element);
  const focused = item.element.contains(document.activeElement);
  item.element.remove();
  if (focused) (_a2 = __privateGet(this, _list).querySelector("a")) == null ? void 0 : _a2.focus();
};
loadStills_fn = function() {
  if (document.hidden) return;
  const due = [...__privateGet(this, _items).values()].filter((item) => item.isDue());
  due.sort((a, b) => a.loadedMilliseconds - b.loadedMilliseconds);
  for (const item of due.slice(0, MAX_LOADING_STILLS - __privateGet(this, _loading))) {
    __privateWrapper(this, _loading)._++;
    item.loadStill(() => {
      __privateWrapper(this, _loading)._--;
      __privateMethod(this, _ChannelList_instances, loadStills_fn).call(this);
    });
  }
};
var _name, _link, _still, _title, _about, _status, _framesOfStill, _loading2;
var ChannelItem = class {
  /**
   * @param {string} name
   * @param {(name: string) => void} onChoose
   */
  constructor(name, onChoose) {
    __publicField(this, "element", document.createElement("li"));
    /** True while it is in view. */
    __publicField(this, "seen", false);
    /** The time of the last request for a still, by performance.now(). */
    __publicField(this, "loadedMilliseconds", -Infinity);
    __privateAdd(this, _name);
    __privateAdd(this, _link, document.createElement("a"));
    /** @type {HTMLElement} */
    __privateAdd(this, _still, textIn("still"));
    __privateAdd(this, _title, textIn("title"));
    __privateAdd(this, _about, textIn("about"));
    /** @type {Status | undefined} */
    __privateAdd(this, _status);
    __privateAdd(this, _framesOfStill, 0);
    __privateAdd(this, _loading2, false);
    __privateSet(this, _name, name);
    this.element.dataset.name = name;
    __privateGet(this, _link).href = name;
    __privateGet(this, _link).append(__privateGet(this, _still), __privateGet(this, _title), __privateGet(this, _about));
    this.element.append(__privateGet(this, _link));
    __privateGet(this, _link).onclick = (event) => {
      const { ctrlKey, metaKey, shiftKey, altKey } = event;
      if (ctrlKey || metaKey || shiftKey || altKey) return;
      event.preventDefault();
      onChoose(name);
    };
  }
  /**
   * @param {Status} status
   * @param {boolean} current Whether it is the one that is open.
   */
  show(status2, current2) {
    const { title, viewers } = status2;
    __privateSet(this, _status, status2);
    const state = sourceState(status2);
    this.element.dataset.state = state;
    write(__privateGet(this, _title), title);
    const watching = viewers > 0 ? " · " + filled(PAGE.watching, { count: viewers }) : "";
    write(__privateGet(this, _about), LIST[state] + watching);
    if (current2) __privateGet(this, _link).setAttribute("aria-current", "page");
    else __privateGet(this, _link).removeAttribute("aria-current");
  }
  /** True if it is in view and shows an old picture. */
  isDue() {
    if (!this.seen || __privateGet(this, _loading2) || __privateGet(this, _status) === void 0) return false;
    const { frames, viewers, source } = __privateGet(this, _status);
    if (frames === __privateGet(this, _framesOfStill) || source.state === "idle") return false;
    const age = performance.now() - this.loadedMilliseconds;
    return age >= (viewers > 0 ? STILL_MILLISECONDS : UNWATCHED_STILL_MILLISECONDS);
  }
  /** @param {() => void} onDone Called when it is there, or cannot be had. */
  loadStill(onDone) {
    var _a2, _b;
    __privateSet(this, _loading2, true);
    this.loadedMilliseconds = performance.now();
    const frames = (_b = (_a2 = __privateGet(this, _status)) == null ? void 0 : _a2.frames) != null ? _b : 0;
    loadImage(__privateGet(this, _name) + STILL + Date.now(), (image2) => {
      __privateSet(this, _loading2, false);
      if (image2 !== void 0) {
        __privateSet(this, _framesOfStill, frames);
        image2.className = "still";
        __privateGet(this, _still).replaceWith(image2);
        __privateSet(this, _still, image2);
      }
      onDone();
    });
  }
};
_name = new WeakMap();
_link = new WeakMap();
_still = new WeakMap();
_title = new WeakMap();
_about = new WeakMap();
_status = new WeakMap();
_framesOfStill = new WeakMap();
_loading2 = new WeakMap();

// src/http/page/state/trouble.js
var TIMEOUT_MILLISECONDS = 5e3;
var UNAUTHORIZED = 401;
var TOO_MANY = 429;
var UNAVAILABLE = 503;
function troubleOf(code2) {
  if (code2 === UNAUTHORIZED) return "locked";
  return code2 === void 0 && !navigator.onLine ? "offline" : "reconnecting";
}
async function pictureTrouble(name) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MILLISECONDS);
  try {
    const { status: status2 } = await fetch(name + ".gif?" + Date.now(), {
      cache: "no-store",
      signal: abort.signal
    });
    const isFull = status2 === TOO_MANY || status2 === UNAVAILABLE;
    return isFull ? "full" : troubleOf(status2);
  } catch {
    return troubleOf();
  } finally {
    clearTimeout(timer);
    abort.abort();
  }
}

// src/http/page/fetch_statuses.js
var TIMEOUT_MILLISECONDS2 = 5e3;
async function fetchStatuses() {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MILLISECONDS2);
  try {
    const response = await fetch("api/channels", {
      cache: "no-store",
      signal: abort.signal
    });
    if (!response.ok) return troubleOf(response.status);
    const { channels } = await response.json();
    return channels;
  } catch {
    return troubleOf();
  } finally {
    clearTimeout(timer);
  }
}

// src/http/page/backoff.js
var MIN_RETRY_MILLISECONDS = 250;
var MAX_RETRY_MILLISECONDS = 5e3;
var _milliseconds;
var Backoff = class {
  constructor() {
    __privateAdd(this, _milliseconds, MIN_RETRY_MILLISECONDS);
  }
  /** An attempt has succeeded. */
  reset() {
    __privateSet(this, _milliseconds, MIN_RETRY_MILLISECONDS);
  }
  /** Milliseconds to wait before the next attempt. */
  next() {
    const wait = __privateGet(this, _milliseconds) * (0.5 + Math.random() / 2);
    __privateSet(this, _milliseconds, Math.min(
      __privateGet(this, _milliseconds) * 2,
      MAX_RETRY_MILLISECONDS
    ));
    return wait;
  }
};
_milliseconds = new WeakMap();

// src/http/page/live_picture.js
var PAINT_MILLISECONDS = 500;
var LOOK_MILLISECONDS = 20;
var CHANGE_MILLISECONDS = 1e3;
var SUCCESS_MILLISECONDS = 2e3;
var SILENCE_MILLISECONDS = 12e3;
var IS_MULTIPART = /AppleWebKit\\//.test(navigator.userAgent) && !/Chrom(e|ium)\\//.test(navigator.userAgent);
var _stage, _address, _onChange, _backoff, _joins, _shown, _shownEnded, _coming, _leaving, _lookTimer, _paintTimer, _retryTimer, _changeTimer, _silenceTimer, _LivePicture_instances, join_fn, expectMore_fn, look_fn, takeOver_fn, end_fn, retryLater_fn, clearTimers_fn, setState_fn;
var LivePicture = class {
  /**
   * @param {HTMLElement} stage Takes the images.
   * @param {string} name Of the channel.
   * @param {() => void} onChange Called when the state has changed.
   */
  constructor(stage2, name, onChange) {
    __privateAdd(this, _LivePicture_instances);
    /** @type {PictureState} */
    __publicField(this, "state", "paused");
    /** When the present stream was asked for, by performance.now(). */
    __publicField(this, "joinedMilliseconds", 0);
    __privateAdd(this, _stage);
    __privateAdd(this, _address);
    __privateAdd(this, _onChange);
    __privateAdd(this, _backoff, new Backoff());
    __privateAdd(this, _joins, 0);
    /** The image whose stream is seen. @type {HTMLImageElement | undefined} */
    __privateAdd(this, _shown);
    __privateAdd(this, _shownEnded, false);
    /** The one that is to take over. @type {HTMLImageElement | undefined} */
    __privateAdd(this, _coming);
    /** The one that was taken over from. @type {HTMLImageElement | undefined} */
    __privateAdd(this, _leaving);
    __privateAdd(this, _lookTimer, 0);
    __privateAdd(this, _paintTimer, 0);
    __privateAdd(this, _retryTimer, 0);
    __privateAdd(this, _changeTimer, 0);
    __privateAdd(this, _silenceTimer, 0);
    __privateSet(this, _stage, stage2);
    __privateSet(this, _address, name + ".gif");
    __privateSet(this, _onChange, onChange);
  }
  /** Width and height of the picture, once they are known. */
  get size() {
    var _a2;
    const { naturalWidth: width = 0, naturalHeight: height = 0 } = (_a2 = __privateGet(this, _shown)) != null ? _a2 : {};
    return width > 0 ? { width, height } : void 0;
  }
  /** Shows the stream, from now on. */
  start() {
    if (this.state !== "paused") return;
    __privateMethod(this, _LivePicture_instances, setState_fn).call(this, "connecting");
    __privateMethod(this, _LivePicture_instances, join_fn).call(this);
  }
  /** Lets go of the stream. */
  stop() {
    if (this.state === "paused") return;
    __privateMethod(this, _LivePicture_instances, clearTimers_fn).call(this);
    clearTimeout(__privateGet(this, _changeTimer));
    for (const image2 of [__privateGet(this, _leaving), __privateGet(this, _shown), __privateGet(this, _coming)]) {
      release(image2);
    }
    __privateSet(this, _leaving, __privateSet(this, _shown, __privateSet(this, _coming, void 0)));
    __privateGet(this, _backoff).reset();
    __privateMethod(this, _LivePicture_instances, setState_fn).call(this, "paused");
  }
  /**
   * Changes to another stream. The old one stays until that is seen, but not
   * for long: it is not what is asked for.
   *
   * @param {string} name Of the channel.
   */
  change(name) {
    const address = name + ".gif";
    if (address === __privateGet(this, _address)) return;
    __privateSet(this, _address, address);
    if (this.state === "paused") return;
    __privateGet(this, _backoff).reset();
    __privateSet(this, _shownEnded, true);
    __privateMethod(this, _LivePicture_instances, join_fn).call(this);
    clearTimeout(__privateGet(this, _changeTimer));
    __privateSet(this, _changeTimer, setTimeout(() => {
      release(__privateGet(this, _shown));
      __privateSet(this, _shown, void 0);
    }, CHANGE_MILLISECONDS));
    __privateMethod(this, _LivePicture_instances, setState_fn).call(this, "connecting");
  }
  /** Changes to a fresh stream; the old one stays until that is seen. */
  renew() {
    if (this.state !== "paused") __privateMethod(this, _LivePicture_instances, join_fn).call(this);
  }
};
_stage = new WeakMap();
_address = new WeakMap();
_onChange = new WeakMap();
_backoff = new WeakMap();
_joins = new WeakMap();
_shown = new WeakMap();
_shownEnded = new WeakMap();
_coming = new WeakMap();
_leaving = new WeakMap();
_lookTimer = new WeakMap();
_paintTimer = new WeakMap();
_retryTimer = new WeakMap();
_changeTimer = new WeakMap();
_silenceTimer = new WeakMap();
_LivePicture_instances = new WeakSet();
join_fn = function() {
  __privateMethod(this, _LivePicture_instances, clearTimers_fn).call(this);
  release(__privateGet(this, _coming));
  release(__privateGet(this, _leaving));
  __privateSet(this, _leaving, void 0);
  const image2 = IS_MULTIPART ? framedImage(__privateGet(this, _stage)) : new Image();
  __privateSet(this, _coming, image2);
  image2.alt = "";
  image2.decoding = "sync";
  image2.onerror = () => __privateMethod(this, _LivePicture_instances, end_fn).call(this, image2);
  image2.onload = () => IS_MULTIPART ? __privateMethod(this, _LivePicture_instances, expectMore_fn).call(this, image2) : __privateMethod(this, _LivePicture_instances, end_fn).call(this, image2);
  const query = "?" + Date.now() + "-" + __privateWrapper(this, _joins)._++;
  image2.src = new URL(__privateGet(this, _address) + query, location.href).href;
  this.joinedMilliseconds = performance.now();
  if (!IS_MULTIPART) __privateGet(this, _stage).append(image2);
  __privateMethod(this, _LivePicture_instances, look_fn).call(this);
};
/**
 * No event tells that there are no more pictures.
 *
 * @param {HTMLImageElement} image
 */
expectMore_fn = function(image2) {
  if (image2 !== __privateGet(this, _coming) && image2 !== __privateGet(this, _shown)) return;
  clearTimeout(__privateGet(this, _silenceTimer));
  __privateSet(this, _silenceTimer, setTimeout(
    () => __privateMethod(this, _LivePicture_instances, end_fn).call(this, image2),
    SILENCE_MILLISECONDS
  ));
};
/** No event tells that the first bytes have come. */
look_fn = function() {
  if (__privateGet(this, _coming) === void 0) return;
  if (__privateGet(this, _coming).naturalWidth > 0) __privateMethod(this, _LivePicture_instances, takeOver_fn).call(this);
  else __privateSet(this, _lookTimer, setTimeout(() => __privateMethod(this, _LivePicture_instances, look_fn).call(this), LOOK_MILLISECONDS));
};
takeOver_fn = function() {
  clearTimeout(__privateGet(this, _changeTimer));
  __privateSet(this, _leaving, __privateGet(this, _shown));
  __privateSet(this, _shown, __privateGet(this, _coming));
  __privateSet(this, _shownEnded, false);
  __privateSet(this, _coming, void 0);
  __privateSet(this, _paintTimer, setTimeout(() => {
    release(__privateGet(this, _leaving));
    __privateSet(this, _leaving, void 0);
  }, PAINT_MILLISECONDS));
  __privateMethod(this, _LivePicture_instances, setState_fn).call(this, "live");
};
/**
 * The stream of an image has ended, whichever the event was.
 *
 * @param {HTMLImageElement} image
 */
end_fn = function(image2) {
  if (image2 === __privateGet(this, _coming)) {
    if (image2.naturalWidth > 0) __privateMethod(this, _LivePicture_instances, takeOver_fn).call(this);
    else {
      release(image2);
      __privateSet(this, _coming, void 0);
    }
  }
  if (image2 === __privateGet(this, _shown)) __privateSet(this, _shownEnded, true);
  if (__privateGet(this, _coming) !== void 0 || image2 === __privateGet(this, _leaving)) return;
  if (__privateGet(this, _shown) === void 0 || __privateGet(this, _shownEnded)) {
    __privateMethod(this, _LivePicture_instances, setState_fn).call(this, "reconnecting");
  }
  __privateMethod(this, _LivePicture_instances, retryLater_fn).call(this);
};
retryLater_fn = function() {
  const lasted = performance.now() - this.joinedMilliseconds;
  if (lasted > SUCCESS_MILLISECONDS) __privateGet(this, _backoff).reset();
  clearTimeout(__privateGet(this, _retryTimer));
  __privateSet(this, _retryTimer, setTimeout(() => __privateMethod(this, _LivePicture_instances, join_fn).call(this), __privateGet(this, _backoff).next()));
};
clearTimers_fn = function() {
  clearTimeout(__privateGet(this, _lookTimer));
  clearTimeout(__privateGet(this, _paintTimer));
  clearTimeout(__privateGet(this, _retryTimer));
  clearTimeout(__privateGet(this, _silenceTimer));
};
/** @param {PictureState} state */
setState_fn = function(state) {
  if (this.state === state) return;
  this.state = state;
  __privateGet(this, _onChange).call(this);
};
function framedImage(stage2) {
  const frame = document.createElement("iframe");
  stage2.append(frame);
  const { body } = (
    /** @type {Document} */
    frame.contentDocument
  );
  const image2 = (
    /** @type {Document} */
    body.ownerDocument.createElement("img")
  );
  body.style.margin = "0";
  image2.style.cssText = "display:block;width:100vw;height:100vh;object-fit:contain";
  body.append(image2);
  return image2;
}
function release(image2) {
  if (image2 === void 0) return;
  image2.onload = image2.onerror = null;
  image2.removeAttribute("src");
  const { defaultView } = image2.ownerDocument;
  const frame = image2.ownerDocument === document ? null : defaultView;
  if (frame !== null && frame.frameElement) frame.frameElement.remove();
  image2.remove();
}

// src/http/page/picture/link_quality.js
var MAX_LAG_MILLISECONDS = 3e3;
var DRIFT = 1e-4;
var BEARABLE = 0.7;
var MIN_RATE = 0.2;
var MAX_RATE = 25;
var RECOVERY_MILLISECONDS = 6e4;
var MAX_RECOVERY_MILLISECONDS = 6e5;
var NEWS_MILLISECONDS = 5e3;
var _clockMilliseconds, _heardMilliseconds, _fellMilliseconds, _fellBehind, _recoveryMilliseconds, _LinkQuality_instances, fall_fn, recover_fn;
var LinkQuality = class {
  constructor() {
    __privateAdd(this, _LinkQuality_instances);
    /** Most pictures a second to ask for. @type {number | undefined} */
    __publicField(this, "rateLimit");
    /** Least difference between our clock and the server's. */
    __privateAdd(this, _clockMilliseconds, Infinity);
    __privateAdd(this, _heardMilliseconds, 0);
    __privateAdd(this, _fellMilliseconds, -Infinity);
    __privateAdd(this, _fellBehind, 0);
    __privateAdd(this, _recoveryMilliseconds, RECOVERY_MILLISECONDS);
  }
  /** A connection begins, and with it another way. */
  begin() {
    __privateSet(this, _clockMilliseconds, Infinity);
  }
  /** How far it has fallen behind just now, in milliseconds. */
  get behindMilliseconds() {
    const age = performance.now() - __privateGet(this, _fellMilliseconds);
    return age < NEWS_MILLISECONDS ? __privateGet(this, _fellBehind) : 0;
  }
  /**
   * Takes the server's time.
   *
   * @param {number} serverMilliseconds
   * @param {number} rate Pictures a second that came of late.
   * @returns {boolean} True if it is best to connect anew: what takes all and
   * sends slowly would only fall further behind; or if more may be tried.
   */
  hear(serverMilliseconds, rate) {
    const now = performance.now();
    const drift = (now - __privateGet(this, _heardMilliseconds)) * DRIFT;
    const difference = Date.now() - serverMilliseconds;
    __privateSet(this, _clockMilliseconds, Math.min(
      __privateGet(this, _clockMilliseconds) + drift,
      difference
    ));
    __privateSet(this, _heardMilliseconds, now);
    const behind = difference - __privateGet(this, _clockMilliseconds);
    if (behind > MAX_LAG_MILLISECONDS) {
      __privateMethod(this, _LinkQuality_instances, fall_fn).call(this, now, behind, rate);
      return true;
    }
    return __privateMethod(this, _LinkQuality_instances, recover_fn).call(this, now);
  }
  /**
   * How old a picture is, but for the time of its way.
   *
   * @param {number} sentMilliseconds By the server's clock.
   * @returns {number | undefined}
   */
  ageOf(sentMilliseconds) {
    if (__privateGet(this, _clockMilliseconds) === Infinity) return void 0;
    return Date.now() - __privateGet(this, _clockMilliseconds) - sentMilliseconds;
  }
};
_clockMilliseconds = new WeakMap();
_heardMilliseconds = new WeakMap();
_fellMilliseconds = new WeakMap();
_fellBehind = new WeakMap();
_recoveryMilliseconds = new WeakMap();
_LinkQuality_instances = new WeakSet();
/**
 * @param {number} now
 * @param {number} behind
 * @param {number} rate
 */
fall_fn = function(now, behind, rate) {
  var _a2;
  if (now - __privateGet(this, _fellMilliseconds) < 2 * __privateGet(this, _recoveryMilliseconds)) {
    __privateSet(this, _recoveryMilliseconds, Math.min(
      2 * __privateGet(this, _recoveryMilliseconds),
      MAX_RECOVERY_MILLISECONDS
    ));
  } else __privateSet(this, _recoveryMilliseconds, RECOVERY_MILLISECONDS);
  __privateSet(this, _fellMilliseconds, now);
  __privateSet(this, _fellBehind, behind);
  const least = Math.min(rate, (_a2 = this.rateLimit) != null ? _a2 : Infinity);
  this.rateLimit = Math.max(MIN_RATE, least * BEARABLE);
};
/** @param {number} now */
recover_fn = function(now) {
  const { rateLimit } = this;
  const quiet = now - __privateGet(this, _fellMilliseconds);
  if (rateLimit === void 0 || quiet < __privateGet(this, _recoveryMilliseconds)) {
    return false;
  }
  __privateSet(this, _fellMilliseconds, now);
  __privateSet(this, _fellBehind, 0);
  this.rateLimit = 2 * rateLimit > MAX_RATE ? void 0 : 2 * rateLimit;
  return true;
};

// src/http/page/state/told_statuses.js
var _statuses;
var ToldStatuses = class {
  constructor() {
    /** By name. @type {Map<string, Status>} */
    __privateAdd(this, _statuses, /* @__PURE__ */ new Map());
  }
  /**
   * @param {Told} told
   * @returns {Status[]} The state of all channels.
   */
  take({ channels, changes = [], removed = [] }) {
    if (channels !== void 0) __privateGet(this, _statuses).clear();
    for (const name of removed) __privateGet(this, _statuses).delete(name);
    for (const change of channels != null ? channels : changes) {
      const before = __privateGet(this, _statuses).get(change.name);
      const status2 = (
        /** @type {Status} */
        { ...before, ...change }
      );
      __privateGet(this, _statuses).set(change.name, status2);
    }
    return [...__privateGet(this, _statuses).values()];
  }
};
_statuses = new WeakMap();

// src/http/page/socket_picture.js
var SILENCE_MILLISECONDS2 = 8e3;
var FIRST_MILLISECONDS = 4e3;
var RATE_MILLISECONDS = 3e3;
var LEAST_STILL_MILLISECONDS = 1500;
var STILL_INTERVALS = 4;
var AGES = 15;
var BRACE = 123;
var TIME_BYTES = 8;
var GIF = 71;
var _stage2, _name2, _listener, _canvas, _socket, _hasWorked, _backoff2, _told, _retryTimer2, _silenceTimer2, _next, _drawing, _drawnAt, _intervalMilliseconds, _ages, _received, _SocketPicture_instances, leave_fn, join_fn2, expectMore_fn2, take_fn, takeStatuses_fn, draw_fn, paint_fn, note_fn, end_fn2, setState_fn2;
var SocketPicture = class {
  /**
   * @param {HTMLElement} stage Takes the picture.
   * @param {string} name Of the channel.
   * @param {SocketListener} listener
   */
  constructor(stage2, name, listener) {
    __privateAdd(this, _SocketPicture_instances);
    /** @type {PictureState} */
    __publicField(this, "state", "paused");
    __privateAdd(this, _stage2);
    __privateAdd(this, _name2);
    __privateAdd(this, _listener);
    __privateAdd(this, _canvas, document.createElement("canvas"));
    /** @type {WebSocket | undefined} */
    __privateAdd(this, _socket);
    __privateAdd(this, _hasWorked, false);
    __privateAdd(this, _backoff2, new Backoff());
    __privateAdd(this, _told, new ToldStatuses());
    __privateAdd(this, _retryTimer2, 0);
    __privateAdd(this, _silenceTimer2, 0);
    /** The way from the server. */
    __publicField(this, "link", new LinkQuality());
    /** True if the pictures are photographs, not flat graphics. */
    __publicField(this, "isPhotograph", false);
    /** The newest picture, while another one is being decoded. */
    __privateAdd(this, _next);
    __privateAdd(this, _drawing, false);
    /** When the last pictures were drawn, by performance.now(). */
    __privateAdd(
      this,
      _drawnAt,
      /** @type {number[]} */
      []
    );
    /** The usual time between two of them. */
    __privateAdd(this, _intervalMilliseconds, 0);
    /** Ages of the last pictures when they were drawn. */
    __privateAdd(
      this,
      _ages,
      /** @type {number[]} */
      []
    );
    /** When the last messages came, and their bytes. */
    __privateAdd(
      this,
      _received,
      /** @type {{ at: number, bytes: number }[]} */
      []
    );
    __privateSet(this, _stage2, stage2);
    __privateSet(this, _name2, name);
    __privateSet(this, _listener, listener);
  }
  /** Width and height of the picture, once they are known. */
  get size() {
    const { width, height } = __privateGet(this, _canvas);
    return __privateGet(this, _canvas).isConnected ? { width, height } : void 0;
  }
  /** Pictures a second that were drawn of late. */
  get framesPerSecond() {
    const since = performance.now() - RATE_MILLISECONDS;
    const drawn2 = __privateGet(this, _drawnAt).filter((at) => at > since).length;
    return drawn2 * 1e3 / RATE_MILLISECONDS;
  }
  /** Bits a second that came of late. */
  get bitsPerSecond() {
    const since = performance.now() - RATE_MILLISECONDS;
    const bytes = __privateGet(this, _received).reduce(
      (sum, { at, bytes: bytes2 }) => at > since ? sum + bytes2 : sum,
      0
    );
    return bytes * 8e3 / RATE_MILLISECONDS;
  }
  /**
   * Age of pictures when they are drawn, but for the time of their way here;
   * undefined if it is not known.
   *
   * @returns {number | undefined}
   */
  get lagMilliseconds() {
    const sorted = __privateGet(this, _ages).slice().sort((a, b) => a - b);
    return this.isStill ? void 0 : sorted[Math.floor(sorted.length / 2)];
  }
  /** The picture that is seen, if there is one. */
  get picture() {
    return __privateGet(this, _canvas).isConnected ? __privateGet(this, _canvas) : void 0;
  }
  /** True if no new picture was drawn for longer than usual. */
  get isStill() {
    const last = __privateGet(this, _drawnAt)[__privateGet(this, _drawnAt).length - 1];
    if (last === void 0) return true;
    const most = Math.max(
      LEAST_STILL_MILLISECONDS,
      STILL_INTERVALS * __privateGet(this, _intervalMilliseconds)
    );
    return performance.now() - last > most;
  }
  /** Shows the channel, from now on. */
  start() {
    if (this.state !== "paused") return;
    __privateMethod(this, _SocketPicture_instances, setState_fn2).call(this, "connecting");
    __privateMethod(this, _SocketPicture_instances, join_fn2).call(this);
  }
  /** Lets go of the stream; the picture stays. */
  stop() {
    if (this.state === "paused") return;
    __privateMethod(this, _SocketPicture_instances, leave_fn).call(this);
    __privateMethod(this, _SocketPicture_instances, setState_fn2).call(this, "paused");
  }
  /** Removes the picture, too. */
  remove() {
    this.stop();
    __privateGet(this, _canvas).remove();
  }
  /** @param {string} name Of another channel. */
  change(name) {
    if (name === __privateGet(this, _name2)) return;
    __privateSet(this, _name2, name);
    __privateSet(this, _drawnAt, []);
    __privateSet(this, _intervalMilliseconds, 0);
    __privateSet(this, _ages, []);
    if (this.state === "paused") return __privateGet(this, _canvas).remove();
    __privateMethod(this, _SocketPicture_instances, leave_fn).call(this);
    __privateMethod(this, _SocketPicture_instances, setState_fn2).call(this, "connecting");
    __privateMethod(this, _SocketPicture_instances, join_fn2).call(this);
  }
  /** Connects anew; the picture stays meanwhile. */
  renew() {
    if (this.state === "paused") return;
    __privateMethod(this, _SocketPicture_instances, leave_fn).call(this);
    __privateMethod(this, _SocketPicture_instances, join_fn2).call(this);
  }
};
_stage2 = new WeakMap();
_name2 = new WeakMap();
_listener = new WeakMap();
_canvas = new WeakMap();
_socket = new WeakMap();
_hasWorked = new WeakMap();
_backoff2 = new WeakMap();
_told = new WeakMap();
_retryTimer2 = new WeakMap();
_silenceTimer2 = new WeakMap();
_next = new WeakMap();
_drawing = new WeakMap();
_drawnAt = new WeakMap();
_intervalMilliseconds = new WeakMap();
_ages = new WeakMap();
_received = new WeakMap();
_SocketPicture_instances = new WeakSet();
leave_fn = function() {
  clearTimeout(__privateGet(this, _retryTimer2));
  clearTimeout(__privateGet(this, _silenceTimer2));
  const socket = __privateGet(this, _socket);
  __privateSet(this, _socket, __privateSet(this, _next, void 0));
  if (socket === void 0) return;
  socket.onmessage = socket.onclose = null;
  socket.close();
};
join_fn2 = function() {
  const { rateLimit } = this.link;
  const limit = rateLimit === void 0 ? "" : "&fps=" + rateLimit.toFixed(1);
  const address = new URL(
    __privateGet(this, _name2) + "/ws?format=auto&status=changes&time=yes" + limit,
    location.href
  );
  address.protocol = address.protocol.replace("http", "ws");
  const socket = new WebSocket(address.href);
  __privateSet(this, _socket, socket);
  this.link.begin();
  socket.binaryType = "arraybuffer";
  socket.onmessage = ({ data }) => __privateMethod(this, _SocketPicture_instances, take_fn).call(this, new Uint8Array(data));
  socket.onclose = () => __privateMethod(this, _SocketPicture_instances, end_fn2).call(this);
  __privateMethod(this, _SocketPicture_instances, expectMore_fn2).call(this);
};
expectMore_fn2 = function() {
  clearTimeout(__privateGet(this, _silenceTimer2));
  __privateSet(this, _silenceTimer2, setTimeout(() => {
    __privateMethod(this, _SocketPicture_instances, leave_fn).call(this);
    __privateMethod(this, _SocketPicture_instances, end_fn2).call(this);
  }, __privateGet(this, _hasWorked) ? SILENCE_MILLISECONDS2 : FIRST_MILLISECONDS));
};
/** @param {Uint8Array<ArrayBuffer>} message */
take_fn = function(message) {
  __privateSet(this, _hasWorked, true);
  __privateMethod(this, _SocketPicture_instances, expectMore_fn2).call(this);
  __privateGet(this, _backoff2).reset();
  if (message[0] === BRACE) return __privateMethod(this, _SocketPicture_instances, takeStatuses_fn).call(this, message);
  const since = performance.now() - RATE_MILLISECONDS;
  __privateGet(this, _received).push({ at: performance.now(), bytes: message.length });
  while (__privateGet(this, _received)[0].at < since) __privateGet(this, _received).shift();
  const sentMilliseconds = new DataView(message.buffer).getFloat64(0);
  this.isPhotograph = message[TIME_BYTES] !== GIF;
  const blob = new Blob([message.subarray(TIME_BYTES)]);
  __privateSet(this, _next, { blob, sentMilliseconds });
  if (!__privateGet(this, _drawing)) __privateMethod(this, _SocketPicture_instances, draw_fn).call(this);
};
/** @param {Uint8Array} message */
takeStatuses_fn = function(message) {
  const told = JSON.parse(new TextDecoder().decode(message));
  __privateGet(this, _listener).onStatuses(__privateGet(this, _told).take(told));
  if (this.link.hear(told.nowMilliseconds, this.framesPerSecond)) {
    this.renew();
  }
};
draw_fn = async function() {
  __privateSet(this, _drawing, true);
  while (__privateGet(this, _next) !== void 0) {
    const { blob, sentMilliseconds } = __privateGet(this, _next), socket = __privateGet(this, _socket);
    __privateSet(this, _next, void 0);
    try {
      const picture = await decode(blob);
      if (socket === __privateGet(this, _socket)) __privateMethod(this, _SocketPicture_instances, paint_fn).call(this, picture, sentMilliseconds);
      if ("close" in picture) picture.close();
    } catch {
    }
  }
  __privateSet(this, _drawing, false);
};
/**
 * @param {ImageBitmap | HTMLImageElement} picture
 * @param {number} sentMilliseconds
 */
paint_fn = function(picture, sentMilliseconds) {
  const canvas2 = __privateGet(this, _canvas), { width, height } = picture;
  const isResized = canvas2.width !== width || canvas2.height !== height;
  if (isResized) {
    canvas2.width = width;
    canvas2.height = height;
  }
  const context = (
    /** @type {CanvasRenderingContext2D} */
    canvas2.getContext("2d")
  );
  if (!isResized) context.clearRect(0, 0, width, height);
  context.drawImage(picture, 0, 0);
  if (!canvas2.isConnected) __privateGet(this, _stage2).append(canvas2);
  __privateMethod(this, _SocketPicture_instances, note_fn).call(this, sentMilliseconds);
  if (this.state !== "live") __privateMethod(this, _SocketPicture_instances, setState_fn2).call(this, "live");
  else if (isResized) __privateGet(this, _listener).onChange();
};
/**
 * Takes note of a picture that was drawn.
 *
 * @param {number} sentMilliseconds
 */
note_fn = function(sentMilliseconds) {
  const age = this.link.ageOf(sentMilliseconds);
  if (age !== void 0) __privateGet(this, _ages).push(age);
  if (__privateGet(this, _ages).length > AGES) __privateGet(this, _ages).shift();
  const now = performance.now(), drawn2 = __privateGet(this, _drawnAt);
  const last = drawn2[drawn2.length - 1];
  if (last !== void 0 && !this.isStill) {
    const before = __privateGet(this, _intervalMilliseconds) || now - last;
    __privateSet(this, _intervalMilliseconds, before + (now - last - before) / 10);
  } else if (last !== void 0 && __privateGet(this, _intervalMilliseconds) === 0) {
    __privateSet(this, _intervalMilliseconds, now - last);
  }
  drawn2.push(now);
  while (drawn2.length > 1 && drawn2[0] < now - RATE_MILLISECONDS) {
    drawn2.shift();
  }
};
/** The connection has ended, or none could be had. */
end_fn2 = function() {
  clearTimeout(__privateGet(this, _silenceTimer2));
  __privateSet(this, _socket, void 0);
  if (!__privateGet(this, _hasWorked)) return __privateGet(this, _listener).onRefused();
  __privateMethod(this, _SocketPicture_instances, setState_fn2).call(this, "reconnecting");
  __privateSet(this, _retryTimer2, setTimeout(() => __privateMethod(this, _SocketPicture_instances, join_fn2).call(this), __privateGet(this, _backoff2).next()));
};
/** @param {PictureState} state */
setState_fn2 = function(state) {
  if (this.state === state) return;
  this.state = state;
  __privateGet(this, _listener).onChange();
};
function decode(blob) {
  if ("createImageBitmap" in globalThis) return createImageBitmap(blob);
  return new Promise((resolve, reject) => {
    const image2 = new Image(), address = URL.createObjectURL(blob);
    image2.onload = () => {
      URL.revokeObjectURL(address);
      resolve(image2);
    };
    image2.onerror = () => {
      URL.revokeObjectURL(address);
      reject(new Error("Cannot decode picture"));
    };
    image2.src = address;
  });
}

// src/http/page/picture/facts.js
function factsOf(live2, status2) {
  var _a2, _b;
  const { size: size2 } = live2;
  if (!(live2 instanceof SocketPicture)) {
    const framesPerSecond2 = live2.state === "paused" ? 0 : (_a2 = status2 == null ? void 0 : status2.framesPerSecond) != null ? _a2 : 0;
    return { size: size2, framesPerSecond: framesPerSecond2, isLimited: false };
  }
  const { framesPerSecond, bitsPerSecond, lagMilliseconds: lag, link } = live2;
  const before = (_b = status2 == null ? void 0 : status2.smoothedLatencyMilliseconds) != null ? _b : 0;
  return {
    size: size2,
    framesPerSecond,
    bitsPerSecond,
    lagMilliseconds: lag === void 0 ? void 0 : lag + before,
    isLimited: link.rateLimit !== void 0
  };
}

// src/http/page/picture/kept_still.js
var FRAMES_PER_SNAPSHOT = 20;
var _stage3, _frames, _channel;
var KeptStill = class {
  /** @param {HTMLElement} stage */
  constructor(stage2) {
    __privateAdd(this, _stage3);
    /** Frames of the channel when it was asked for. */
    __privateAdd(this, _frames, -Infinity);
    __privateAdd(this, _channel, "");
    __privateSet(this, _stage3, stage2);
  }
  /** The picture, if there is one. */
  get image() {
    var _a2;
    return (
      /** @type {HTMLImageElement | undefined} */
      (_a2 = __privateGet(this, _stage3).querySelector(".snapshot")) != null ? _a2 : void 0
    );
  }
  /** @param {string} channel The name of another one. */
  change(channel2) {
    var _a2;
    __privateSet(this, _channel, channel2);
    __privateSet(this, _frames, -Infinity);
    (_a2 = this.image) == null ? void 0 : _a2.remove();
  }
  /**
   * Takes a newer picture if the one that is kept is old.
   *
   * @param {Status} now
   * @param {boolean} isAll True if it is all that is seen.
   */
  keep(now, isAll) {
    const next = __privateGet(this, _frames) + (isAll ? 1 : FRAMES_PER_SNAPSHOT);
    if (now.frames < __privateGet(this, _frames) || now.frames >= next) this.load(now);
  }
  /**
   * Takes the newest picture, unless that would start an idle source.
   *
   * @param {Status} now
   * @param {() => void} onDone
   */
  loadUnlessIdle(now, onDone) {
    if (now.frames > 0 && now.source.state !== "idle") this.load(now, onDone);
  }
  /**
   * Takes the newest picture.
   *
   * @param {Status} now
   * @param {() => void} [onDone] Called when it is there, or cannot be had.
   */
  load({ name, frames }, onDone) {
    __privateSet(this, _channel, name);
    __privateSet(this, _frames, frames);
    loadImage(name + "/snapshot.gif?" + Date.now(), (image2) => {
      if (image2 !== void 0 && name === __privateGet(this, _channel)) {
        const old = this.image;
        image2.className = "snapshot";
        __privateGet(this, _stage3).prepend(image2);
        old == null ? void 0 : old.remove();
      }
      onDone == null ? void 0 : onDone();
    });
  }
};
_stage3 = new WeakMap();
_frames = new WeakMap();
_channel = new WeakMap();

// src/http/page/picture/shape.js
var SHARP_SCALE = 2;
var SHARP_PHOTOGRAPH_SCALE = 8;
function showShape(stage2, { width, height }, { zoom, isPhotograph: isPhotograph2 }) {
  stage2.style.setProperty("--width", String(width));
  stage2.style.setProperty("--height", String(height));
  const scale = stage2.clientWidth * devicePixelRatio * zoom / width;
  const least = isPhotograph2 ? SHARP_PHOTOGRAPH_SCALE : SHARP_SCALE;
  stage2.classList.toggle("enlarged", scale >= least);
}

// src/http/page/picture/tab.js
var SHAPES = {
  live: '<circle cx="8" cy="8" r="6" fill="#1f9d45"/>',
  held: '<path d="M3 2h4v12H3zM9 2h4v12H9z" fill="#777"/>',
  away: '<circle cx="8" cy="8" r="5" fill="none" stroke="#c2630a" stroke-width="3"/>'
};
function showTab(title, state, kind) {
  const text = filled(PAGE.tab, { title, state });
  if (document.title !== text) document.title = text;
  const icon = (
    /** @type {HTMLLinkElement} */
    document.querySelector('link[rel="icon"]')
  );
  if (icon.dataset.kind === kind) return;
  icon.dataset.kind = kind;
  const { namespaceURI } = (
    /** @type {Element} */
    document.querySelector("svg")
  );
  icon.href = "data:image/svg+xml," + encodeURIComponent(
    '<svg xmlns="' + namespaceURI + '" viewBox="0 0 16 16">' + SHAPES[kind] + "</svg>"
  );
}

// src/http/page/picture/controls.js
var KEYS = (
  /** @type {Record<string, string>} */
  {
    " ": "hold",
    k: "hold",
    f: "full",
    ArrowLeft: "previous",
    ArrowRight: "next",
    "+": "closer",
    "=": "closer",
    "-": "farther",
    0: "whole",
    s: "snapshot",
    p: "past",
    i: "details",
    "?": "keys"
  }
);
var PANS = (
  /** @type {Record<string, [number, number]>} */
  {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1]
  }
);
function prepareControls(actions, pan) {
  const all = { ...actions, keys: showKeys };
  for (const button of document.querySelectorAll("[data-does]")) {
    const { does = "" } = (
      /** @type {HTMLElement} */
      button.dataset
    );
    button.addEventListener("click", () => {
      var _a2;
      return (_a2 = all[does]) == null ? void 0 : _a2.call(all);
    });
  }
  document.addEventListener("keydown", (event) => {
    var _a2;
    const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
    if (ctrlKey || metaKey || altKey || event.defaultPrevented) return;
    if (key === "Escape") return leave(actions.leave);
    if (takesKeys(
      /** @type {Element} */
      target,
      key
    )) return;
    const step = PANS[key];
    if (shiftKey && step !== void 0) pan(...step);
    else if (shiftKey && key.startsWith("Arrow") || all[KEYS[key]] === void 0) {
      return;
    } else (_a2 = all[KEYS[key]]) == null ? void 0 : _a2.call(all);
    event.preventDefault();
  });
}
function showButton(does, attribute, is, label) {
  const buttons = document.querySelectorAll(\`[data-does="\${does}"]\`);
  for (const button of buttons) {
    if (button.hasAttribute(attribute)) {
      button.setAttribute(attribute, String(is));
    }
    if (label === void 0 || button.getAttribute("title") === label) continue;
    button.setAttribute("title", label);
    button.setAttribute("aria-label", label);
  }
}
function leave(otherwise) {
  const opener = (
    /** @type {HTMLElement | null} */
    document.querySelector('button[aria-expanded="true"]')
  );
  if (opener === null) return otherwise();
  opener.click();
  opener.focus();
}
function takesKeys(target, key) {
  if (/^(TEXTAREA|SELECT)$/.test(target.tagName)) return true;
  if (target.tagName === "INPUT") {
    const { type } = (
      /** @type {HTMLInputElement} */
      target
    );
    return type !== "range" || key.startsWith("Arrow");
  }
  return key === " " && target.closest("a, button, summary") !== null;
}
function showKeys() {
  const panel = element("keys");
  panel.hidden = !panel.hidden;
  showButton("keys", "aria-expanded", !panel.hidden);
  if (panel.hidden || panel.firstElementChild !== null) return;
  for (const [keys, what] of PICTURE.keys) {
    const term = document.createElement("dt");
    for (const key of keys.split(" ")) {
      const cap = document.createElement("kbd");
      cap.textContent = key;
      term.append(cap, " ");
    }
    const text = document.createElement("dd");
    text.textContent = what;
    panel.append(term, text);
  }
}

// src/http/page/picture/download.js
var SHOW_MILLISECONDS = 2e4;
var KILO = 1e3;
var running;
var hideTimer = 0;
var shownAddress = "";
async function saveFrom(address) {
  var _a2, _b;
  const abort = begin();
  try {
    const response = await fetch(address, {
      cache: "no-store",
      signal: abort.signal
    });
    if (!response.ok) throw new Error(await response.text());
    const named = (_a2 = response.headers.get("content-disposition")) != null ? _a2 : "";
    const [, name = address.replace(/\\?.*|.*\\//g, "")] = (_b = named.match(/filename="([^"]+)"/)) != null ? _b : [];
    const blob = await withProgress(response);
    if (abort === running) show(blob, name);
  } catch (error) {
    if (abort === running) fail(
      /** @type {Error} */
      error.message
    );
  }
}
async function savePicture(picture, name) {
  const abort = begin();
  const canvas2 = "getContext" in picture ? picture : canvasOf(picture);
  const blob = (
    /** @type {Blob | null} */
    await new Promise((resolve) => canvas2.toBlob(resolve))
  );
  if (abort !== running) return;
  if (blob === null) return fail("");
  const time = (/* @__PURE__ */ new Date()).toISOString().slice(0, 19).replace(/:/g, "-");
  show(blob, name + "-" + time + ".png");
}
function prepareDownloads() {
  element("close-file").onclick = closeFile;
}
function closeFile() {
  const card = element("file");
  if (card.hidden) return false;
  running == null ? void 0 : running.abort();
  running = void 0;
  clearTimeout(hideTimer);
  card.hidden = true;
  image().removeAttribute("src");
  URL.revokeObjectURL(shownAddress);
  return true;
}
function begin() {
  closeFile();
  const abort = running = new AbortController();
  element("file").hidden = false;
  element("file-picture").hidden = true;
  element("save").hidden = true;
  progress().hidden = false;
  progress().removeAttribute("value");
  write(element("file-about"), PICTURE.making);
  return abort;
}
async function withProgress(response) {
  var _a2;
  const length = Number(response.headers.get("content-length"));
  const type = (_a2 = response.headers.get("content-type")) != null ? _a2 : "";
  if (response.body === null) return await response.blob();
  const reader = response.body.getReader();
  const chunks = (
    /** @type {Uint8Array<ArrayBuffer>[]} */
    []
  );
  let bytes = 0;
  for (; ; ) {
    const { done, value } = await reader.read();
    if (done) return new Blob(chunks, { type });
    chunks.push(value);
    bytes += value.length;
    if (length > 0) progress().value = bytes / length;
    write(element("file-about"), filled(PICTURE.fetching, kilobytes(bytes)));
  }
}
function show(blob, name) {
  shownAddress = URL.createObjectURL(blob);
  const link = (
    /** @type {HTMLAnchorElement} */
    element("save")
  );
  link.href = shownAddress;
  link.download = name;
  link.hidden = false;
  link.click();
  image().src = shownAddress;
  element("file-picture").hidden = false;
  progress().hidden = true;
  const text = filled(PICTURE.saved, { name, ...kilobytes(blob.size) });
  write(element("file-about"), text);
  hideTimer = setTimeout(closeFile, SHOW_MILLISECONDS);
}
function fail(message) {
  running = void 0;
  progress().hidden = true;
  write(element("file-about"), filled(PICTURE.failed, { message }));
}
function canvasOf(picture) {
  var _a2;
  const canvas2 = document.createElement("canvas");
  canvas2.width = picture.naturalWidth;
  canvas2.height = picture.naturalHeight;
  (_a2 = canvas2.getContext("2d")) == null ? void 0 : _a2.drawImage(picture, 0, 0);
  return canvas2;
}
function kilobytes(bytes) {
  return { kilobytes: Math.ceil(bytes / KILO) };
}
function image() {
  return (
    /** @type {HTMLImageElement} */
    element("file-picture")
  );
}
function progress() {
  return (
    /** @type {HTMLProgressElement} */
    element("progress")
  );
}

// src/http/page/past/strip.js
var STILL_PIXELS = 72;
var STILL_WIDTH = 160;
var STEPS_SECONDS = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800];
var GOING_MILLISECONDS = 1500;
var _element, _channel2, _stills, _range, _stepMilliseconds, _loading3, _Strip_instances, loadNext_fn;
var Strip = class {
  /** @param {HTMLElement} element Takes the stills. */
  constructor(element2) {
    __privateAdd(this, _Strip_instances);
    __privateAdd(this, _element);
    __privateAdd(this, _channel2, "");
    /** By their places in the past. @type {Map<number, HTMLElement>} */
    __privateAdd(this, _stills, /* @__PURE__ */ new Map());
    /** @type {{ start: number, end: number, times: number[] }} */
    __privateAdd(this, _range, { start: 0, end: 0, times: [] });
    __privateAdd(this, _stepMilliseconds, 0);
    __privateAdd(this, _loading3, false);
    __privateSet(this, _element, element2);
  }
  /** Forgets all. */
  clear() {
    __privateGet(this, _stills).clear();
    __privateGet(this, _element).textContent = "";
    __privateSet(this, _range, { start: 0, end: 0, times: [] });
  }
  /**
   * @param {string} channel Its name.
   * @param {{ start: number, end: number, times: number[] }} range
   */
  show(channel2, range) {
    var _a2;
    if (channel2 !== __privateGet(this, _channel2)) this.clear();
    __privateSet(this, _channel2, channel2);
    __privateSet(this, _range, range);
    const { start, end } = range, span2 = Math.max(1, end - start);
    const most = Math.max(2, __privateGet(this, _element).clientWidth / STILL_PIXELS);
    const seconds = (_a2 = STEPS_SECONDS.find((step) => step >= span2 / 1e3 / most)) != null ? _a2 : 3600;
    if (seconds * 1e3 !== __privateGet(this, _stepMilliseconds)) {
      __privateGet(this, _stills).clear();
      __privateGet(this, _element).textContent = "";
      __privateSet(this, _stepMilliseconds, seconds * 1e3);
    }
    for (const [time, still2] of __privateGet(this, _stills)) {
      still2.style.left = 100 * (time - start) / span2 + "%";
      still2.style.width = 100 * __privateGet(this, _stepMilliseconds) / span2 + "%";
      if (time > start - __privateGet(this, _stepMilliseconds) && time < end) continue;
      still2.remove();
      __privateGet(this, _stills).delete(time);
    }
    __privateMethod(this, _Strip_instances, loadNext_fn).call(this);
  }
};
_element = new WeakMap();
_channel2 = new WeakMap();
_stills = new WeakMap();
_range = new WeakMap();
_stepMilliseconds = new WeakMap();
_loading3 = new WeakMap();
_Strip_instances = new WeakSet();
/** Loads the newest still that is missing. */
loadNext_fn = function() {
  if (__privateGet(this, _loading3) || document.hidden) return;
  const { start, end, times } = __privateGet(this, _range), step = __privateGet(this, _stepMilliseconds);
  let place = Math.floor(end / step) * step;
  while (__privateGet(this, _stills).has(place)) place -= step;
  const time = place > start - step ? timeAt(times, Math.max(place, start + GOING_MILLISECONDS)) : void 0;
  if (time === void 0) return;
  __privateSet(this, _loading3, true);
  const channel2 = __privateGet(this, _channel2);
  const address = channel2 + "/snapshot.jpg?width=" + STILL_WIDTH + "&at=" + time / 1e3;
  loadImage(address, (image2) => {
    __privateSet(this, _loading3, false);
    if (channel2 !== __privateGet(this, _channel2) || step !== __privateGet(this, _stepMilliseconds)) return;
    const still2 = image2 != null ? image2 : document.createElement("span");
    __privateGet(this, _stills).set(place, still2);
    __privateGet(this, _element).append(still2);
    if (__privateGet(this, _range).times.length > 0) this.show(channel2, __privateGet(this, _range));
  });
};
function timeAt(times, milliseconds) {
  let found = times[0];
  for (const time of times) {
    if (time > milliseconds) break;
    found = time;
  }
  return found;
}

// src/http/page/past/past.js
var REFRESH_MILLISECONDS = 1e3;
var MOST_TIMES = 600;
var CLIP_SECONDS = 10;
var MIN_CLIP_SECONDS = 0.1;
var QUIET_MILLISECONDS2 = 5e3;
var _stage4, _onChange2, _channel3, _strip, _panel, _moment, _length, _answer, _time, _from, _to, _timer, _loading4, _loaded, _Past_instances, refresh_fn, range_get, show_fn, showPiece_fn, isLive_fn, piece_fn, percent_fn, point_fn, choose_fn, lookAt_fn, look_fn2, load_fn, mark_fn, changeLength_fn, save_fn;
var Past = class {
  /**
   * @param {HTMLElement} stage Takes the picture of the past.
   * @param {() => void} onChange Called when something else is looked at.
   */
  constructor(stage2, onChange) {
    __privateAdd(this, _Past_instances);
    __privateAdd(this, _stage4);
    __privateAdd(this, _onChange2);
    __privateAdd(this, _channel3, "");
    __privateAdd(this, _strip, new Strip(element("stills")));
    __privateAdd(this, _panel, element("past"));
    __privateAdd(
      this,
      _moment,
      /** @type {HTMLInputElement} */
      element("moment")
    );
    __privateAdd(
      this,
      _length,
      /** @type {HTMLInputElement} */
      element("length")
    );
    /** @type {PastAnswer | undefined} */
    __privateAdd(this, _answer);
    /** What is looked at; undefined: the present. @type {number | undefined} */
    __privateAdd(this, _time);
    /** Where the clip begins and ends; undefined: as long as chosen, now. */
    __privateAdd(this, _from);
    __privateAdd(this, _to);
    __privateAdd(this, _timer, 0);
    __privateAdd(this, _loading4, false);
    __privateAdd(this, _loaded, 0);
    __privateSet(this, _stage4, stage2);
    __privateSet(this, _onChange2, onChange);
    __privateGet(this, _moment).addEventListener("input", () => __privateMethod(this, _Past_instances, choose_fn).call(this));
    element("rail").addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      element("rail").setPointerCapture(event.pointerId);
      __privateMethod(this, _Past_instances, point_fn).call(this, event);
      __privateGet(this, _moment).focus();
      event.preventDefault();
    });
    element("rail").addEventListener("pointermove", (event) => {
      if (event.buttons & 1) __privateMethod(this, _Past_instances, point_fn).call(this, event);
    });
    element("clip-from").onclick = () => __privateMethod(this, _Past_instances, mark_fn).call(this, "from");
    element("clip-to").onclick = () => __privateMethod(this, _Past_instances, mark_fn).call(this, "to");
    element("clip").onclick = () => __privateMethod(this, _Past_instances, save_fn).call(this);
    element("present").onclick = () => __privateMethod(this, _Past_instances, look_fn2).call(this, void 0);
    __privateGet(this, _length).value = String(CLIP_SECONDS);
    __privateGet(this, _length).addEventListener("change", () => __privateMethod(this, _Past_instances, changeLength_fn).call(this));
    document.addEventListener("visibilitychange", () => {
      if (this.isOpen) __privateMethod(this, _Past_instances, refresh_fn).call(this);
    });
  }
  get isOpen() {
    return !__privateGet(this, _panel).hidden;
  }
  /** The time of the picture that is looked at; undefined: the present. */
  get time() {
    return __privateGet(this, _time);
  }
  /** The picture that is looked at, once it is there. */
  get picture() {
    return (
      /** @type {HTMLImageElement | null} */
      __privateGet(this, _stage4).querySelector(".then")
    );
  }
  /** Opens or closes the panel. */
  toggle() {
    __privateGet(this, _panel).hidden = this.isOpen;
    showButton("past", "aria-expanded", this.isOpen);
    element("screen").classList.toggle("looking-back", this.isOpen);
    if (this.isOpen) __privateMethod(this, _Past_instances, refresh_fn).call(this);
    else {
      clearTimeout(__privateGet(this, _timer));
      __privateGet(this, _strip).clear();
      __privateMethod(this, _Past_instances, look_fn2).call(this, void 0);
    }
  }
  /** @param {string} name Of another channel. */
  change(name) {
    if (name === __privateGet(this, _channel3)) return;
    __privateSet(this, _channel3, name);
    __privateSet(this, _answer, __privateSet(this, _from, __privateSet(this, _to, void 0)));
    __privateGet(this, _strip).clear();
    __privateMethod(this, _Past_instances, look_fn2).call(this, void 0);
    if (this.isOpen) __privateMethod(this, _Past_instances, refresh_fn).call(this);
  }
};
_stage4 = new WeakMap();
_onChange2 = new WeakMap();
_channel3 = new WeakMap();
_strip = new WeakMap();
_panel = new WeakMap();
_moment = new WeakMap();
_length = new WeakMap();
_answer = new WeakMap();
_time = new WeakMap();
_from = new WeakMap();
_to = new WeakMap();
_timer = new WeakMap();
_loading4 = new WeakMap();
_loaded = new WeakMap();
_Past_instances = new WeakSet();
refresh_fn = async function() {
  clearTimeout(__privateGet(this, _timer));
  if (document.hidden || __privateGet(this, _channel3) === "") return;
  const channel2 = __privateGet(this, _channel3);
  try {
    const response = await fetch(channel2 + "/past?most=" + MOST_TIMES, {
      cache: "no-store"
    });
    const answer = response.ok ? await response.json() : { nowMilliseconds: Date.now(), keptSeconds: 0, times: [] };
    if (channel2 === __privateGet(this, _channel3)) __privateSet(this, _answer, answer);
  } catch {
  }
  if (!this.isOpen) return;
  __privateMethod(this, _Past_instances, show_fn).call(this);
  clearTimeout(__privateGet(this, _timer));
  __privateSet(this, _timer, setTimeout(() => __privateMethod(this, _Past_instances, refresh_fn).call(this), REFRESH_MILLISECONDS));
};
range_get = function() {
  var _a2;
  const { nowMilliseconds: now, times } = (_a2 = __privateGet(this, _answer)) != null ? _a2 : {
    nowMilliseconds: 0,
    times: []
  };
  if (times.length < 2) return void 0;
  const last = times[times.length - 1];
  const end = now - last > QUIET_MILLISECONDS2 ? last : Math.max(now, last);
  return { start: times[0], end, times };
};
show_fn = function() {
  var _a2, _b, _c, _d, _e;
  const range = __privateGet(this, _Past_instances, range_get);
  element("past-tools").hidden = element("rail").hidden = range === void 0;
  if (range === void 0) {
    const { keptSeconds = 1 } = (_a2 = __privateGet(this, _answer)) != null ? _a2 : {};
    write(element("when"), keptSeconds > 0 ? PAST.none : PAST.notKept);
    return;
  }
  const { start, end } = range;
  __privateGet(this, _strip).show(__privateGet(this, _channel3), range);
  if (__privateGet(this, _time) !== void 0 && __privateGet(this, _time) < start) __privateMethod(this, _Past_instances, look_fn2).call(this, start);
  __privateGet(this, _moment).min = String(start);
  __privateGet(this, _moment).max = String(end);
  __privateGet(this, _moment).value = String((_b = __privateGet(this, _time)) != null ? _b : end);
  const now = (_d = (_c = __privateGet(this, _answer)) == null ? void 0 : _c.nowMilliseconds) != null ? _d : end;
  const text = __privateGet(this, _time) === void 0 ? end < now ? about(end, now) : PAST.present : about(__privateGet(this, _time), now);
  write(element("when"), text);
  __privateGet(this, _moment).setAttribute("aria-valuetext", text);
  element("present").hidden = __privateGet(this, _time) === void 0;
  const cursor = element("cursor").style;
  cursor.left = __privateMethod(this, _Past_instances, percent_fn).call(this, (_e = __privateGet(this, _time)) != null ? _e : end) + "%";
  __privateMethod(this, _Past_instances, showPiece_fn).call(this, range);
};
/** @param {{ start: number, end: number }} range */
showPiece_fn = function({ start, end }) {
  const { from, to } = __privateMethod(this, _Past_instances, piece_fn).call(this, start, end), piece = element("piece").style;
  piece.left = __privateMethod(this, _Past_instances, percent_fn).call(this, from) + "%";
  piece.width = __privateMethod(this, _Past_instances, percent_fn).call(this, to) - __privateMethod(this, _Past_instances, percent_fn).call(this, from) + "%";
  const text = filled(PAST.piece, {
    from: clock(from),
    to: __privateGet(this, _to) === void 0 && __privateMethod(this, _Past_instances, isLive_fn).call(this, end) ? PAST.now : clock(to)
  });
  write(element("piece-about"), text);
};
/** @param {number} end */
isLive_fn = function(end) {
  var _a2, _b;
  return end >= ((_b = (_a2 = __privateGet(this, _answer)) == null ? void 0 : _a2.nowMilliseconds) != null ? _b : Infinity);
};
/**
 * The piece that a clip has.
 *
 * @param {number} start Of what is kept.
 * @param {number} end
 */
piece_fn = function(start, end) {
  var _a2, _b;
  const to = Math.max(start, Math.min((_a2 = __privateGet(this, _to)) != null ? _a2 : end, end));
  const from = (_b = __privateGet(this, _from)) != null ? _b : to - 1e3 * Number(__privateGet(this, _length).value);
  return { from: Math.max(start, Math.min(from, to)), to };
};
/** @param {number} time */
percent_fn = function(time) {
  var _a2;
  const { start, end } = (_a2 = __privateGet(this, _Past_instances, range_get)) != null ? _a2 : { start: 0, end: 1 };
  return Math.min(100, Math.max(0, 100 * (time - start) / (end - start)));
};
/** @param {PointerEvent} event */
point_fn = function({ clientX }) {
  const range = __privateGet(this, _Past_instances, range_get);
  if (range === void 0) return;
  const { left, width } = element("rail").getBoundingClientRect();
  const share = Math.min(1, Math.max(0, (clientX - left) / width));
  __privateMethod(this, _Past_instances, lookAt_fn).call(this, range.start + share * (range.end - range.start));
};
choose_fn = function() {
  __privateMethod(this, _Past_instances, lookAt_fn).call(this, Number(__privateGet(this, _moment).value));
};
/** @param {number} time The right end is the present. */
lookAt_fn = function(time) {
  const range = __privateGet(this, _Past_instances, range_get);
  if (range === void 0) return;
  const isPresent = time >= range.end - (range.end - range.start) / 200;
  __privateMethod(this, _Past_instances, look_fn2).call(this, isPresent && __privateMethod(this, _Past_instances, isLive_fn).call(this, range.end) ? void 0 : time);
};
/** @param {number | undefined} time */
look_fn2 = function(time) {
  var _a2;
  const wasTime = __privateGet(this, _time);
  __privateSet(this, _time, time);
  if (time === void 0) {
    (_a2 = this.picture) == null ? void 0 : _a2.remove();
    __privateSet(this, _loaded, 0);
  } else __privateMethod(this, _Past_instances, load_fn).call(this);
  if (this.isOpen) __privateMethod(this, _Past_instances, show_fn).call(this);
  if (wasTime === void 0 !== (time === void 0)) __privateGet(this, _onChange2).call(this);
};
/** Loads the picture of the time that was chosen last, one at a time. */
load_fn = function() {
  var _a2;
  const { times = [] } = (_a2 = __privateGet(this, _answer)) != null ? _a2 : {};
  if (__privateGet(this, _loading4) || __privateGet(this, _time) === void 0) return;
  const time = timeAt(times, __privateGet(this, _time)), channel2 = __privateGet(this, _channel3);
  if (time === void 0 || time === __privateGet(this, _loaded)) return;
  __privateSet(this, _loading4, true);
  loadImage(channel2 + "/snapshot.gif?at=" + time / 1e3, (image2) => {
    __privateSet(this, _loading4, false);
    if (channel2 !== __privateGet(this, _channel3) || __privateGet(this, _time) === void 0) return;
    __privateSet(this, _loaded, time);
    if (image2 !== void 0) {
      image2.className = "then";
      const old = this.picture;
      __privateGet(this, _stage4).append(image2);
      old == null ? void 0 : old.remove();
      __privateGet(this, _onChange2).call(this);
    }
    __privateMethod(this, _Past_instances, load_fn).call(this);
  });
};
/** @param {"from" | "to"} end */
mark_fn = function(end) {
  var _a2;
  const range = __privateGet(this, _Past_instances, range_get);
  if (range === void 0) return;
  const time = (_a2 = __privateGet(this, _time)) != null ? _a2 : range.end;
  if (end === "from") {
    __privateSet(this, _from, time);
    if (__privateGet(this, _to) !== void 0 && __privateGet(this, _to) <= time) __privateSet(this, _to, void 0);
  } else {
    __privateSet(this, _to, time);
    if (__privateGet(this, _from) !== void 0 && __privateGet(this, _from) >= time) {
      __privateSet(this, _from, void 0);
    }
  }
  const { from, to } = __privateMethod(this, _Past_instances, piece_fn).call(this, range.start, range.end);
  __privateGet(this, _length).value = secondsOf(from, to).toFixed(1);
  __privateMethod(this, _Past_instances, show_fn).call(this);
};
changeLength_fn = function() {
  const seconds = Number(__privateGet(this, _length).value);
  if (!(seconds >= MIN_CLIP_SECONDS)) {
    __privateGet(this, _length).value = String(CLIP_SECONDS);
  }
  __privateSet(this, _from, void 0);
  __privateMethod(this, _Past_instances, show_fn).call(this);
};
save_fn = function() {
  const range = __privateGet(this, _Past_instances, range_get);
  if (range === void 0) return;
  const { from, to } = __privateMethod(this, _Past_instances, piece_fn).call(this, range.start, range.end);
  const at = __privateGet(this, _to) === void 0 && __privateMethod(this, _Past_instances, isLive_fn).call(this, range.end) ? "" : "&at=" + to / 1e3;
  const seconds = secondsOf(from, to).toFixed(2);
  saveFrom(__privateGet(this, _channel3) + "/clip.gif?seconds=" + seconds + at);
};
function secondsOf(from, to) {
  return Math.max(MIN_CLIP_SECONDS, (to - from) / 1e3);
}
function about(time, now) {
  const seconds = Math.max(0, now - time) / 1e3;
  return filled(PAST.ago, {
    ago: seconds < 100 ? filled(PAST.seconds, { seconds: seconds.toFixed(1) }) : filled(PAST.minutes, { minutes: Math.round(seconds / 60) }),
    time: clock(time)
  });
}
function clock(time) {
  return new Date(time).toLocaleTimeString();
}

// src/http/page/picture/details.js
var ROUND_TRIP_MILLISECONDS = 5e3;
var FIRST_QUESTIONS = 3;
var FIRST_MILLISECONDS2 = 100;
var _roundTripMilliseconds, _answers, _timer2, _Details_instances, lag_fn, ask_fn;
var Details = class {
  constructor() {
    __privateAdd(this, _Details_instances);
    __publicField(this, "isOpen", false);
    /** Of the quickest answer. */
    __privateAdd(this, _roundTripMilliseconds, Infinity);
    __privateAdd(this, _answers, 0);
    __privateAdd(this, _timer2, 0);
  }
  /** Tells more, or less. */
  toggle() {
    this.isOpen = !this.isOpen;
    showButton("details", "aria-pressed", this.isOpen);
    clearTimeout(__privateGet(this, _timer2));
    if (this.isOpen) __privateMethod(this, _Details_instances, ask_fn).call(this);
  }
  /** @param {Facts} now */
  show(now) {
    const { size: size2, framesPerSecond: rate, bitsPerSecond } = now;
    const facts = [];
    if (size2 !== void 0) facts.push(size2.width + " × " + size2.height);
    if (rate > 0) {
      const text = rate.toFixed(rate < 5 ? 1 : 0);
      facts.push(filled(PICTURE.rate, { rate: text }));
    }
    if (this.isOpen && bitsPerSecond !== void 0) {
      const rate2 = (bitsPerSecond / 1e6).toFixed(bitsPerSecond < 1e7 ? 2 : 1);
      facts.push(filled(PICTURE.bits, { rate: rate2 }));
    }
    if (this.isOpen) facts.push(__privateMethod(this, _Details_instances, lag_fn).call(this, now.lagMilliseconds));
    if (now.isLimited) facts.push(PICTURE.limited);
    write(element("facts"), facts.join(" · ") || " ");
  }
};
_roundTripMilliseconds = new WeakMap();
_answers = new WeakMap();
_timer2 = new WeakMap();
_Details_instances = new WeakSet();
/** @param {number | undefined} milliseconds */
lag_fn = function(milliseconds) {
  const way = __privateGet(this, _roundTripMilliseconds) / 2;
  if (milliseconds === void 0 || __privateGet(this, _answers) < FIRST_QUESTIONS) {
    return PICTURE.noLag;
  }
  const seconds = (milliseconds + way) / 1e3;
  return filled(PICTURE.lag, { seconds: seconds.toFixed(2) });
};
ask_fn = async function() {
  if (!document.hidden) {
    const asked = performance.now();
    try {
      await (await fetch("healthz", { cache: "no-store" })).text();
      __privateSet(this, _roundTripMilliseconds, Math.min(
        __privateGet(this, _roundTripMilliseconds),
        performance.now() - asked
      ));
      __privateWrapper(this, _answers)._++;
    } catch {
    }
  }
  if (!this.isOpen) return;
  clearTimeout(__privateGet(this, _timer2));
  __privateSet(this, _timer2, setTimeout(
    () => __privateMethod(this, _Details_instances, ask_fn).call(this),
    __privateGet(this, _answers) < FIRST_QUESTIONS ? FIRST_MILLISECONDS2 : ROUND_TRIP_MILLISECONDS
  ));
};

// src/http/page/picture/full_screen.js
var REST_MILLISECONDS = 3e3;
var _element2, _onChange3, _restTimer, _FullScreen_instances, enter_fn, show_fn2, wake_fn;
var FullScreen = class {
  /**
   * @param {HTMLElement} element
   * @param {(isFull: boolean) => void} onChange
   */
  constructor(element2, onChange) {
    __privateAdd(this, _FullScreen_instances);
    __privateAdd(this, _element2);
    __privateAdd(this, _onChange3);
    __privateAdd(this, _restTimer, 0);
    __privateSet(this, _element2, element2);
    __privateSet(this, _onChange3, onChange);
    const look = () => __privateMethod(this, _FullScreen_instances, show_fn2).call(this, fullElement() === element2);
    document.addEventListener("fullscreenchange", look);
    document.addEventListener("webkitfullscreenchange", look);
    const wake = () => __privateMethod(this, _FullScreen_instances, wake_fn).call(this);
    for (const event of ["pointermove", "pointerdown", "keydown", "focusin"]) {
      document.addEventListener(event, wake, { passive: true });
    }
  }
  /** True while it fills the screen, or the window. */
  get isFull() {
    return __privateGet(this, _element2).classList.contains("full");
  }
  /** Fills the screen, or no longer. */
  toggle() {
    if (this.isFull) this.leave();
    else __privateMethod(this, _FullScreen_instances, enter_fn).call(this);
  }
  /** Fills the screen no longer. */
  leave() {
    if (fullElement() !== __privateGet(this, _element2)) return __privateMethod(this, _FullScreen_instances, show_fn2).call(this, false);
    const { webkitExitFullscreen } = document;
    if ("exitFullscreen" in document) document.exitFullscreen();
    else if (webkitExitFullscreen) webkitExitFullscreen.call(document);
  }
};
_element2 = new WeakMap();
_onChange3 = new WeakMap();
_restTimer = new WeakMap();
_FullScreen_instances = new WeakSet();
enter_fn = async function() {
  const element2 = __privateGet(this, _element2);
  const { webkitRequestFullscreen } = (
    /** @type {any} */
    element2
  );
  try {
    if ("requestFullscreen" in element2) await element2.requestFullscreen();
    else if (webkitRequestFullscreen) webkitRequestFullscreen.call(element2);
    else __privateMethod(this, _FullScreen_instances, show_fn2).call(this, true);
  } catch {
    __privateMethod(this, _FullScreen_instances, show_fn2).call(this, true);
  }
};
/** @param {boolean} isFull */
show_fn2 = function(isFull) {
  if (isFull === this.isFull) return;
  __privateGet(this, _element2).classList.toggle("full", isFull);
  __privateMethod(this, _FullScreen_instances, wake_fn).call(this);
  __privateGet(this, _onChange3).call(this, isFull);
};
wake_fn = function() {
  clearTimeout(__privateGet(this, _restTimer));
  __privateGet(this, _element2).classList.remove("resting");
  if (!this.isFull) return;
  __privateSet(this, _restTimer, setTimeout(
    () => __privateGet(this, _element2).classList.add("resting"),
    REST_MILLISECONDS
  ));
};
function fullElement() {
  const { webkitFullscreenElement } = document;
  return "fullscreenElement" in document ? document.fullscreenElement : webkitFullscreenElement;
}

// src/http/page/picture/zoom.js
var MAX_SCALE = 32;
var STEP = 1.25;
var NOTCH_PIXELS = 100;
var PAN_STEP = 0.1;
var _stage5, _onChange4, _x, _y, _pointers, _Zoom_instances, zoomInMiddle_fn, zoom_fn, set_fn, wheel_fn, down_fn, move_fn, placeOf_fn;
var Zoom = class {
  /**
   * @param {HTMLElement} stage
   * @param {() => void} onChange
   */
  constructor(stage2, onChange) {
    __privateAdd(this, _Zoom_instances);
    /** 1 shows the whole picture. */
    __publicField(this, "scale", 1);
    __privateAdd(this, _stage5);
    __privateAdd(this, _onChange4);
    __privateAdd(this, _x, 0);
    __privateAdd(this, _y, 0);
    /** Fingers, or the mouse, by their ids. @type {Map<number, PointerEvent>} */
    __privateAdd(this, _pointers, /* @__PURE__ */ new Map());
    __privateSet(this, _stage5, stage2);
    __privateSet(this, _onChange4, onChange);
    stage2.addEventListener("wheel", (event) => __privateMethod(this, _Zoom_instances, wheel_fn).call(this, event), {
      passive: false
    });
    stage2.addEventListener("pointerdown", (event) => __privateMethod(this, _Zoom_instances, down_fn).call(this, event));
    stage2.addEventListener("pointermove", (event) => __privateMethod(this, _Zoom_instances, move_fn).call(this, event));
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
      stage2.addEventListener(end, (event) => {
        const { pointerId } = (
          /** @type {PointerEvent} */
          event
        );
        __privateGet(this, _pointers).delete(pointerId);
      });
    }
    stage2.addEventListener("gesturestart", (event) => event.preventDefault());
  }
  /** Goes closer to the middle by a step. */
  closer() {
    __privateMethod(this, _Zoom_instances, zoomInMiddle_fn).call(this, STEP);
  }
  /** Goes back by a step. */
  farther() {
    __privateMethod(this, _Zoom_instances, zoomInMiddle_fn).call(this, 1 / STEP);
  }
  /** Shows the whole picture. */
  reset() {
    __privateMethod(this, _Zoom_instances, set_fn).call(this, 1, 0, 0);
  }
  /**
   * Moves what is seen.
   *
   * @param {number} x Steps to the right.
   * @param {number} y Steps down.
   */
  pan(x, y) {
    const { clientWidth, clientHeight } = __privateGet(this, _stage5);
    __privateMethod(this, _Zoom_instances, set_fn).call(this, this.scale, __privateGet(this, _x) - x * PAN_STEP * clientWidth, __privateGet(this, _y) - y * PAN_STEP * clientHeight);
  }
};
_stage5 = new WeakMap();
_onChange4 = new WeakMap();
_x = new WeakMap();
_y = new WeakMap();
_pointers = new WeakMap();
_Zoom_instances = new WeakSet();
/** @param {number} factor */
zoomInMiddle_fn = function(factor) {
  const { clientWidth, clientHeight } = __privateGet(this, _stage5);
  __privateMethod(this, _Zoom_instances, zoom_fn).call(this, factor, clientWidth / 2, clientHeight / 2);
};
/**
 * @param {number} factor
 * @param {number} x Of the point that stays, in the stage.
 * @param {number} y
 */
zoom_fn = function(factor, x, y) {
  const scale = Math.min(MAX_SCALE, Math.max(1, this.scale * factor));
  const change = scale / this.scale;
  __privateMethod(this, _Zoom_instances, set_fn).call(this, scale, x - (x - __privateGet(this, _x)) * change, y - (y - __privateGet(this, _y)) * change);
};
/**
 * @param {number} scale
 * @param {number} x Of the picture's corner.
 * @param {number} y
 */
set_fn = function(scale, x, y) {
  const { clientWidth, clientHeight, style, classList } = __privateGet(this, _stage5);
  this.scale = scale < 1.01 ? 1 : scale;
  __privateSet(this, _x, Math.min(0, Math.max(x, clientWidth * (1 - this.scale))));
  __privateSet(this, _y, Math.min(0, Math.max(y, clientHeight * (1 - this.scale))));
  style.setProperty("--zoom", String(this.scale));
  style.setProperty("--x", __privateGet(this, _x) + "px");
  style.setProperty("--y", __privateGet(this, _y) + "px");
  classList.toggle("zoomed", this.scale > 1);
  __privateGet(this, _onChange4).call(this);
};
/** @param {WheelEvent} event */
wheel_fn = function(event) {
  const { deltaY, deltaMode, ctrlKey } = event;
  const scrolls = !ctrlKey && (deltaY > 0 ? this.scale === 1 : scrollY > 0);
  if (scrolls || deltaY === 0) return;
  event.preventDefault();
  const notches = deltaMode === 0 ? -deltaY / (ctrlKey ? NOTCH_PIXELS / 5 : NOTCH_PIXELS) : -Math.sign(deltaY);
  const { x, y } = __privateMethod(this, _Zoom_instances, placeOf_fn).call(this, event);
  __privateMethod(this, _Zoom_instances, zoom_fn).call(this, STEP ** Math.min(3, Math.max(-3, notches)), x, y);
};
/** @param {PointerEvent} event */
down_fn = function(event) {
  if (event.button !== 0) return;
  __privateGet(this, _pointers).set(event.pointerId, event);
  if (this.scale > 1 || __privateGet(this, _pointers).size > 1) {
    __privateGet(this, _stage5).setPointerCapture(event.pointerId);
  }
};
/** @param {PointerEvent} event */
move_fn = function(event) {
  const before = __privateGet(this, _pointers).get(event.pointerId);
  if (before === void 0) return;
  __privateGet(this, _pointers).set(event.pointerId, event);
  const [other] = [...__privateGet(this, _pointers).values()].filter(({ pointerId }) => pointerId !== event.pointerId);
  if (other === void 0) {
    if (this.scale === 1) return;
    const x2 = __privateGet(this, _x) + event.clientX - before.clientX;
    const y2 = __privateGet(this, _y) + event.clientY - before.clientY;
    return __privateMethod(this, _Zoom_instances, set_fn).call(this, this.scale, x2, y2);
  }
  const from = middleOf(before, other), to = middleOf(event, other);
  __privateSet(this, _x, __privateGet(this, _x) + (to.clientX - from.clientX));
  __privateSet(this, _y, __privateGet(this, _y) + (to.clientY - from.clientY));
  const { x, y } = __privateMethod(this, _Zoom_instances, placeOf_fn).call(this, to);
  __privateMethod(this, _Zoom_instances, zoom_fn).call(this, to.distance / Math.max(1, from.distance), x, y);
};
/** @param {{ clientX: number, clientY: number }} point */
placeOf_fn = function({ clientX, clientY }) {
  const { left, top } = __privateGet(this, _stage5).getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
};
function middleOf(a, b) {
  return {
    clientX: (a.clientX + b.clientX) / 2,
    clientY: (a.clientY + b.clientY) / 2,
    distance: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)
  };
}

// src/http/page/picture/viewing.js
var _zoom, _full, _listener2, _Viewing_instances, toggleHold_fn, showHold_fn, togglePast_fn, takeSnapshot_fn, isInactive_fn;
var Viewing = class {
  /**
   * @param {HTMLElement} stage
   * @param {ViewingListener} listener
   */
  constructor(stage2, listener) {
    __privateAdd(this, _Viewing_instances);
    /** True if pictures are to stay as they are. */
    __publicField(this, "held", matchMedia("(prefers-reduced-motion: reduce)").matches);
    __publicField(this, "details", new Details());
    /** @type {Past} */
    __publicField(this, "past");
    /** @type {Zoom} */
    __privateAdd(this, _zoom);
    /** @type {FullScreen} */
    __privateAdd(this, _full);
    __privateAdd(this, _listener2);
    __privateSet(this, _listener2, listener);
    this.past = new Past(stage2, listener.onLook);
    __privateSet(this, _zoom, new Zoom(stage2, listener.onShape));
    __privateSet(this, _full, new FullScreen(element("screen"), (isFull) => {
      const label = isFull ? PICTURE.leaveFull : PICTURE.full;
      showButton("full", "aria-pressed", isFull, label);
      __privateGet(this, _zoom).reset();
    }));
    stage2.addEventListener("dblclick", () => __privateGet(this, _full).toggle());
    prepareDownloads();
    prepareControls({
      hold: () => __privateMethod(this, _Viewing_instances, toggleHold_fn).call(this),
      full: () => __privateGet(this, _full).toggle(),
      previous: () => listener.onStep(-1),
      next: () => listener.onStep(1),
      closer: () => __privateGet(this, _zoom).closer(),
      farther: () => __privateGet(this, _zoom).farther(),
      whole: () => __privateGet(this, _zoom).reset(),
      snapshot: () => __privateMethod(this, _Viewing_instances, takeSnapshot_fn).call(this),
      past: () => __privateMethod(this, _Viewing_instances, togglePast_fn).call(this),
      details: () => {
        this.details.toggle();
        listener.onLook();
      },
      leave: () => {
        if (!closeFile()) __privateGet(this, _full).leave();
      }
    }, (x, y) => __privateGet(this, _zoom).pan(x, y));
    __privateMethod(this, _Viewing_instances, showHold_fn).call(this);
  }
  /** 1 for the whole picture. */
  get zoom() {
    return __privateGet(this, _zoom).scale;
  }
  /** @param {string} channel The name of another one. */
  change(channel2) {
    __privateGet(this, _zoom).reset();
    this.past.change(channel2);
  }
  /**
   * Sets if there is anything to take along.
   *
   * @param {boolean} has
   */
  showHasPicture(has) {
    for (const id of ["snapshot", "look-back"]) {
      const button = (
        /** @type {HTMLButtonElement} */
        element(id)
      );
      if (id === "look-back" && this.past.isOpen) continue;
      if (button.disabled === has) button.disabled = !has;
    }
  }
};
_zoom = new WeakMap();
_full = new WeakMap();
_listener2 = new WeakMap();
_Viewing_instances = new WeakSet();
toggleHold_fn = function() {
  this.held = !this.held;
  __privateMethod(this, _Viewing_instances, showHold_fn).call(this);
  __privateGet(this, _listener2).onHold();
};
showHold_fn = function() {
  document.body.classList.toggle("held", this.held);
  const resume = element("resume"), hadFocus = document.activeElement;
  resume.hidden = !this.held;
  const label = this.held ? PICTURE.resume : PICTURE.hold;
  showButton("hold", "aria-pressed", this.held, label);
  if (resume.hidden && hadFocus === resume) {
    const button = document.querySelector('#actions [data-does="hold"]');
    button.focus();
  }
};
togglePast_fn = function() {
  if (!this.past.isOpen && __privateMethod(this, _Viewing_instances, isInactive_fn).call(this, "look-back")) return;
  this.past.toggle();
};
/** Takes what is seen. */
takeSnapshot_fn = function() {
  if (__privateMethod(this, _Viewing_instances, isInactive_fn).call(this, "snapshot")) return;
  const { channel: channel2, isPhotograph: isPhotograph2, still: still2 } = __privateGet(this, _listener2).seen();
  const { picture, time } = this.past;
  if (time !== void 0 && picture !== null) savePicture(picture, channel2);
  else if (still2 !== void 0) savePicture(still2, channel2);
  else saveFrom(channel2 + "/snapshot." + (isPhotograph2 ? "jpg" : "png"));
};
/** @param {string} id */
isInactive_fn = function(id) {
  return (
    /** @type {HTMLButtonElement} */
    element(id).disabled
  );
};

// src/http/page/state/address.js
var access = {
  /** What the server wants. @type {"" | "token" | "password"} */
  needs: "",
  /** The token, if the page was opened with it. */
  token: ""
};
function cleanAddress() {
  var _a2;
  const { needs } = element("stage").dataset;
  if (needs === "token" || needs === "password") access.needs = needs;
  const here = new URL(document.URL);
  access.token = (_a2 = here.searchParams.get("token")) != null ? _a2 : "";
  if (access.needs !== "") here.searchParams.delete("token");
  if (here.username !== "" || here.password !== "") {
    here.username = here.password = "";
    location.replace(here.href);
    return true;
  }
  if (here.href !== document.URL) {
    history.replaceState(history.state, "", here.href);
  }
  return false;
}

// src/http/page/share/copy.js
var TOLD_MILLISECONDS = 4e3;
function copyButton(field, label) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = SHARE.copy;
  button.setAttribute("aria-label", SHARE.copy + ": " + label);
  const told = document.createElement("span");
  told.className = "told";
  told.setAttribute("role", "status");
  let timer = 0;
  button.onclick = async () => {
    const isCopied = await copy(field);
    told.textContent = isCopied ? SHARE.copied : SHARE.notCopied;
    clearTimeout(timer);
    if (!isCopied) return;
    timer = setTimeout(() => told.textContent = "", TOLD_MILLISECONDS);
  };
  return { button, told };
}
async function copy(field) {
  const focused = document.activeElement;
  try {
    if ("clipboard" in navigator) {
      await navigator.clipboard.writeText(field.value);
      return true;
    }
  } catch {
  }
  field.focus();
  field.select();
  let heard = false;
  const hear = () => heard = true;
  field.addEventListener("copy", hear);
  const isDone = document.execCommand("copy");
  field.removeEventListener("copy", hear);
  if (!isDone || !heard) return false;
  if (focused instanceof HTMLElement) focused.focus();
  return true;
}

// src/http/page/share/ways.js
function waysTo(name, size2, query) {
  const here = new URL(location.href);
  here.search = here.hash = here.username = here.password = "";
  const to = (path, more = query) => new URL(path, here.href).href + more;
  const gif = to(name + ".gif");
  const shape = size2 === void 0 ? "" : ' width="' + size2.width + '" height="' + size2.height + '"';
  return [
    { id: "page", label: SHARE.page, text: to(name) },
    {
      id: "element",
      label: SHARE.element,
      about: SHARE.aboutElement,
      text: '<script src="' + to("embed.js", "") + '" async><\\/script><gif-stream src="' + gif + '"></gif-stream>'
    },
    {
      id: "frame",
      label: SHARE.frame,
      about: SHARE.aboutFrame,
      text: '<iframe src="' + to(name + "/embed") + '"' + shape + ' style="border:0"></iframe>'
    },
    {
      id: "img",
      label: SHARE.img,
      about: SHARE.aboutImg,
      text: '<img src="' + gif + '">'
    },
    { id: "gif", label: SHARE.gif, text: gif },
    { id: "mjpeg", label: SHARE.mjpeg, text: to(name + ".mjpeg") },
    { id: "still", label: SHARE.still, text: to(name + "/snapshot.jpg") }
  ];
}

// src/http/page/share/share.js
var channel = "";
var size;
var fields = /* @__PURE__ */ new Map();
var withToken = document.createElement("input");
var canvas = document.createElement("canvas");
var drawn = "";
function offer(name) {
  channel = name;
  element("share").hidden = name === "";
  if (name === "") show2(false);
  fill();
}
function noteSize(now) {
  if (now.width === (size == null ? void 0 : size.width) && now.height === size.height) return;
  size = { width: now.width, height: now.height };
  fill();
}
function isOpen() {
  return !element("sharing").hidden;
}
function show2(isShown) {
  var _a2;
  const share = element("share"), panel = element("sharing");
  if (panel.hidden === !isShown) return;
  if (isShown && fields.size === 0) build(panel);
  panel.hidden = !isShown;
  share.setAttribute("aria-expanded", String(isShown));
  fill();
  if (isShown) (_a2 = fields.get("page")) == null ? void 0 : _a2.focus();
  else share.focus();
}
function fill() {
  var _a2, _b;
  if (!isOpen()) return;
  const { token } = access;
  const query = withToken.checked && token !== "" ? "?token=" + encodeURIComponent(token) : "";
  for (const { id, text } of waysTo(channel, size, query)) {
    const field = fields.get(id);
    if (field !== void 0 && field.value !== text) field.value = text;
  }
  drawCode((_b = (_a2 = fields.get("page")) == null ? void 0 : _a2.value) != null ? _b : "");
}
async function drawCode(text) {
  if (text === drawn) return;
  drawn = text;
  try {
    const { drawQr } = await import(new URL("qr.js", location.href).href);
    if (text === drawn) drawQr(canvas, text);
    canvas.hidden = false;
  } catch {
    drawn = "";
    canvas.hidden = true;
  }
}
function build(panel) {
  const title = document.createElement("h2");
  title.id = "share-title";
  title.textContent = SHARE.title;
  panel.append(title, code());
  const list2 = document.createElement("div");
  list2.className = "ways";
  for (const way of waysTo("", void 0, "")) list2.append(row(way));
  panel.append(list2);
  const note = access.needs === "" ? void 0 : accessNote();
  if (note !== void 0) panel.append(note);
}
function code() {
  const box = document.createElement("div");
  box.className = "code";
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", SHARE.code);
  canvas.hidden = true;
  box.append(canvas);
  if ("share" in navigator) {
    const send = document.createElement("button");
    send.type = "button";
    send.textContent = SHARE.send;
    const told = document.createElement("span");
    told.setAttribute("role", "status");
    send.onclick = async () => {
      var _a2;
      told.textContent = "";
      try {
        await navigator.share({
          title: document.title,
          url: (_a2 = fields.get("page")) == null ? void 0 : _a2.value
        });
      } catch (error) {
        const { name, message } = (
          /** @type {Error} */
          error
        );
        if (name !== "AbortError") told.textContent = message;
      }
    };
    box.append(send, told);
  }
  return box;
}
function row({ id, label, about: about2 }) {
  const box = document.createElement("div");
  box.className = "way";
  const name = document.createElement("label");
  name.htmlFor = "way-" + id;
  name.textContent = label;
  const field = document.createElement("input");
  field.id = "way-" + id;
  field.readOnly = true;
  field.spellcheck = false;
  field.onfocus = () => field.select();
  fields.set(id, field);
  const { button, told } = copyButton(field, label);
  box.append(name, field, button, told);
  if (about2 !== void 0) {
    const text = document.createElement("p");
    text.id = "about-" + id;
    text.textContent = about2;
    field.setAttribute("aria-describedby", text.id);
    box.append(text);
  }
  return box;
}
function accessNote() {
  const box = document.createElement("p");
  box.className = "access";
  const { needs, token } = access;
  if (needs === "password") box.textContent = SHARE.password;
  else if (token === "") box.textContent = SHARE.addToken;
  else {
    withToken.type = "checkbox";
    withToken.onchange = fill;
    const label = document.createElement("label");
    label.append(withToken, " " + SHARE.withToken);
    box.append(label);
  }
  return box;
}
function prepareSharing() {
  const share = element("share"), panel = element("sharing");
  share.onclick = () => show2(!isOpen());
  for (const part of [share, panel]) {
    part.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !isOpen()) return;
      event.stopPropagation();
      show2(false);
    });
  }
}

// src/http/page/state/ago.js
var MINUTE = 60;
var HOUR = 60 * MINUTE;
var DAY = 24 * HOUR;
function span(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1e3));
  const { second, seconds: many, minute, minutes, hour, hours, day, days } = STATE_ABOUT;
  if (seconds < MINUTE) return inWords(seconds, second, many);
  if (seconds < HOUR) return inWords(seconds / MINUTE, minute, minutes);
  if (seconds < DAY) return inWords(seconds / HOUR, hour, hours);
  return inWords(seconds / DAY, day, days);
}
function inWords(count, one, many) {
  const whole = Math.floor(count);
  return whole === 1 ? one : filled(many, { count: whole });
}

// src/http/page/state/details.js
var AGAIN = /; trying again$/;
var SHORT_MILLISECONDS = 900;
var PLAIN = ["live", "paused", "held", "past", "slow", "crowded"];
function detailsOf(situation) {
  const { state, name, status: status2 } = situation;
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
  else if (status2 !== void 0) lines.push(...sourceLines(situation, status2));
  const last = lastPicture(situation);
  if (last !== void 0) lines.push(last);
  return lines;
}
function sourceLines({ toldMilliseconds: toldMilliseconds2 }, { source, retryMilliseconds }) {
  var _a2;
  const told = (_a2 = source.message) != null ? _a2 : "";
  const message = told.replace(AGAIN, "");
  const retry = retryMilliseconds === null ? AGAIN.test(told) ? STATE_ABOUT.retryNow : "" : retryOf(retryMilliseconds - toldMilliseconds2);
  if (message === "" && retry === "") return [];
  return [upper(message || STATE_ABOUT.failed) + retry];
}
function retryOf(milliseconds) {
  if (!(milliseconds > SHORT_MILLISECONDS)) return STATE_ABOUT.retryNow;
  return filled(STATE_ABOUT.retry, { span: span(milliseconds) });
}
function lastPicture({ status: status2, toldMilliseconds: toldMilliseconds2 }) {
  if (status2 === void 0) return void 0;
  const { frames, lastFrameAgeMilliseconds: age } = status2;
  if (frames === 0 || age === null) return STATE_ABOUT.never;
  return filled(STATE_ABOUT.last, { span: span(age + toldMilliseconds2) });
}
function upper(text) {
  return /^[a-z]+:\\/\\//.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

// src/http/page/state/notice.js
var SHORT_MILLISECONDS2 = 3e3;
var _stage6, _box, _title2, _lines, _help, _state, _begunAt, _helpFor, _Notice_instances, showHelp_fn;
var Notice = class {
  /** @param {HTMLElement} stage Has the picture. */
  constructor(stage2) {
    __privateAdd(this, _Notice_instances);
    __privateAdd(this, _stage6);
    __privateAdd(this, _box, element("notice"));
    __privateAdd(this, _title2, document.createElement("p"));
    __privateAdd(this, _lines, document.createElement("div"));
    __privateAdd(this, _help, document.createElement("div"));
    /** The state, and when it began, by performance.now(). */
    __privateAdd(this, _state, "");
    __privateAdd(this, _begunAt, 0);
    /** The state that the help is for. */
    __privateAdd(this, _helpFor, "");
    __privateSet(this, _stage6, stage2);
    __privateGet(this, _title2).className = "title";
    __privateGet(this, _title2).setAttribute("aria-hidden", "true");
    __privateGet(this, _box).append(__privateGet(this, _title2), __privateGet(this, _lines), __privateGet(this, _help));
  }
  /** @param {Situation} situation */
  show(situation) {
    const { state } = situation, now = performance.now();
    if (state !== __privateGet(this, _state)) __privateSet(this, _begunAt, now);
    __privateSet(this, _state, state);
    const isShort = state === "reconnecting" && now - __privateGet(this, _begunAt) < SHORT_MILLISECONDS2;
    const lines = isShort ? [] : detailsOf(situation);
    __privateGet(this, _stage6).classList.toggle("dim", lines.length > 0);
    document.body.dataset.state = state;
    __privateGet(this, _box).hidden = lines.length === 0;
    if (lines.length === 0) return;
    write(__privateGet(this, _title2), STATE[state]);
    const children = __privateGet(this, _lines).children;
    lines.forEach((line, index) => {
      var _a2;
      const there = (_a2 = children[index]) != null ? _a2 : __privateGet(this, _lines).appendChild(document.createElement("p"));
      write(
        /** @type {HTMLElement} */
        there,
        line
      );
    });
    while (children.length > lines.length) children[lines.length].remove();
    __privateMethod(this, _Notice_instances, showHelp_fn).call(this, state);
  }
};
_stage6 = new WeakMap();
_box = new WeakMap();
_title2 = new WeakMap();
_lines = new WeakMap();
_help = new WeakMap();
_state = new WeakMap();
_begunAt = new WeakMap();
_helpFor = new WeakMap();
_Notice_instances = new WeakSet();
/** @param {string} state */
showHelp_fn = function(state) {
  if (state === __privateGet(this, _helpFor)) return;
  __privateSet(this, _helpFor, state);
  __privateGet(this, _help).textContent = "";
  if (state === "empty") __privateGet(this, _help).append(...howToSend());
  if (state === "locked") __privateGet(this, _help).append(reloadButton());
};
function reloadButton() {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = STATE_ABOUT.unlock;
  button.onclick = () => location.reload();
  return button;
}
function howToSend() {
  const address = new URL("camera/frames", location.href).href;
  return [
    [STATE_ABOUT.sendPicture, STATE_ABOUT.pictureCommand],
    [STATE_ABOUT.sendFilm, STATE_ABOUT.filmCommand]
  ].map(([label, command], index) => {
    const box = document.createElement("div");
    box.className = "way";
    const name = document.createElement("label");
    name.htmlFor = "send-" + index;
    name.textContent = label;
    const field = document.createElement("textarea");
    field.id = name.htmlFor;
    field.readOnly = true;
    field.spellcheck = false;
    field.rows = 3;
    field.value = filled(command, { address });
    const { button, told } = copyButton(field, label);
    box.append(name, field, button, told);
    return box;
  });
}

// src/http/page/windows.js
var MOST_STREAMS = 4;
var ANSWER_MILLISECONDS = 200;
var REPEAT_MILLISECONDS = 1e3;
var GONE_MILLISECONDS = 4e3;
var _listener3, _id, _since, _timer3, _others, _channel4, _Windows_instances, hear_fn, repeat_fn, decide_fn, post_fn;
var Windows = class {
  /** @param {WindowsListener} listener */
  constructor(listener) {
    __privateAdd(this, _Windows_instances);
    /** Whether this one may have a stream; undefined: not known yet. */
    __publicField(this, "mayStream");
    /** When another one told the state, by performance.now(). */
    __publicField(this, "heardMilliseconds", -Infinity);
    __privateAdd(this, _listener3);
    __privateAdd(this, _id, Math.random());
    __privateAdd(this, _since, 0);
    __privateAdd(this, _timer3, 0);
    /** @type {Map<number, { since: number, heardMilliseconds: number }>} */
    __privateAdd(this, _others, /* @__PURE__ */ new Map());
    /** @type {BroadcastChannel | undefined} */
    __privateAdd(this, _channel4);
    __privateSet(this, _listener3, listener);
    if (!("BroadcastChannel" in globalThis)) return;
    const folder = location.pathname.replace(/[^/]*$/, "");
    __privateSet(this, _channel4, new BroadcastChannel("gifstream " + folder));
    __privateGet(this, _channel4).onmessage = ({ data }) => __privateMethod(this, _Windows_instances, hear_fn).call(this, data);
  }
  /** @param {Status[]} statuses The state, for the others. */
  tell(statuses2) {
    __privateMethod(this, _Windows_instances, post_fn).call(this, { statuses: statuses2 });
  }
  /** @param {boolean} wants Whether this one wants a stream. */
  want(wants) {
    if (wants === __privateGet(this, _since) > 0) return;
    clearTimeout(__privateGet(this, _timer3));
    __privateSet(this, _since, wants ? Date.now() : 0);
    this.mayStream = __privateGet(this, _channel4) === void 0 || void 0;
    __privateMethod(this, _Windows_instances, post_fn).call(this, { since: __privateGet(this, _since), asks: wants });
    if (wants) {
      __privateSet(this, _timer3, setTimeout(() => __privateMethod(this, _Windows_instances, repeat_fn).call(this), ANSWER_MILLISECONDS));
    }
  }
};
_listener3 = new WeakMap();
_id = new WeakMap();
_since = new WeakMap();
_timer3 = new WeakMap();
_others = new WeakMap();
_channel4 = new WeakMap();
_Windows_instances = new WeakSet();
/** @param {WindowMessage} message */
hear_fn = function({ id, since, asks, statuses: statuses2 }) {
  const now = performance.now();
  if (statuses2 !== void 0) {
    this.heardMilliseconds = now;
    __privateGet(this, _listener3).onStatuses(statuses2);
  }
  if (since === void 0) return;
  if (since > 0) __privateGet(this, _others).set(id, { since, heardMilliseconds: now });
  else __privateGet(this, _others).delete(id);
  if (asks && __privateGet(this, _since) > 0) __privateMethod(this, _Windows_instances, post_fn).call(this, { since: __privateGet(this, _since) });
  if (since === 0 && this.mayStream === false) __privateMethod(this, _Windows_instances, decide_fn).call(this);
};
repeat_fn = function() {
  __privateMethod(this, _Windows_instances, post_fn).call(this, { since: __privateGet(this, _since) });
  __privateMethod(this, _Windows_instances, decide_fn).call(this);
  __privateSet(this, _timer3, setTimeout(() => __privateMethod(this, _Windows_instances, repeat_fn).call(this), REPEAT_MILLISECONDS));
};
decide_fn = function() {
  const oldest = performance.now() - GONE_MILLISECONDS;
  let before = 0;
  __privateGet(this, _others).forEach(({ since, heardMilliseconds }, id) => {
    const isFirst = since < __privateGet(this, _since) || since === __privateGet(this, _since) && id < __privateGet(this, _id);
    if (isFirst && heardMilliseconds > oldest) before++;
  });
  const mayStream = before < MOST_STREAMS;
  if (mayStream === this.mayStream) return;
  this.mayStream = mayStream;
  __privateGet(this, _listener3).onChange();
};
/** @param {Omit<WindowMessage, "id">} message */
post_fn = function(message) {
  if (__privateGet(this, _channel4) === void 0) return;
  __privateGet(this, _channel4).postMessage({ id: __privateGet(this, _id), ...message });
};

// src/http/page/viewer.js
var STATUS_INTERVAL_MILLISECONDS = 2e3;
var STUCK_MILLISECONDS = 1e4;
var SHOW_MILLISECONDS2 = 500;
var OFF_SCREEN_MILLISECONDS = 500;
var ASLEEP_MILLISECONDS = 15e3;
cleanAddress();
var options = new URLSearchParams(location.search);
var swapBytes = Number(options.get("swap-bytes")) || 2e7;
var swapMilliseconds = 1e3 * (Number(options.get("swap-seconds")) || 300);
var stage = element("stage");
var notice = new Notice(stage);
var _a;
var current = (_a = stage.dataset.channel) != null ? _a : "";
var live = "WebSocket" in globalThis ? socketPicture() : imagePicture();
var still = new KeptStill(stage);
var windows = new Windows({
  onStatuses(answer) {
    if (!asking || isTold()) return;
    takeStatuses(answer);
    showAll();
  },
  onChange: watchOrPause
});
var list = new ChannelList(element("channels"), choose);
var viewing = new Viewing(stage, {
  onHold() {
    if (viewing.held && live instanceof LivePicture && status !== void 0) {
      still.load(status, watchOrPause);
    } else watchOrPause();
    showAll();
  },
  onStep(step) {
    const name = neighborOf(statuses != null ? statuses : [], current, step);
    if (name !== void 0) choose(name);
  },
  onShape: showSize,
  onLook: showAll,
  seen: () => ({
    channel: current,
    isPhotograph: isPhotograph(),
    still: heldPicture()
  })
});
var statuses;
var status;
var isSame = false;
var trouble;
var pictureProblem;
var toldMilliseconds = 0;
var isChanging = false;
var streamBytes = 0;
var onScreen = true;
var pageHidden = false;
var asking = false;
var statusTimer = 0;
var offScreenTimer = 0;
var statusDue = Infinity;
function nameInAddress() {
  return location.pathname.replace(/^.*\\//, "");
}
function socketPicture() {
  const picture = new SocketPicture(stage, current, {
    onChange: showAll,
    onStatuses(answer) {
      takeStatuses(answer);
      showAll();
    },
    onRefused() {
      picture.remove();
      live = imagePicture();
      watchOrPause();
    }
  });
  return picture;
}
function imagePicture() {
  const picture = new LivePicture(stage, current, () => {
    showAll();
    if (picture.state === "live") askStatus();
  });
  return picture;
}
function isTold() {
  return live instanceof SocketPicture && live.state === "live";
}
function choose(name) {
  if (name === current) return;
  history.pushState(null, "", name);
  open(name);
  const { top, bottom } = stage.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) scrollTo(0, 0);
}
function isPhotograph() {
  return live instanceof SocketPicture && live.isPhotograph;
}
function heldPicture() {
  if (!viewing.held) return void 0;
  return live instanceof SocketPicture && live.picture || still.image;
}
function open(name) {
  if (name === current) return;
  current = name;
  isChanging = true;
  status = statuses == null ? void 0 : statuses.find((channel2) => channel2.name === name);
  streamBytes = 0;
  still.change(name);
  live.change(name);
  viewing.change(name);
  offer(name);
  if (statuses !== void 0) list.update(statuses, name);
  showAll();
  watchOrPause();
}
function watchOrPause() {
  const visible = !pageHidden && !document.hidden;
  if (!visible) {
    clearTimeout(statusTimer);
    asking = false;
  }
  const isWanted = visible && onScreen && current !== "" && !viewing.held;
  const isShared = !(live instanceof SocketPicture);
  windows.want(isWanted && isShared);
  if (!isWanted || isShared && !windows.mayStream) live.stop();
  else if (live.state === "paused") {
    live.start();
    streamBytes = 0;
  }
  if (visible && !asking) {
    asking = true;
    statusDue = Infinity;
    askStatus();
  }
}
async function askStatus() {
  clearTimeout(statusTimer);
  const asked = Date.now();
  const slept = asked > statusDue + ASLEEP_MILLISECONDS;
  if (slept && live instanceof SocketPicture) live.renew();
  const wasHeard = performance.now() - windows.heardMilliseconds < STATUS_INTERVAL_MILLISECONDS;
  if (!isTold() && !wasHeard) {
    const answer = await fetchStatuses();
    if (!asking) return;
    if (typeof answer === "string") trouble = answer;
    else {
      takeStatuses(answer, slept);
      windows.tell(answer);
    }
  }
  const isLost = trouble === void 0 && live.state === "reconnecting";
  pictureProblem = isLost ? await pictureTrouble(current) : void 0;
  if (!asking) return;
  showAll();
  statusDue = asked + STATUS_INTERVAL_MILLISECONDS;
  clearTimeout(statusTimer);
  statusTimer = setTimeout(askStatus, Math.max(statusDue - Date.now(), 0));
}
function takeStatuses(answer, slept = false) {
  statuses = answer;
  toldMilliseconds = performance.now();
  if (nameInAddress() === "" && answer.length > 0) open(answer[0].name);
  const now = answer.find(({ name }) => name === current);
  if (now !== void 0) takeStatus(now, slept);
  else status = void 0;
  trouble = void 0;
  list.update(answer, current);
}
function takeStatus(now, slept) {
  const before = status != null ? status : now;
  const share = now.publishedBytes - before.publishedBytes;
  streamBytes += Math.max(0, share);
  const back = status === void 0 && live.state === "reconnecting";
  const lost = slept || trouble !== void 0 || back || now.frames < before.frames || isForgotten(now);
  isSame = now.unchangedFrames > before.unchangedFrames;
  status = now;
  if (viewing.held && heldPicture() === void 0) {
    still.loadUnlessIdle(now, showAll);
  }
  if (live instanceof SocketPicture) return;
  if (lost || isDue()) {
    streamBytes = 0;
    live.renew();
  }
  if (live.state === "live" || isCrowded()) still.keep(now, isCrowded());
}
function isForgotten(now) {
  if (live instanceof SocketPicture) return false;
  const age = performance.now() - live.joinedMilliseconds;
  if (live.state === "live") {
    return now.viewers === 0 && age > STATUS_INTERVAL_MILLISECONDS;
  }
  return live.state === "connecting" && now.frames > 0 && age > STUCK_MILLISECONDS;
}
function isDue() {
  if (live instanceof SocketPicture) return false;
  const age = performance.now() - live.joinedMilliseconds;
  return live.state === "live" && (streamBytes >= swapBytes || age >= swapMilliseconds);
}
function showAll() {
  var _a2, _b;
  showState();
  showSize();
  const title = (_a2 = status == null ? void 0 : status.title) != null ? _a2 : current || PAGE.title;
  show3("name", title);
  stage.setAttribute("aria-label", filled(PAGE.pictureOf, { title }));
  const isAway = trouble !== void 0 || live.state === "reconnecting";
  const viewers = isAway ? void 0 : status == null ? void 0 : status.viewers;
  show3(
    "watching",
    viewers === void 0 ? "" : filled(PAGE.watching, { count: viewers })
  );
  viewing.details.show(factsOf(live, status));
  viewing.showHasPicture(status !== void 0 && status.frames > 0);
  const kind = stateSeen() === "live" ? "live" : viewing.held ? "held" : "away";
  showTab(title, (_b = element("state").textContent) != null ? _b : "", kind);
}
function showState() {
  const state = stateSeen();
  const output = element("state");
  output.dataset.state = state;
  const behind = live instanceof SocketPicture ? live.link.behindMilliseconds / 1e3 : 0;
  show3("state", filled(STATE[state], { seconds: behind.toFixed(0) }));
  if (live.state === "live" || heldPicture()) isChanging = false;
  stage.classList.toggle("changing", isChanging);
  notice.show({
    state,
    name: current,
    status,
    toldMilliseconds: performance.now() - toldMilliseconds
  });
}
function stateSeen() {
  const { state } = live;
  if (trouble !== void 0 && !isTold() && state !== "paused") return trouble;
  if (viewing.past.time !== void 0) return "past";
  if (viewing.held && current !== "") return "held";
  if (isCrowded()) return "crowded";
  if (live instanceof SocketPicture && live.link.behindMilliseconds > 0) {
    return "slow";
  }
  if (state === "paused" && current !== "") return state;
  if (statuses === void 0) return current === "" ? "connecting" : state;
  if (status === void 0) return current === "" ? "empty" : "gone";
  if (state === "reconnecting") return pictureProblem != null ? pictureProblem : state;
  const source = sourceState(status);
  if (source !== "live") return source;
  return state === "live" && isStopped() ? "waiting" : state;
}
function isCrowded() {
  return live.state === "paused" && windows.mayStream === false;
}
function isStopped() {
  if (!(live instanceof SocketPicture) || !live.isStill) return false;
  return !isSame;
}
function showSize() {
  var _a2;
  const told = isCrowded() || viewing.held ? status : void 0;
  const size2 = (_a2 = live.size) != null ? _a2 : (told == null ? void 0 : told.width) ? told : void 0;
  if (size2 === void 0) return;
  noteSize(size2);
  const { zoom } = viewing;
  showShape(stage, size2, { zoom, isPhotograph: isPhotograph() });
}
function show3(id, text) {
  write(element(id), text);
}
setInterval(() => {
  if (!document.hidden) showAll();
}, SHOW_MILLISECONDS2);
prepareSharing();
offer(current);
viewing.change(current);
document.addEventListener("visibilitychange", watchOrPause);
addEventListener("resize", showSize);
addEventListener("popstate", () => {
  var _a2;
  const name = nameInAddress() || ((_a2 = statuses == null ? void 0 : statuses[0]) == null ? void 0 : _a2.name);
  if (name !== void 0) open(name);
});
addEventListener("pagehide", () => {
  pageHidden = true;
  watchOrPause();
});
addEventListener("pageshow", () => {
  pageHidden = false;
  if (document.readyState === "complete") setTimeout(watchOrPause);
});
new IntersectionObserver((entries) => {
  const { isIntersecting } = entries[entries.length - 1];
  clearTimeout(offScreenTimer);
  offScreenTimer = setTimeout(() => {
    onScreen = isIntersecting;
    if (document.readyState === "complete") watchOrPause();
  }, isIntersecting ? 0 : OFF_SCREEN_MILLISECONDS);
}).observe(stage);
</script>
  </body>
</html>
`;
