/**
 * The part of the page's script that asks the server how it does, tells the
 * person, and decides when there is to be a stream, and when a fresh one.
 */
export const viewer = String.raw`
const STATUS_INTERVAL_MILLISECONDS = 2000;
const STATUS_TIMEOUT_MILLISECONDS = 5000;
/** A source that gives nothing for this long has stopped, not just paused. */
const QUIET_MILLISECONDS = 5000;
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
  reconnecting: "Reconnecting",
  paused: "Paused while hidden",
};

/**
 * What the server tells of a channel; it has more fields than these.
 *
 * @typedef {object} Status
 * @property {string} title
 * @property {number} viewers
 * @property {number} frames
 * @property {number} framesPerSecond
 * @property {number} publishedBytes
 * @property {number | null} lastFrameAgeMilliseconds
 */

const options = new URLSearchParams(location.search);
// Browsers keep every byte of an endless GIF in memory; a fresh one frees it.
const swapBytes = Number(options.get("swap-bytes")) || 20e6;
const swapMilliseconds = 1000 * (Number(options.get("swap-seconds")) || 300);

const stage = element("stage");
const live = new LivePicture(stage, "live.gif", () => {
  showAll();
  // The server counts one more now.
  if (live.state === "live") askStatus();
});
/** @type {Status | undefined} */
let status;
let statusFailed = false;
let streamBytes = 0;
let snapshotFrames = -Infinity;
let onScreen = true;
let pageHidden = false;
let statusTimer = 0;
let offScreenTimer = 0;
let statusDue = Infinity;

/** @param {string} id */
function element(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

function watchOrPause() {
  const seen = onScreen && !pageHidden && !document.hidden;
  if (!seen) {
    clearTimeout(statusTimer);
    live.stop();
  } else if (live.state === "paused") {
    live.start();
    streamBytes = 0;
    statusDue = Infinity;
    askStatus();
  }
}

async function askStatus() {
  clearTimeout(statusTimer);
  const asked = Date.now();
  const answer = await fetchStatus();
  if (live.state === "paused") return;
  if (answer === undefined) statusFailed = true;
  else takeStatus(answer, asked > statusDue + ASLEEP_MILLISECONDS);
  showAll();
  statusDue = asked + STATUS_INTERVAL_MILLISECONDS;
  clearTimeout(statusTimer);
  statusTimer = setTimeout(askStatus, Math.max(statusDue - Date.now(), 0));
}

/** @returns {Promise<Status | undefined>} */
async function fetchStatus() {
  try {
    const response = await fetch("api/channels", {
      cache: "no-store",
      signal: AbortSignal.timeout(STATUS_TIMEOUT_MILLISECONDS),
    });
    if (!response.ok) return undefined;
    const { channels } = await response.json();
    return channels[0];
  } catch {
    // Server or network are away, which comes to the same here.
    return undefined;
  }
}

/**
 * @param {Status} now
 * @param {boolean} slept Whether the computer did not run for a while.
 */
function takeStatus(now, slept) {
  const before = status ?? now;
  const share = now.publishedBytes - before.publishedBytes;
  streamBytes += Math.max(0, share);
  const lost = slept || statusFailed || now.frames < before.frames ||
    isForgotten(now);
  statusFailed = false;
  status = now;
  if (lost || isDue()) {
    streamBytes = 0;
    live.renew();
  }
  keepSnapshot();
}

/**
 * Whether the server knows nothing of our stream, though we wait for it: an
 * <img> does not tell when its connection has died silently.
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

/** Whether the stream has taken as much of the browser's memory as it may. */
function isDue() {
  const age = performance.now() - live.joinedMilliseconds;
  return live.state === "live" &&
    (streamBytes >= swapBytes || age >= swapMilliseconds);
}

/**
 * Keeps a recent picture below the stream: a browser that is cut off in the
 * middle of a GIF may show nothing instead of what it has.
 */
function keepSnapshot() {
  if (status === undefined || live.state !== "live") return;
  const { frames } = status;
  const next = snapshotFrames + FRAMES_PER_SNAPSHOT;
  if (frames >= snapshotFrames && frames < next) return;
  snapshotFrames = frames;
  const image = new Image();
  image.alt = "";
  image.className = "snapshot";
  image.decoding = "sync";
  image.onload = () => {
    const old = stage.querySelector(".snapshot");
    stage.prepend(image);
    old?.remove();
  };
  image.src = "snapshot.gif?" + Date.now();
}

function showAll() {
  showState();
  showSize();
  if (status === undefined) return;
  const { title, viewers, framesPerSecond } = status;
  document.title = title;
  show("name", title);
  stage.setAttribute("aria-label", "Live picture: " + title);
  show("watching", viewers + " watching");
  const { width, height } = live.size ?? {};
  const facts = width ? [width + " × " + height] : [];
  if (framesPerSecond > 0) {
    const digits = framesPerSecond < 5 ? 1 : 0;
    facts.push(framesPerSecond.toFixed(digits) + " frames/s");
  }
  show("facts", facts.join(" · ") || "\u00a0");
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
  if (state === "paused" || state === "reconnecting") return state;
  if (statusFailed) return "reconnecting";
  if (status === undefined) return state;
  const { frames, lastFrameAgeMilliseconds: age } = status;
  const waiting = frames === 0 || (age !== null && age > QUIET_MILLISECONDS);
  return waiting ? "waiting" : state;
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
  const output = element(id);
  // Writing what is there already would make screen readers say it again.
  if (output.textContent !== text) output.textContent = text;
}

function offerEmbedding() {
  const field = /** @type {HTMLInputElement} */ (element("embed"));
  const button = element("copy");
  const address = new URL("live.gif", location.href).href;
  field.value = '<img src="' + address + '">';
  field.onfocus = () => field.select();
  button.onclick = async () => {
    field.select();
    // The clipboard is there on secure pages only.
    if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
    else document.execCommand("copy");
    button.textContent = "Copied";
    setTimeout(() => button.textContent = "Copy", 2000);
  };
}

offerEmbedding();
document.addEventListener("visibilitychange", watchOrPause);
addEventListener("resize", showSize);
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
`;
