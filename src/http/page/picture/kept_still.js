/**
 * A recent picture below the stream: a browser that is cut off in the middle of
 * a GIF may show nothing instead of what it has. Also the picture of those who
 * begin without a stream.
 *
 * @module
 */

import { loadImage } from "../elements.js";
/** @import { Status } from "../status.js" */

/** It costs a twentieth of the stream. */
const FRAMES_PER_SNAPSHOT = 20;

/** One in a stage. */
export class KeptStill {
  #stage;
  /** Frames of the channel when it was asked for. */
  #frames = -Infinity;
  #channel = "";

  /** @param {HTMLElement} stage */
  constructor(stage) {
    this.#stage = stage;
  }

  /** The picture, if there is one. */
  get image() {
    return /** @type {HTMLImageElement | undefined} */ (
      this.#stage.querySelector(".snapshot") ?? undefined
    );
  }

  /** @param {string} channel The name of another one. */
  change(channel) {
    this.#channel = channel;
    this.#frames = -Infinity;
    this.image?.remove();
  }

  /**
   * Takes a newer picture if the one that is kept is old.
   *
   * @param {Status} now
   * @param {boolean} isAll True if it is all that is seen.
   */
  keep(now, isAll) {
    const next = this.#frames + (isAll ? 1 : FRAMES_PER_SNAPSHOT);
    if (now.frames < this.#frames || now.frames >= next) this.load(now);
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
    this.#channel = name;
    this.#frames = frames;
    loadImage(name + "/snapshot.gif?" + Date.now(), (image) => {
      if (image !== undefined && name === this.#channel) {
        const old = this.image;
        image.className = "snapshot";
        this.#stage.prepend(image);
        old?.remove();
      }
      onDone?.();
    });
  }
}
