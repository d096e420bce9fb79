/**
 * The picture of a channel by WebSocket: each message is a whole picture, which
 * is drawn on a canvas, or the state of all channels. Nothing piles up in the
 * browser's memory, and it is known what is seen, and since when.
 *
 * @module
 */

import { Backoff } from "./backoff.js";
import { decodePicture } from "./decode_picture.js";
import { LinkQuality } from "./picture/link_quality.js";
import { ToldStatuses } from "./state/told_statuses.js";
/** @import { PictureState } from "./live_picture.js" */
/** @import { Told } from "./state/told_statuses.js" */
/** @import { Status } from "./status.js" */

/** The state comes every two seconds: without it the connection is dead. */
const SILENCE_MILLISECONDS = 8000;
/** The same for the first message of all: another way may be open. */
const FIRST_MILLISECONDS = 4000;
/** Time over which pictures are counted. */
const RATE_MILLISECONDS = 3000;
/** Pictures that stay away for so long are missed, however often they come. */
const LEAST_STILL_MILLISECONDS = 1500;
/** And these many intervals. */
const STILL_INTERVALS = 4;
/** Pictures whose ages are known. */
const AGES = 15;
const BRACE = 0x7b;
/** Of the time before each picture. */
const TIME_BYTES = 8;
/** The first byte of a GIF; others are photographs. */
const GIF = 0x47;

/** @typedef {{ blob: Blob, sentMilliseconds: number }} TimedPicture */

/**
 * @typedef {object} SocketListener
 * @property {() => void} onChange The state or the size has changed.
 * @property {(statuses: Status[]) => void} onStatuses The server tells.
 * @property {() => void} onRefused No WebSocket can be had here at all.
 */

/** Shows a channel in an element whose children lie on top of each other. */
export class SocketPicture {
  /** @type {PictureState} */
  state = "paused";
  /** True if a first connection that is refused is tried again. */
  insists = false;
  #stage;
  #name;
  #listener;
  #canvas = document.createElement("canvas");
  /** @type {WebSocket | undefined} */
  #socket;
  #hasWorked = false;
  #backoff = new Backoff();
  #told = new ToldStatuses();
  #retryTimer = 0;
  #silenceTimer = 0;
  /** The way from the server. */
  link = new LinkQuality();
  /** True if the pictures are photographs, not flat graphics. */
  isPhotograph = false;
  /** The newest picture, while another one is being decoded. */
  #next = /** @type {TimedPicture | undefined} */ (undefined);
  #drawing = false;
  /** When the last pictures were drawn, by performance.now(). */
  #drawnAt = /** @type {number[]} */ ([]);
  /** The usual time between two of them. */
  #intervalMilliseconds = 0;
  /** Ages of the last pictures when they were drawn. */
  #ages = /** @type {number[]} */ ([]);
  /** When the last messages came, and their bytes. */
  #received = /** @type {{ at: number, bytes: number }[]} */ ([]);

  /**
   * @param {HTMLElement} stage Takes the picture.
   * @param {string} name Of the channel.
   * @param {SocketListener} listener
   */
  constructor(stage, name, listener) {
    this.#stage = stage;
    this.#name = name;
    this.#listener = listener;
  }

  /** Width and height of the picture, once they are known. */
  get size() {
    const { width, height } = this.#canvas;
    return this.#canvas.isConnected ? { width, height } : undefined;
  }

  /** Pictures a second that were drawn of late. */
  get framesPerSecond() {
    const since = performance.now() - RATE_MILLISECONDS;
    const drawn = this.#drawnAt.filter((at) => at > since).length;
    return drawn * 1000 / RATE_MILLISECONDS;
  }

  /** Bits a second that came of late. */
  get bitsPerSecond() {
    const since = performance.now() - RATE_MILLISECONDS;
    const bytes = this.#received.reduce(
      (sum, { at, bytes }) => at > since ? sum + bytes : sum,
      0,
    );
    return bytes * 8000 / RATE_MILLISECONDS;
  }

  /**
   * Age of pictures when they are drawn, but for the time of their way here;
   * undefined if it is not known.
   *
   * @returns {number | undefined}
   */
  get lagMilliseconds() {
    const sorted = this.#ages.slice().sort((a, b) => a - b);
    return this.isStill ? undefined : sorted[Math.floor(sorted.length / 2)];
  }

  /** The picture that is seen, if there is one. */
  get picture() {
    return this.#canvas.isConnected ? this.#canvas : undefined;
  }

  /** True if no new picture was drawn for longer than usual. */
  get isStill() {
    const last = this.#drawnAt[this.#drawnAt.length - 1];
    if (last === undefined) return true;
    const most = Math.max(
      LEAST_STILL_MILLISECONDS,
      STILL_INTERVALS * this.#intervalMilliseconds,
    );
    return performance.now() - last > most;
  }

  /** Shows the channel, from now on. */
  start() {
    if (this.state !== "paused") return;
    this.#setState("connecting");
    this.#join();
  }

  /** Lets go of the stream; the picture stays. */
  stop() {
    if (this.state === "paused") return;
    this.#leave();
    this.#setState("paused");
  }

  /** Removes the picture, too. */
  remove() {
    this.stop();
    this.#canvas.remove();
  }

  /** @param {string} name Of another channel. */
  change(name) {
    if (name === this.#name) return;
    this.#name = name;
    this.#drawnAt = [];
    this.#intervalMilliseconds = 0;
    this.#ages = [];
    // It would be taken for the other one.
    if (this.state === "paused") return this.#canvas.remove();
    this.#leave();
    this.#setState("connecting");
    this.#join();
  }

  /** Connects anew; the picture stays meanwhile. */
  renew() {
    if (this.state === "paused") return;
    this.#leave();
    this.#join();
  }

  #leave() {
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#silenceTimer);
    const socket = this.#socket;
    this.#socket = this.#next = undefined;
    if (socket === undefined) return;
    socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #join() {
    const { rateLimit } = this.link;
    const limit = rateLimit === undefined ? "" : "&fps=" + rateLimit.toFixed(1);
    const address = new URL(
      this.#name + "/ws?format=auto&status=changes&time=yes" + limit,
      location.href,
    );
    address.protocol = address.protocol.replace("http", "ws");
    const socket = new WebSocket(address.href);
    this.#socket = socket;
    this.link.begin();
    socket.binaryType = "arraybuffer";
    socket.onmessage = ({ data }) => this.#take(new Uint8Array(data));
    socket.onclose = () => this.#end();
    this.#expectMore();
  }

  #expectMore() {
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = setTimeout(() => {
      this.#leave();
      this.#end();
    }, this.#hasWorked ? SILENCE_MILLISECONDS : FIRST_MILLISECONDS);
  }

  /** @param {Uint8Array<ArrayBuffer>} message */
  #take(message) {
    // Some that lie in between open it, and let nothing through.
    this.#hasWorked = true;
    this.#expectMore();
    this.#backoff.reset();
    if (message[0] === BRACE) return this.#takeStatuses(message);
    const since = performance.now() - RATE_MILLISECONDS;
    this.#received.push({ at: performance.now(), bytes: message.length });
    while (this.#received[0].at < since) this.#received.shift();
    const sentMilliseconds = new DataView(message.buffer).getFloat64(0);
    this.isPhotograph = message[TIME_BYTES] !== GIF;
    const blob = new Blob([message.subarray(TIME_BYTES)]);
    this.#next = { blob, sentMilliseconds };
    if (!this.#drawing) this.#draw();
  }

  /** @param {Uint8Array} message */
  #takeStatuses(message) {
    /** @type {Told} */
    const told = JSON.parse(new TextDecoder().decode(message));
    this.#listener.onStatuses(this.#told.take(told));
    if (this.link.hear(told.nowMilliseconds, this.framesPerSecond)) {
      this.renew();
    }
  }

  /** Draws the newest picture, and then those that came meanwhile. */
  async #draw() {
    this.#drawing = true;
    while (this.#next !== undefined) {
      const { blob, sentMilliseconds } = this.#next, socket = this.#socket;
      this.#next = undefined;
      try {
        const picture = await decodePicture(blob);
        if (socket === this.#socket) this.#paint(picture, sentMilliseconds);
        if ("close" in picture) picture.close();
      } catch {
        // A picture that the browser cannot decode: the next one may do.
      }
    }
    this.#drawing = false;
  }

  /**
   * @param {ImageBitmap | HTMLImageElement} picture
   * @param {number} sentMilliseconds
   */
  #paint(picture, sentMilliseconds) {
    const canvas = this.#canvas, { width, height } = picture;
    const isResized = canvas.width !== width || canvas.height !== height;
    if (isResized) {
      canvas.width = width;
      canvas.height = height;
    }
    const context = /** @type {CanvasRenderingContext2D} */ (
      canvas.getContext("2d")
    );
    if (!isResized) context.clearRect(0, 0, width, height);
    context.drawImage(picture, 0, 0);
    if (!canvas.isConnected) this.#stage.append(canvas);
    this.#note(sentMilliseconds);
    if (this.state !== "live") this.#setState("live");
    else if (isResized) this.#listener.onChange();
  }

  /**
   * Takes note of a picture that was drawn.
   *
   * @param {number} sentMilliseconds
   */
  #note(sentMilliseconds) {
    const age = this.link.ageOf(sentMilliseconds);
    if (age !== undefined) this.#ages.push(age);
    if (this.#ages.length > AGES) this.#ages.shift();
    const now = performance.now(), drawn = this.#drawnAt;
    const last = drawn[drawn.length - 1];
    if (last !== undefined && !this.isStill) {
      const before = this.#intervalMilliseconds || now - last;
      this.#intervalMilliseconds = before + (now - last - before) / 10;
    } else if (last !== undefined && this.#intervalMilliseconds === 0) {
      this.#intervalMilliseconds = now - last;
    }
    drawn.push(now);
    while (drawn.length > 1 && drawn[0] < now - RATE_MILLISECONDS) {
      drawn.shift();
    }
  }

  /** The connection has ended, or none could be had. */
  #end() {
    clearTimeout(this.#silenceTimer);
    this.#socket = undefined;
    if (!this.#hasWorked && !this.insists) return this.#listener.onRefused();
    this.#setState("reconnecting");
    this.#retryTimer = setTimeout(() => this.#join(), this.#backoff.next());
  }

  /** @param {PictureState} state */
  #setState(state) {
    if (this.state === state) return;
    this.state = state;
    this.#listener.onChange();
  }
}
