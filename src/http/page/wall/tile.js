/**
 * A channel as a tile of the wall, or as an item of the list: a link with the
 * newest picture, a title, and what is known of the state.
 *
 * @module
 */

import { decodePicture } from "../decode_picture.js";
import { loadImage, textIn, write } from "../elements.js";
import { span } from "../state/ago.js";
import { sourceState } from "../status.js";
import { filled, LIST, PAGE, WALL } from "../words.js";
import { paintTogether } from "./paint_together.js";
/** @import { Status } from "../status.js" */

/** A channel among others. */
export class Tile {
  element = document.createElement("li");
  link = document.createElement("a");
  /** True while it is in view. */
  seen = false;
  /** The time of the last request for a still, by performance.now(). */
  loadedMilliseconds = -Infinity;
  loading = false;
  /** @type {Status | undefined} */
  status;
  #canvas = document.createElement("canvas");
  #title = textIn("title");
  #about = textIn("about");
  #toldMilliseconds = 0;
  #framesOfStill = 0;
  /** The newest picture, while another one is being decoded. */
  #next = /** @type {Blob | undefined} */ (undefined);
  #drawing = false;

  /**
   * @param {string} name
   * @param {string} title
   */
  constructor(name, title) {
    this.name = name;
    this.element.dataset.name = name;
    this.element.dataset.state = "connecting";
    this.link.href = name;
    this.#canvas.className = "still";
    this.#canvas.width = this.#canvas.height = 0;
    write(this.#title, title);
    this.link.append(this.#canvas, this.#title, this.#about);
    this.element.append(this.link);
  }

  /** Its place for pictures, in CSS pixels. */
  get box() {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    return { width, height };
  }

  /** The name that people know it by. */
  get title() {
    return this.#title.textContent || this.name;
  }

  /** True if its picture is not of this moment. */
  get isDead() {
    const { state } = this.element.dataset;
    return state !== "live" && state !== "connecting";
  }

  /**
   * @param {Status} status
   * @param {boolean} isCurrent Whether it is the one that is open.
   */
  tell(status, isCurrent) {
    if (this.status !== status) this.#toldMilliseconds = performance.now();
    this.status = status;
    write(this.#title, status.title);
    if (isCurrent) this.link.setAttribute("aria-current", "page");
    else this.link.removeAttribute("aria-current");
  }

  /** @param {boolean} isLost Whether the server tells nothing any more. */
  show(isLost) {
    const status = this.status;
    if (status === undefined) return;
    const state = isLost ? "lost" : sourceState(status);
    if (this.element.dataset.state !== state) {
      this.element.dataset.state = state;
    }
    const watching = status.viewers > 0 && !isLost
      ? " · " + filled(PAGE.watching, { count: status.viewers })
      : "";
    const word = isLost ? WALL.lost : LIST[sourceState(status)];
    write(this.#about, word + this.#since(state) + watching);
  }

  /** @param {string} state */
  #since(state) {
    const age = this.status?.lastFrameAgeMilliseconds ?? null;
    if (age === null || state === "live" || state === "idle") return "";
    const told = performance.now() - this.#toldMilliseconds;
    return " · " + span(age + told);
  }

  /** @param {Blob} file A picture that has come. */
  take(file) {
    this.#next = file;
    if (!this.#drawing) this.#draw();
  }

  /** Draws the newest picture, and then those that came meanwhile. */
  async #draw() {
    this.#drawing = true;
    while (this.#next !== undefined) {
      const file = this.#next;
      this.#next = undefined;
      try {
        const picture = await decodePicture(file);
        await new Promise((resolve) => paintTogether(() => resolve(undefined)));
        this.#paint(picture);
        if ("close" in picture) picture.close();
      } catch {
        // A picture that the browser cannot decode: the next one may do.
      }
    }
    this.#drawing = false;
  }

  /** @param {ImageBitmap | HTMLImageElement} picture */
  #paint(picture) {
    const canvas = this.#canvas, { width, height } = picture;
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    const context = /** @type {CanvasRenderingContext2D} */ (
      canvas.getContext("2d")
    );
    context.clearRect(0, 0, width, height);
    context.drawImage(picture, 0, 0);
    this.#showScale();
  }

  /** Pixel art stays sharp. */
  #showScale() {
    const { width, clientWidth } = this.#canvas;
    const isEnlarged = clientWidth * devicePixelRatio >= 2 * width;
    this.#canvas.classList.toggle("enlarged", isEnlarged);
  }

  /**
   * True if a still is to be loaded, where pictures come in no other way.
   *
   * @param {number} milliseconds Most age of a still.
   */
  isDue(milliseconds) {
    if (!this.seen || this.loading || this.status === undefined) return false;
    const { frames, source } = this.status;
    // Asking for the picture of an idle source would start it.
    if (frames === this.#framesOfStill || source.state === "idle") return false;
    return performance.now() - this.loadedMilliseconds >= milliseconds;
  }

  /**
   * @param {number} width Pixels.
   * @param {() => void} onDone Called when it is there, or cannot be had.
   */
  loadStill(width, onDone) {
    this.loading = true;
    this.loadedMilliseconds = performance.now();
    const frames = this.status?.frames ?? 0;
    const query = "?width=" + Math.ceil(width) + "&" + Date.now();
    loadImage(this.name + "/snapshot.jpg" + query, (image) => {
      this.loading = false;
      if (image !== undefined) {
        this.#framesOfStill = frames;
        this.#paint(image);
      }
      onDone();
    });
  }
}
