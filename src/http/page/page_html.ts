// Written by `deno task page`; change page.html, page.css and the scripts.

/** The viewer page; `$NAME`, `$NONCE` and `$PREVIEW` are to be replaced. */
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
  gap: .25rem 1rem;
  padding-bottom: .75rem;
}
h1 {
  font-size: 1.25rem;
  line-height: 1.2;
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
#watching {
  margin-left: auto;
  font-variant-numeric: tabular-nums;
}
#watching,
#facts,
#sharing {
  color: var(--quiet);
}
#stage {
  --width: 16;
  --height: 9;
  display: grid;
  /* As wide as the page, but no higher than the window leaves room for. */
  width: min(100%, (100dvh - 11.5rem) * var(--width) / var(--height));
  min-width: min(100%, 16rem);
  aspect-ratio: var(--width) / var(--height);
  margin: 0 auto;
  overflow: hidden;
  border-radius: .25rem;
  background: #000;
}
#stage img {
  grid-area: 1 / 1;
  width: 100%;
  height: 100%;
  min-height: 0;
  object-fit: contain;
}
#stage.enlarged img {
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
#actions,
#embedding {
  display: flex;
  gap: .5rem;
}
#actions {
  flex-wrap: wrap;
  justify-content: center;
}
#sharing {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: .4rem;
  max-width: 36rem;
  margin: 1rem auto 0;
  font-size: .875rem;
}
input,
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
</style>
  </head>
  <body>
    <header>
      <h1 id="name">Live</h1>
      <p id="state" role="status" data-state="connecting">Connecting</p>
      <p id="watching"></p>
    </header>
    <main>
      <div id="stage" role="img" aria-label="Live picture"
        data-channel="$NAME">
        <noscript><img src="$NAME.gif" alt="Live picture"></noscript>
      </div>
      <p id="facts">&nbsp;</p>
      <div id="actions">
        <a id="snapshot" href="$NAME/snapshot.png"
          target="_blank">Snapshot</a>
        <a id="clip" href="$NAME/clip.gif" target="_blank">Last 10 s</a>
        <button id="share" type="button" aria-expanded="false"
          aria-controls="sharing"
        >Embed code</button>
      </div>
      <div id="sharing" hidden>
        <label for="embed">Show it in a page of your own</label>
        <div id="embedding">
          <input id="embed" readonly spellcheck="false">
          <button id="copy" type="button">Copy</button>
        </div>
        <p><a id="only" href="$NAME.gif">Only the GIF</a></p>
      </div>
    </main>
    <nav id="channels" aria-labelledby="channels-title" hidden>
      <h2 id="channels-title">Channels</h2>
      <ul></ul>
    </nav>
    <script type="module" nonce="$NONCE">
/**
 * Finding, making and filling elements of the page.
 *
 * @module
 */

/**
 * An element that the page always has.
 *
 * @param {string} id
 */
function element(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/**
 * Loads an image that is not in the page yet.
 *
 * @param {string} address
 * @param {(image: HTMLImageElement | undefined) => void} onDone Gets the
 * image once it can be shown, or nothing if it cannot.
 */
function loadImage(address, onDone) {
  const image = new Image();
  image.alt = "";
  image.decoding = "sync";
  image.onload = () => onDone(image);
  image.onerror = () => onDone(undefined);
  image.src = address;
}

/**
 * An empty element for text in a line.
 *
 * @param {string} className
 */
function textIn(className) {
  const output = document.createElement("span");
  output.className = className;
  return output;
}

/**
 * Replaces the text of an element.
 *
 * @param {HTMLElement} output
 * @param {string} text
 */
function write(output, text) {
  // Writing what is there already would make screen readers say it again.
  if (output.textContent !== text) output.textContent = text;
}

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
 * @property {number} viewers
 * @property {number} frames
 * @property {number} framesPerSecond
 * @property {number} publishedBytes
 * @property {number | null} lastFrameAgeMilliseconds
 * @property {{ state: string }} source
 */

/**
 * The state of a channel's source as people are told it.
 *
 * @param {Status} status
 */
function sourceState({ frames, lastFrameAgeMilliseconds: age, source }) {
  const { state } = source;
  if (state === "idle" || state === "no signal" || state === "ended") {
    return state;
  }
  const waiting = frames === 0 || (age !== null && age > QUIET_MILLISECONDS);
  return waiting ? "waiting" : "live";
}

/**
 * The list of the channels: each a link with a still, which is a picture that
 * ends and takes no connection for long.
 *
 * @module
 */

const STILL = "/snapshot.jpg?width=240&";
/** Most age of a still. */
const STILL_MILLISECONDS = 4000;
/**
 * The same where nobody watches: longer than a source that runs on demand
 * outlives who asked for a picture, so that stills do not keep it running.
 */
const UNWATCHED_STILL_MILLISECONDS = 20000;
/** Of six connections that a browser opens to a host, some are for others. */
const MAX_LOADING_STILLS = 2;

const SOURCE_TEXTS = {
  live: "Live",
  waiting: "Waiting",
  idle: "Starts when watched",
  "no signal": "No signal",
  ended: "Ended",
};

/** Shows which channels there are, and lets the person choose one. */
class ChannelList {
  #nav;
  #list;
  #onChoose;
  /** By name. @type {Map<string, ChannelItem>} */
  #items = new Map();
  #loading = 0;
  #observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const item = this.#items.get(
        /** @type {HTMLElement} */ (target).dataset.name ?? "",
      );
      if (item !== undefined) item.seen = isIntersecting;
    }
    this.#loadStills();
  });

  /**
   * @param {HTMLElement} nav Has a list; hidden unless there is a choice.
   * @param {(name: string) => void} onChoose Called when one is chosen.
   */
  constructor(nav, onChoose) {
    this.#nav = nav;
    this.#list = /** @type {HTMLElement} */ (nav.querySelector("ul"));
    this.#onChoose = onChoose;
  }

  /**
   * @param {Status[]} channels
   * @param {string} current The name of the one that is open.
   */
  update(channels, current) {
    const names = new Set(channels.map(({ name }) => name));
    for (const [name, item] of this.#items) {
      if (!names.has(name)) this.#remove(name, item);
    }
    channels.forEach((status, index) => {
      const item = this.#items.get(status.name) ?? this.#add(status.name);
      item.show(status, status.name === current);
      const there = this.#list.children[index] ?? null;
      // Moving what is in its place would take the focus away from it.
      if (there !== item.element) this.#list.insertBefore(item.element, there);
    });
    this.#nav.hidden = channels.every(({ name }) => name === current);
    document.body.classList.toggle("several", !this.#nav.hidden);
    this.#loadStills();
  }

  /** @param {string} name */
  #add(name) {
    const item = new ChannelItem(name, this.#onChoose);
    this.#items.set(name, item);
    this.#observer.observe(item.element);
    return item;
  }

  /**
   * @param {string} name
   * @param {ChannelItem} item
   */
  #remove(name, item) {
    this.#items.delete(name);
    this.#observer.unobserve(item.element);
    const focused = item.element.contains(document.activeElement);
    item.element.remove();
    if (focused) this.#list.querySelector("a")?.focus();
  }

  #loadStills() {
    if (document.hidden) return;
    const due = [...this.#items.values()].filter((item) => item.isDue());
    due.sort((a, b) => a.loadedMilliseconds - b.loadedMilliseconds);
    for (const item of due.slice(0, MAX_LOADING_STILLS - this.#loading)) {
      this.#loading++;
      item.loadStill(() => {
        this.#loading--;
        this.#loadStills();
      });
    }
  }
}

/** A channel in the list. */
class ChannelItem {
  element = document.createElement("li");
  /** True while it is in view. */
  seen = false;
  /** The time of the last request for a still, by performance.now(). */
  loadedMilliseconds = -Infinity;
  #name;
  #link = document.createElement("a");
  /** @type {HTMLElement} */
  #still = textIn("still");
  #title = textIn("title");
  #about = textIn("about");
  /** @type {Status | undefined} */
  #status;
  #framesOfStill = 0;
  #loading = false;

  /**
   * @param {string} name
   * @param {(name: string) => void} onChoose
   */
  constructor(name, onChoose) {
    this.#name = name;
    this.element.dataset.name = name;
    this.#link.href = name;
    this.#link.append(this.#still, this.#title, this.#about);
    this.element.append(this.#link);
    this.#link.onclick = (event) => {
      // As with any link, these open another tab or window.
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
  show(status, current) {
    const { title, viewers } = status;
    this.#status = status;
    const state = sourceState(status);
    this.element.dataset.state = state;
    write(this.#title, title);
    const watching = viewers > 0 ? " · " + viewers + " watching" : "";
    write(this.#about, SOURCE_TEXTS[state] + watching);
    if (current) this.#link.setAttribute("aria-current", "page");
    else this.#link.removeAttribute("aria-current");
  }

  /** True if it is in view and shows an old picture. */
  isDue() {
    if (!this.seen || this.#loading || this.#status === undefined) return false;
    const { frames, viewers, source } = this.#status;
    // Asking for the picture of an idle source would start it.
    if (frames === this.#framesOfStill || source.state === "idle") return false;
    const age = performance.now() - this.loadedMilliseconds;
    return age >=
      (viewers > 0 ? STILL_MILLISECONDS : UNWATCHED_STILL_MILLISECONDS);
  }

  /** @param {() => void} onDone Called when it is there, or cannot be had. */
  loadStill(onDone) {
    this.#loading = true;
    this.loadedMilliseconds = performance.now();
    const frames = this.#status?.frames ?? 0;
    loadImage(this.#name + STILL + Date.now(), (image) => {
      this.#loading = false;
      if (image !== undefined) {
        this.#framesOfStill = frames;
        image.className = "still";
        this.#still.replaceWith(image);
        this.#still = image;
      }
      onDone();
    });
  }
}

/**
 * The picture of an endless GIF: one \`<img>\`, or two for a moment while one
 * takes over from another.
 *
 * @module
 */

/** Most time of a new image from its first bytes to its paint. */
const PAINT_MILLISECONDS = 500;
const LOOK_MILLISECONDS = 20;
const MIN_RETRY_MILLISECONDS = 250;
const MAX_RETRY_MILLISECONDS = 5000;
/** Most time for which the old picture stays when another stream is wanted. */
const CHANGE_MILLISECONDS = 1000;
/** A stream that lasts this long has not failed at once. */
const SUCCESS_MILLISECONDS = 2000;

/** @typedef {"connecting" | "live" | "reconnecting" | "paused"} PictureState */

/**
 * Shows the stream in an element whose children lie on top of each other.
 *
 * An <img> tells nothing of an endless GIF but its size, once, and its end.
 * So a new one is put above the old one, where it is transparent until it
 * has painted; only then the old one goes.
 */
class LivePicture {
  /** @type {PictureState} */
  state = "paused";
  /** When the present stream was asked for, by performance.now(). */
  joinedMilliseconds = 0;
  #stage;
  #address;
  #onChange;
  #retryMilliseconds = MIN_RETRY_MILLISECONDS;
  #joins = 0;
  /** The image whose stream is seen. @type {HTMLImageElement | undefined} */
  #shown;
  #shownEnded = false;
  /** The one that is to take over. @type {HTMLImageElement | undefined} */
  #coming;
  /** The one that was taken over from. @type {HTMLImageElement | undefined} */
  #leaving;
  #lookTimer = 0;
  #paintTimer = 0;
  #retryTimer = 0;
  #changeTimer = 0;

  /**
   * @param {HTMLElement} stage Takes the images.
   * @param {string} address Of the GIF.
   * @param {() => void} onChange Called when the state has changed.
   */
  constructor(stage, address, onChange) {
    this.#stage = stage;
    this.#address = address;
    this.#onChange = onChange;
  }

  /** Width and height of the picture, once they are known. */
  get size() {
    const { naturalWidth: width = 0, naturalHeight: height = 0 } =
      this.#shown ?? {};
    return width > 0 ? { width, height } : undefined;
  }

  /** Shows the stream, from now on. */
  start() {
    if (this.state !== "paused") return;
    this.#setState("connecting");
    this.#join();
  }

  /** Lets go of the stream. */
  stop() {
    if (this.state === "paused") return;
    this.#clearTimers();
    clearTimeout(this.#changeTimer);
    for (const image of [this.#leaving, this.#shown, this.#coming]) {
      release(image);
    }
    this.#leaving = this.#shown = this.#coming = undefined;
    this.#retryMilliseconds = MIN_RETRY_MILLISECONDS;
    this.#setState("paused");
  }

  /**
   * Changes to another stream. The old one stays until that is seen, but not
   * for long: it is not what is asked for.
   *
   * @param {string} address Of the GIF.
   */
  change(address) {
    if (address === this.#address) return;
    this.#address = address;
    if (this.state === "paused") return;
    this.#retryMilliseconds = MIN_RETRY_MILLISECONDS;
    this.#shownEnded = true;
    this.#join();
    clearTimeout(this.#changeTimer);
    this.#changeTimer = setTimeout(() => {
      release(this.#shown);
      this.#shown = undefined;
    }, CHANGE_MILLISECONDS);
    this.#setState("connecting");
  }

  /** Changes to a fresh stream; the old one stays until that is seen. */
  renew() {
    if (this.state !== "paused") this.#join();
  }

  #join() {
    this.#clearTimers();
    // Never more than two streams: of six that a browser opens to a host.
    release(this.#coming);
    release(this.#leaving);
    this.#leaving = undefined;
    const image = new Image();
    this.#coming = image;
    image.alt = "";
    image.decoding = "sync";
    image.onload = image.onerror = () => this.#end(image);
    // The same address twice would be the same connection.
    image.src = this.#address + "?" + Date.now() + "-" + this.#joins++;
    this.joinedMilliseconds = performance.now();
    this.#stage.append(image);
    this.#look();
  }

  /** No event tells that the first bytes have come. */
  #look() {
    if (this.#coming === undefined) return;
    if (this.#coming.naturalWidth > 0) this.#takeOver();
    else this.#lookTimer = setTimeout(() => this.#look(), LOOK_MILLISECONDS);
  }

  #takeOver() {
    clearTimeout(this.#changeTimer);
    this.#leaving = this.#shown;
    this.#shown = this.#coming;
    this.#shownEnded = false;
    this.#coming = undefined;
    this.#paintTimer = setTimeout(() => {
      release(this.#leaving);
      this.#leaving = undefined;
    }, PAINT_MILLISECONDS);
    this.#setState("live");
  }

  /**
   * The stream of an image has ended, whichever the event was.
   *
   * @param {HTMLImageElement} image
   */
  #end(image) {
    if (image === this.#coming) {
      if (image.naturalWidth > 0) this.#takeOver();
      else {
        release(image);
        this.#coming = undefined;
      }
    }
    if (image === this.#shown) this.#shownEnded = true;
    // One that is to be replaced anyway may end.
    if (this.#coming !== undefined || image === this.#leaving) return;
    if (this.#shown === undefined || this.#shownEnded) {
      this.#setState("reconnecting");
    }
    this.#retryLater();
  }

  #retryLater() {
    const lasted = performance.now() - this.joinedMilliseconds;
    if (lasted > SUCCESS_MILLISECONDS) {
      this.#retryMilliseconds = MIN_RETRY_MILLISECONDS;
    }
    clearTimeout(this.#retryTimer);
    // At random, so that not all viewers come back at the same moment.
    const wait = this.#retryMilliseconds * (0.5 + Math.random() / 2);
    this.#retryTimer = setTimeout(() => this.#join(), wait);
    this.#retryMilliseconds = Math.min(
      this.#retryMilliseconds * 2,
      MAX_RETRY_MILLISECONDS,
    );
  }

  #clearTimers() {
    clearTimeout(this.#lookTimer);
    clearTimeout(this.#paintTimer);
    clearTimeout(this.#retryTimer);
  }

  /** @param {PictureState} state */
  #setState(state) {
    if (this.state === state) return;
    this.state = state;
    this.#onChange();
  }
}

/**
 * Removes an image and closes its connection, which removing alone does not.
 *
 * @param {HTMLImageElement | undefined} image
 */
function release(image) {
  if (image === undefined) return;
  image.onload = image.onerror = null;
  image.removeAttribute("src");
  image.remove();
}

/**
 * The links and texts to take along: the newest picture, the last seconds, the
 * line for other pages.
 *
 * @module
 */

/**
 * Points everything at a channel.
 *
 * @param {string} name
 */
function offer(name) {
  const gif = name + ".gif";
  setAddress("snapshot", name + "/snapshot.png");
  setAddress("clip", name + "/clip.gif?seconds=10");
  setAddress("only", gif);
  const address = new URL(gif, location.href).href;
  const field = /** @type {HTMLInputElement} */ (element("embed"));
  field.value = '<img src="' + address + '">';
}

/**
 * @param {string} id
 * @param {string} address
 */
function setAddress(id, address) {
  element(id).setAttribute("href", address);
}

/** Makes the buttons for sharing work. */
function prepareSharing() {
  const field = /** @type {HTMLInputElement} */ (element("embed"));
  const panel = element("sharing");
  const share = element("share");
  share.onclick = () => {
    panel.hidden = !panel.hidden;
    share.setAttribute("aria-expanded", String(!panel.hidden));
    if (!panel.hidden) field.focus();
  };
  field.onfocus = () => field.select();
  const copy = element("copy");
  copy.onclick = async () => {
    field.select();
    // The clipboard is there on secure pages only.
    if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
    else document.execCommand("copy");
    copy.textContent = "Copied";
    setTimeout(() => copy.textContent = "Copy", 2000);
  };
}

/**
 * The page's script: asks the server for the state of the channels, tells the
 * person, and decides which stream to show, when, and when to take a fresh one.
 *
 * @module
 */

const STATUS_INTERVAL_MILLISECONDS = 2000;
const STATUS_TIMEOUT_MILLISECONDS = 5000;
/** A stream of a running source that still shows nothing is stuck. */
const STUCK_MILLISECONDS = 10000;
/** Scrolling past is no reason to let go. */
const OFF_SCREEN_MILLISECONDS = 500;
/** Connections do not live through a sleep of the computer. */
const ASLEEP_MILLISECONDS = 15000;
/** The picture kept for a broken connection costs a twentieth of the stream. */
const FRAMES_PER_SNAPSHOT = 20;

const TEXTS = {
  connecting: "Connecting",
  live: "Live",
  waiting: "Waiting for the source",
  idle: "Starting the source",
  "no signal": "No signal",
  ended: "The source has ended",
  gone: "Not on air",
  reconnecting: "Reconnecting",
  paused: "Paused while hidden",
};

const options = new URLSearchParams(location.search);
// Browsers keep every byte of an endless GIF in memory; a fresh one frees it.
const swapBytes = Number(options.get("swap-bytes")) || 20e6;
const swapMilliseconds = 1000 * (Number(options.get("swap-seconds")) || 300);

const stage = element("stage");
/** The name of the channel that is open; empty while there is none. */
let current = stage.dataset.channel ?? "";
const live = new LivePicture(stage, current + ".gif", () => {
  showAll();
  // The server counts one more now.
  if (live.state === "live") askStatus();
});
const list = new ChannelList(element("channels"), (name) => {
  if (name === current) return;
  history.pushState(null, "", name);
  open(name);
});
/** All that there are, once that is known. @type {Status[] | undefined} */
let statuses;
/** Of the one that is open. @type {Status | undefined} */
let status;
let statusFailed = false;
let streamBytes = 0;
let snapshotFrames = -Infinity;
let onScreen = true;
let pageHidden = false;
let asking = false;
let statusTimer = 0;
let offScreenTimer = 0;
let statusDue = Infinity;

/** The name in the page's address; empty where the first one is meant. */
function nameInAddress() {
  return location.pathname.replace(/^.*\\//, "");
}

/** @param {string} name */
function open(name) {
  if (name === current) return;
  current = name;
  status = statuses?.find((channel) => channel.name === name);
  streamBytes = 0;
  snapshotFrames = -Infinity;
  stage.querySelector(".snapshot")?.remove();
  live.change(name + ".gif");
  offer(name);
  if (statuses !== undefined) list.update(statuses, name);
  showAll();
  watchOrPause();
}

function watchOrPause() {
  const visible = !pageHidden && !document.hidden;
  if (!visible) {
    clearTimeout(statusTimer);
    asking = false;
  }
  if (!visible || !onScreen || current === "") live.stop();
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
  const answer = await fetchStatus();
  if (!asking) return;
  if (answer === undefined) statusFailed = true;
  else takeStatuses(answer, asked > statusDue + ASLEEP_MILLISECONDS);
  showAll();
  statusDue = asked + STATUS_INTERVAL_MILLISECONDS;
  clearTimeout(statusTimer);
  statusTimer = setTimeout(askStatus, Math.max(statusDue - Date.now(), 0));
}

/** @returns {Promise<Status[] | undefined>} */
async function fetchStatus() {
  try {
    const response = await fetch("api/channels", {
      cache: "no-store",
      signal: AbortSignal.timeout(STATUS_TIMEOUT_MILLISECONDS),
    });
    if (!response.ok) return undefined;
    return (await response.json()).channels;
  } catch {
    // Server or network are away, which comes to the same here.
    return undefined;
  }
}

/**
 * @param {Status[]} answer
 * @param {boolean} slept Whether the computer did not run for a while.
 */
function takeStatuses(answer, slept) {
  statuses = answer;
  if (nameInAddress() === "" && answer.length > 0) open(answer[0].name);
  const now = answer.find(({ name }) => name === current);
  if (now !== undefined) takeStatus(now, slept);
  // A stream that is not there is asked for again and again.
  else status = undefined;
  statusFailed = false;
  list.update(answer, current);
}

/**
 * @param {Status} now
 * @param {boolean} slept
 */
function takeStatus(now, slept) {
  const before = status ?? now;
  const share = now.publishedBytes - before.publishedBytes;
  streamBytes += Math.max(0, share);
  const back = status === undefined && live.state === "reconnecting";
  const lost = slept || statusFailed || back || now.frames < before.frames ||
    isForgotten(now);
  status = now;
  if (lost || isDue()) {
    streamBytes = 0;
    live.renew();
  }
  keepSnapshot(now);
}

/**
 * True if the server does not know the stream that the page waits for: an <img>
 * does not tell when its connection has died silently.
 *
 * @param {Status} now
 */
function isForgotten(now) {
  const age = performance.now() - live.joinedMilliseconds;
  if (live.state === "live") {
    return now.viewers === 0 && age > STATUS_INTERVAL_MILLISECONDS;
  }
  return live.state === "connecting" && now.frames > 0 &&
    age > STUCK_MILLISECONDS;
}

/** True if the stream has taken as much memory of the browser as it may. */
function isDue() {
  const age = performance.now() - live.joinedMilliseconds;
  return live.state === "live" &&
    (streamBytes >= swapBytes || age >= swapMilliseconds);
}

/**
 * Keeps a recent picture below the stream: a browser that is cut off in the
 * middle of a GIF may show nothing instead of what it has.
 *
 * @param {Status} now
 */
function keepSnapshot({ name, frames }) {
  if (live.state !== "live") return;
  const next = snapshotFrames + FRAMES_PER_SNAPSHOT;
  if (frames >= snapshotFrames && frames < next) return;
  snapshotFrames = frames;
  loadImage(name + "/snapshot.gif?" + Date.now(), (image) => {
    if (image === undefined || name !== current) return;
    const old = stage.querySelector(".snapshot");
    image.className = "snapshot";
    stage.prepend(image);
    old?.remove();
  });
}

function showAll() {
  showState();
  showSize();
  const title = status?.title ?? (current || "Live");
  document.title = title;
  show("name", title);
  stage.setAttribute("aria-label", "Live picture: " + title);
  show("watching", status === undefined ? "" : status.viewers + " watching");
  const { width, height } = live.size ?? {};
  const facts = width ? [width + " × " + height] : [];
  if (status !== undefined && status.framesPerSecond > 0) {
    const digits = status.framesPerSecond < 5 ? 1 : 0;
    facts.push(status.framesPerSecond.toFixed(digits) + " frames/s");
  }
  show("facts", facts.join(" · ") || "\\u00a0");
}

function showState() {
  const state = stateSeen();
  const output = element("state");
  output.dataset.state = state;
  show("state", TEXTS[state]);
}

/** @returns {keyof typeof TEXTS} */
function stateSeen() {
  const { state } = live;
  if (state === "paused" && current !== "") return state;
  if (statusFailed) return "reconnecting";
  if (status === undefined) return statuses === undefined ? state : "gone";
  if (state === "reconnecting") return state;
  const source = sourceState(status);
  return source === "live" ? state : source;
}

/** Gives the stage the picture's shape, and sharp pixels when enlarged. */
function showSize() {
  const { size } = live;
  if (size === undefined) return;
  stage.style.setProperty("--width", String(size.width));
  stage.style.setProperty("--height", String(size.height));
  const scale = stage.clientWidth * devicePixelRatio / size.width;
  stage.classList.toggle("enlarged", scale >= 2);
}

/**
 * @param {string} id
 * @param {string} text
 */
function show(id, text) {
  write(element(id), text);
}

prepareSharing();
offer(current);
document.addEventListener("visibilitychange", watchOrPause);
addEventListener("resize", showSize);
addEventListener("popstate", () => {
  const name = nameInAddress() || statuses?.[0]?.name;
  if (name !== undefined) open(name);
});
addEventListener("pagehide", () => {
  pageHidden = true;
  watchOrPause();
});
addEventListener("pageshow", () => {
  pageHidden = false;
  // A tab whose page holds an unfinished image when it loads never finishes.
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
