/**
 * The one connection by which all tiles come, and the state of all channels:
 * a WebSocket to `api/wall`.
 *
 * @module
 */

import { Backoff } from "../backoff.js";
/** @import { Status } from "../status.js" */

/** The state comes every two seconds: without it the connection is dead. */
const SILENCE_MILLISECONDS = 8000;
/** Stills may come through where nothing came for so long at first. */
const SLOW_MILLISECONDS = 2500;
/** What lies between here and the server holds so much back at most. */
const MAX_LAG_MILLISECONDS = 3000;
/** So many attempts without a message show that none comes through. */
const MOST_FAILURES = 2;

/**
 * What the tiles need.
 *
 * @typedef {object} Want
 * @property {string[]} names Of the channels.
 * @property {number} width Device pixels of a tile.
 * @property {number} height Device pixels of a tile.
 * @property {number} framesPerSecond
 * @property {boolean} starts Whether sources run for it that run on demand.
 */

/**
 * The beginning of a message.
 *
 * @typedef {object} Head
 * @property {number} nowMilliseconds
 * @property {Status[]} [channels] All of them.
 * @property {(Partial<Status> & { name: string })[]} [changes]
 * @property {string[]} [removed]
 * @property {{ name: string, bytes: number }[]} pictures
 */

/**
 * @typedef {object} WallListener
 * @property {(statuses: Status[]) => void} onStatuses The server tells.
 * @property {(name: string, file: Uint8Array<ArrayBuffer>) => void} onPicture
 * @property {() => void} onChange The state has changed.
 */

/** @typedef {"resting" | "connecting" | "live" | "lost" | "refused"} WallState */

/** Asks for what is wanted, and takes what comes. */
export class WallConnection {
  /** @type {WallState} */
  state = "resting";
  #listener;
  /** @type {Want | undefined} */
  #want;
  #asked = "";
  /** @type {WebSocket | undefined} */
  #socket;
  /** Stays until the one that replaces it sends. @type {WebSocket | undefined} */
  #leaving;
  #hasWorked = false;
  /** When it began to connect, by performance.now(). */
  #connectingSince = 0;
  #failures = 0;
  #backoff = new Backoff();
  #retryTimer = 0;
  #silenceTimer = 0;
  /** By name. @type {Map<string, Status>} */
  #statuses = new Map();
  /** Least difference between our clock and the server's. */
  #clockMilliseconds = Infinity;
  /** A slow link gets fewer pictures. */
  #rateShare = 1;

  /** @param {WallListener} listener */
  constructor(listener) {
    this.#listener = listener;
    if (!("WebSocket" in globalThis)) this.state = "refused";
  }

  /** True if pictures are to be had in another way, for now or for good. */
  get needsStills() {
    if (this.state !== "connecting") return this.state === "refused";
    return performance.now() - this.#connectingSince > SLOW_MILLISECONDS;
  }

  /** @param {Want | undefined} want Nothing: the connection ends. */
  ask(want) {
    if (this.state === "refused") return;
    this.#want = want;
    if (want === undefined) {
      this.#leave();
      this.#backoff.reset();
      this.#setState("resting");
    } else if (this.state === "resting") {
      this.#connectingSince = performance.now();
      this.#setState("connecting");
      this.#join();
    } else if (this.#socket !== undefined && this.#address() !== this.#asked) {
      this.#join();
    }
  }

  #address() {
    const { names, width, height, framesPerSecond, starts } =
      /** @type {Want} */ (this.#want);
    const address = new URL("api/wall", location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const rate = Math.max(0.2, framesPerSecond * this.#rateShare);
    address.search = "channels=" + names.join(",") +
      "&width=" + Math.ceil(width) + "&height=" + Math.ceil(height) +
      "&fps=" + rate + (starts ? "&start=yes" : "");
    return address.href;
  }

  #join() {
    clearTimeout(this.#retryTimer);
    // Pictures go on while the next one begins.
    if (this.#leaving === undefined) this.#leaving = this.#socket;
    else release(this.#socket);
    this.#asked = this.#address();
    const socket = new WebSocket(this.#asked);
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onmessage = ({ data }) => {
      release(this.#leaving);
      this.#leaving = undefined;
      this.#clockMilliseconds = Infinity;
      socket.onmessage = ({ data }) => this.#take(data);
      this.#take(data);
    };
    socket.onclose = () => this.#end();
    this.#expectMore();
  }

  #expectMore() {
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = setTimeout(
      () => this.#end(),
      SILENCE_MILLISECONDS,
    );
  }

  /** @param {ArrayBuffer} message */
  #take(message) {
    this.#hasWorked = true;
    this.#failures = 0;
    this.#backoff.reset();
    this.#expectMore();
    const bytes = new Uint8Array(message);
    let at = 4 + new DataView(message).getUint32(0);
    /** @type {Head} */
    const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, at)));
    this.#setState("live");
    this.#takeStatuses(head);
    for (const { name, bytes: length } of head.pictures) {
      // The state comes every two seconds, and may not know the first picture.
      const status = this.#statuses.get(name);
      if (status !== undefined) status.frames = Math.max(status.frames, 1);
      this.#listener.onPicture(name, bytes.subarray(at, at += length));
    }
    this.#lookAtClock(head.nowMilliseconds);
  }

  /** @param {Head} head */
  #takeStatuses({ channels, changes = [], removed = [] }) {
    if (channels !== undefined) this.#statuses.clear();
    for (const name of removed) this.#statuses.delete(name);
    for (const change of channels || changes) {
      const before = this.#statuses.get(change.name);
      const now = /** @type {Status} */ (Object.assign({}, before, change));
      this.#statuses.set(change.name, now);
    }
    const isNews = channels !== undefined || changes.length > 0 ||
      removed.length > 0;
    if (isNews) this.#listener.onStatuses(Array.from(this.#statuses.values()));
  }

  /**
   * A proxy or a link that holds much back would only fall further behind.
   *
   * @param {number} nowMilliseconds The server's.
   */
  #lookAtClock(nowMilliseconds) {
    const difference = Date.now() - nowMilliseconds;
    this.#clockMilliseconds = Math.min(this.#clockMilliseconds, difference);
    if (difference - this.#clockMilliseconds <= MAX_LAG_MILLISECONDS) return;
    this.#rateShare = Math.max(this.#rateShare / 2, 1 / 16);
    release(this.#socket);
    this.#socket = undefined;
    this.#join();
  }

  #leave() {
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#silenceTimer);
    release(this.#socket);
    release(this.#leaving);
    this.#socket = this.#leaving = undefined;
  }

  /** The connection has ended, or none could be had. */
  #end() {
    this.#leave();
    if (!this.#hasWorked && ++this.#failures >= MOST_FAILURES) {
      return this.#setState("refused");
    }
    this.#setState(this.#hasWorked ? "lost" : "connecting");
    this.#retryTimer = setTimeout(() => this.#join(), this.#backoff.next());
  }

  /** @param {WallState} state */
  #setState(state) {
    if (this.state === state) return;
    this.state = state;
    this.#listener.onChange();
  }
}

/** @param {WebSocket | undefined} socket */
function release(socket) {
  if (socket === undefined) return;
  socket.onmessage = socket.onclose = null;
  socket.close();
}
