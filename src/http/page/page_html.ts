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
  --away: #b35900;
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
  max-width: 110rem;
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
#state[data-state="paused"] {
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
  width: min(100%, (100vh - 11.5rem) * var(--width) / var(--height));
  width: min(100%, (100dvh - 11.5rem) * var(--width) / var(--height));
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
      <div id="view">
        <div id="stage" role="img" aria-label="Live picture"
          data-channel="$NAME" data-needs="$NEEDS">
          <noscript><img src="$NAME/snapshot.jpg" alt="Live picture"></noscript>
        </div>
        <div id="notice" hidden></div>
      </div>
      <p id="facts">&nbsp;</p>
      <div id="actions">
        <a id="snapshot" href="$NAME/snapshot.png"
          target="_blank">Snapshot</a>
        <a id="clip" href="$NAME/clip.gif" target="_blank">Last 10 s</a>
        <button id="share" type="button" aria-expanded="false"
          aria-controls="sharing"
        >Share</button>
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
  const image = new Image();
  image.alt = "";
  image.decoding = "sync";
  image.onload = () => onDone(image);
  image.onerror = () => onDone(void 0);
  image.src = address;
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

// src/http/page/words.js
var PAGE = {
  /** The title and heading where no channel is known. */
  title: "Live",
  /** The picture, for screen readers. */
  picture: "Live picture",
  pictureOf: "Live picture: {title}",
  watching: "{count} watching",
  snapshot: "Snapshot",
  clip: "Last 10 s"
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
  rate: "{rate} frames/s"
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
    loadImage(__privateGet(this, _name) + STILL + Date.now(), (image) => {
      __privateSet(this, _loading2, false);
      if (image !== void 0) {
        __privateSet(this, _framesOfStill, frames);
        image.className = "still";
        __privateGet(this, _still).replaceWith(image);
        __privateSet(this, _still, image);
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
    for (const image of [__privateGet(this, _leaving), __privateGet(this, _shown), __privateGet(this, _coming)]) {
      release(image);
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
  const image = IS_MULTIPART ? framedImage(__privateGet(this, _stage)) : new Image();
  __privateSet(this, _coming, image);
  image.alt = "";
  image.decoding = "sync";
  image.onerror = () => __privateMethod(this, _LivePicture_instances, end_fn).call(this, image);
  image.onload = () => IS_MULTIPART ? __privateMethod(this, _LivePicture_instances, expectMore_fn).call(this, image) : __privateMethod(this, _LivePicture_instances, end_fn).call(this, image);
  const query = "?" + Date.now() + "-" + __privateWrapper(this, _joins)._++;
  image.src = new URL(__privateGet(this, _address) + query, location.href).href;
  this.joinedMilliseconds = performance.now();
  if (!IS_MULTIPART) __privateGet(this, _stage).append(image);
  __privateMethod(this, _LivePicture_instances, look_fn).call(this);
};
/**
 * No event tells that there are no more pictures.
 *
 * @param {HTMLImageElement} image
 */
expectMore_fn = function(image) {
  if (image !== __privateGet(this, _coming) && image !== __privateGet(this, _shown)) return;
  clearTimeout(__privateGet(this, _silenceTimer));
  __privateSet(this, _silenceTimer, setTimeout(
    () => __privateMethod(this, _LivePicture_instances, end_fn).call(this, image),
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
end_fn = function(image) {
  if (image === __privateGet(this, _coming)) {
    if (image.naturalWidth > 0) __privateMethod(this, _LivePicture_instances, takeOver_fn).call(this);
    else {
      release(image);
      __privateSet(this, _coming, void 0);
    }
  }
  if (image === __privateGet(this, _shown)) __privateSet(this, _shownEnded, true);
  if (__privateGet(this, _coming) !== void 0 || image === __privateGet(this, _leaving)) return;
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
  const image = (
    /** @type {Document} */
    body.ownerDocument.createElement("img")
  );
  body.style.margin = "0";
  image.style.cssText = "display:block;width:100vw;height:100vh;object-fit:contain";
  body.append(image);
  return image;
}
function release(image) {
  if (image === void 0) return;
  image.onload = image.onerror = null;
  image.removeAttribute("src");
  const { defaultView } = image.ownerDocument;
  const frame = image.ownerDocument === document ? null : defaultView;
  if (frame !== null && frame.frameElement) frame.frameElement.remove();
  image.remove();
}

// src/http/page/socket_picture.js
var SILENCE_MILLISECONDS2 = 8e3;
var FIRST_MILLISECONDS = 4e3;
var MAX_LAG_MILLISECONDS = 3e3;
var RATE_MILLISECONDS = 3e3;
var LEAST_STILL_MILLISECONDS = 1500;
var STILL_INTERVALS = 4;
var BRACE = 123;
var _stage2, _name2, _listener, _canvas, _socket, _hasWorked, _backoff2, _retryTimer2, _silenceTimer2, _next, _drawing, _drawnAt, _intervalMilliseconds, _clockMilliseconds, _SocketPicture_instances, leave_fn, join_fn2, expectMore_fn2, take_fn, takeStatuses_fn, draw_fn, paint_fn, note_fn, end_fn2, setState_fn2;
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
    __privateAdd(this, _retryTimer2, 0);
    __privateAdd(this, _silenceTimer2, 0);
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
    /** Least difference between our clock and the server's. */
    __privateAdd(this, _clockMilliseconds, Infinity);
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
    if (this.state === "paused") return;
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
_retryTimer2 = new WeakMap();
_silenceTimer2 = new WeakMap();
_next = new WeakMap();
_drawing = new WeakMap();
_drawnAt = new WeakMap();
_intervalMilliseconds = new WeakMap();
_clockMilliseconds = new WeakMap();
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
  const address = new URL(
    __privateGet(this, _name2) + "/ws?format=auto&status=yes",
    location.href
  );
  address.protocol = address.protocol.replace("http", "ws");
  const socket = new WebSocket(address.href);
  __privateSet(this, _socket, socket);
  __privateSet(this, _clockMilliseconds, Infinity);
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
  __privateSet(this, _next, new Blob([message]));
  if (!__privateGet(this, _drawing)) __privateMethod(this, _SocketPicture_instances, draw_fn).call(this);
};
/** @param {Uint8Array} message */
takeStatuses_fn = function(message) {
  const { nowMilliseconds, channels } = JSON.parse(
    new TextDecoder().decode(message)
  );
  const difference = Date.now() - nowMilliseconds;
  __privateSet(this, _clockMilliseconds, Math.min(__privateGet(this, _clockMilliseconds), difference));
  __privateGet(this, _listener).onStatuses(channels);
  if (difference - __privateGet(this, _clockMilliseconds) > MAX_LAG_MILLISECONDS) {
    this.renew();
  }
};
draw_fn = async function() {
  __privateSet(this, _drawing, true);
  while (__privateGet(this, _next) !== void 0) {
    const blob = __privateGet(this, _next), socket = __privateGet(this, _socket);
    __privateSet(this, _next, void 0);
    try {
      const picture = await decode(blob);
      if (socket === __privateGet(this, _socket)) __privateMethod(this, _SocketPicture_instances, paint_fn).call(this, picture);
      if ("close" in picture) picture.close();
    } catch {
    }
  }
  __privateSet(this, _drawing, false);
};
/** @param {ImageBitmap | HTMLImageElement} picture */
paint_fn = function(picture) {
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
  __privateMethod(this, _SocketPicture_instances, note_fn).call(this);
  if (this.state !== "live") __privateMethod(this, _SocketPicture_instances, setState_fn2).call(this, "live");
  else if (isResized) __privateGet(this, _listener).onChange();
};
/** Takes note of a picture that was drawn. */
note_fn = function() {
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
    const image = new Image(), address = URL.createObjectURL(blob);
    image.onload = () => {
      URL.revokeObjectURL(address);
      resolve(image);
    };
    image.onerror = () => {
      URL.revokeObjectURL(address);
      reject(new Error("Cannot decode picture"));
    };
    image.src = address;
  });
}

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
  if (name === "") show(false);
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
function show(isShown) {
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
function row({ id, label, about }) {
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
  if (about !== void 0) {
    const text = document.createElement("p");
    text.id = "about-" + id;
    text.textContent = about;
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
  share.onclick = () => show(!isOpen());
  for (const part of [share, panel]) {
    part.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !isOpen()) return;
      event.stopPropagation();
      show(false);
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
var _stage3, _box, _title2, _lines, _help, _state, _begunAt, _helpFor, _Notice_instances, showHelp_fn;
var Notice = class {
  /** @param {HTMLElement} stage Has the picture. */
  constructor(stage2) {
    __privateAdd(this, _Notice_instances);
    __privateAdd(this, _stage3);
    __privateAdd(this, _box, element("notice"));
    __privateAdd(this, _title2, document.createElement("p"));
    __privateAdd(this, _lines, document.createElement("div"));
    __privateAdd(this, _help, document.createElement("div"));
    /** The state, and when it began, by performance.now(). */
    __privateAdd(this, _state, "");
    __privateAdd(this, _begunAt, 0);
    /** The state that the help is for. */
    __privateAdd(this, _helpFor, "");
    __privateSet(this, _stage3, stage2);
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
    __privateGet(this, _stage3).classList.toggle("dim", lines.length > 0);
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
_stage3 = new WeakMap();
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
var _listener2, _id, _since, _timer, _others, _channel, _Windows_instances, hear_fn, repeat_fn, decide_fn, post_fn;
var Windows = class {
  /** @param {WindowsListener} listener */
  constructor(listener) {
    __privateAdd(this, _Windows_instances);
    /** Whether this one may have a stream; undefined: not known yet. */
    __publicField(this, "mayStream");
    /** When another one told the state, by performance.now(). */
    __publicField(this, "heardMilliseconds", -Infinity);
    __privateAdd(this, _listener2);
    __privateAdd(this, _id, Math.random());
    __privateAdd(this, _since, 0);
    __privateAdd(this, _timer, 0);
    /** @type {Map<number, { since: number, heardMilliseconds: number }>} */
    __privateAdd(this, _others, /* @__PURE__ */ new Map());
    /** @type {BroadcastChannel | undefined} */
    __privateAdd(this, _channel);
    __privateSet(this, _listener2, listener);
    if (!("BroadcastChannel" in globalThis)) return;
    const folder = location.pathname.replace(/[^/]*$/, "");
    __privateSet(this, _channel, new BroadcastChannel("gifstream " + folder));
    __privateGet(this, _channel).onmessage = ({ data }) => __privateMethod(this, _Windows_instances, hear_fn).call(this, data);
  }
  /** @param {Status[]} statuses The state, for the others. */
  tell(statuses2) {
    __privateMethod(this, _Windows_instances, post_fn).call(this, { statuses: statuses2 });
  }
  /** @param {boolean} wants Whether this one wants a stream. */
  want(wants) {
    if (wants === __privateGet(this, _since) > 0) return;
    clearTimeout(__privateGet(this, _timer));
    __privateSet(this, _since, wants ? Date.now() : 0);
    this.mayStream = __privateGet(this, _channel) === void 0 || void 0;
    __privateMethod(this, _Windows_instances, post_fn).call(this, { since: __privateGet(this, _since), asks: wants });
    if (wants) {
      __privateSet(this, _timer, setTimeout(() => __privateMethod(this, _Windows_instances, repeat_fn).call(this), ANSWER_MILLISECONDS));
    }
  }
};
_listener2 = new WeakMap();
_id = new WeakMap();
_since = new WeakMap();
_timer = new WeakMap();
_others = new WeakMap();
_channel = new WeakMap();
_Windows_instances = new WeakSet();
/** @param {WindowMessage} message */
hear_fn = function({ id, since, asks, statuses: statuses2 }) {
  const now = performance.now();
  if (statuses2 !== void 0) {
    this.heardMilliseconds = now;
    __privateGet(this, _listener2).onStatuses(statuses2);
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
  __privateSet(this, _timer, setTimeout(() => __privateMethod(this, _Windows_instances, repeat_fn).call(this), REPEAT_MILLISECONDS));
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
  __privateGet(this, _listener2).onChange();
};
/** @param {Omit<WindowMessage, "id">} message */
post_fn = function(message) {
  if (__privateGet(this, _channel) === void 0) return;
  __privateGet(this, _channel).postMessage({ id: __privateGet(this, _id), ...message });
};

// src/http/page/viewer.js
var STATUS_INTERVAL_MILLISECONDS = 2e3;
var STUCK_MILLISECONDS = 1e4;
var SHOW_MILLISECONDS = 500;
var OFF_SCREEN_MILLISECONDS = 500;
var ASLEEP_MILLISECONDS = 15e3;
var FRAMES_PER_SNAPSHOT = 20;
cleanAddress();
var options = new URLSearchParams(location.search);
var swapBytes = Number(options.get("swap-bytes")) || 2e7;
var swapMilliseconds = 1e3 * (Number(options.get("swap-seconds")) || 300);
var stage = element("stage");
var notice = new Notice(stage);
var _a;
var current = (_a = stage.dataset.channel) != null ? _a : "";
var live = "WebSocket" in globalThis ? socketPicture() : imagePicture();
var windows = new Windows({
  onStatuses(answer) {
    if (!asking || isTold()) return;
    takeStatuses(answer);
    showAll();
  },
  onChange: watchOrPause
});
var list = new ChannelList(element("channels"), (name) => {
  if (name === current) return;
  history.pushState(null, "", name);
  open(name);
});
var statuses;
var status;
var isSame = false;
var trouble;
var pictureProblem;
var toldMilliseconds = 0;
var isChanging = false;
var streamBytes = 0;
var snapshotFrames = -Infinity;
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
function open(name) {
  var _a2;
  if (name === current) return;
  current = name;
  isChanging = true;
  status = statuses == null ? void 0 : statuses.find((channel2) => channel2.name === name);
  streamBytes = 0;
  snapshotFrames = -Infinity;
  (_a2 = stage.querySelector(".snapshot")) == null ? void 0 : _a2.remove();
  live.change(name);
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
  const isWanted = visible && onScreen && current !== "";
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
  if (live instanceof SocketPicture) return;
  if (lost || isDue()) {
    streamBytes = 0;
    live.renew();
  }
  keepSnapshot(now);
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
function keepSnapshot({ name, frames }) {
  if (live.state !== "live" && !isCrowded()) return;
  const next = snapshotFrames + (isCrowded() ? 1 : FRAMES_PER_SNAPSHOT);
  if (frames >= snapshotFrames && frames < next) return;
  snapshotFrames = frames;
  loadImage(name + "/snapshot.gif?" + Date.now(), (image) => {
    if (image === void 0 || name !== current) return;
    const old = stage.querySelector(".snapshot");
    image.className = "snapshot";
    stage.prepend(image);
    old == null ? void 0 : old.remove();
  });
}
function showAll() {
  var _a2, _b, _c;
  showState();
  showSize();
  const title = (_a2 = status == null ? void 0 : status.title) != null ? _a2 : current || PAGE.title;
  document.title = title;
  show2("name", title);
  stage.setAttribute("aria-label", filled(PAGE.pictureOf, { title }));
  const viewers = trouble === void 0 ? status == null ? void 0 : status.viewers : void 0;
  const watching = viewers === void 0 ? "" : filled(PAGE.watching, {
    count: viewers
  });
  show2("watching", watching);
  const { width, height } = (_b = live.size) != null ? _b : {};
  const facts = width ? [width + " × " + height] : [];
  const rate = live instanceof SocketPicture ? live.framesPerSecond : (_c = status == null ? void 0 : status.framesPerSecond) != null ? _c : 0;
  if (rate > 0) {
    facts.push(
      filled(PICTURE.rate, { rate: rate.toFixed(rate < 5 ? 1 : 0) })
    );
  }
  show2("facts", facts.join(" · ") || " ");
}
function showState() {
  const state = stateSeen();
  const output = element("state");
  output.dataset.state = state;
  show2("state", STATE[state]);
  if (live.state === "live") isChanging = false;
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
  if (isCrowded()) return "crowded";
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
  const size2 = (_a2 = live.size) != null ? _a2 : isCrowded() && (status == null ? void 0 : status.width) ? status : void 0;
  if (size2 === void 0) return;
  noteSize(size2);
  stage.style.setProperty("--width", String(size2.width));
  stage.style.setProperty("--height", String(size2.height));
  const scale = stage.clientWidth * devicePixelRatio / size2.width;
  stage.classList.toggle("enlarged", scale >= 2);
}
function show2(id, text) {
  write(element(id), text);
}
setInterval(() => {
  if (!document.hidden) showAll();
}, SHOW_MILLISECONDS);
prepareSharing();
offer(current);
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
