/**
 * Small stills along the past, which move with it.
 *
 * @module
 */

import { loadImage } from "../elements.js";

/** Least room for a still. */
const STILL_PIXELS = 72;
/** Width of a still, in pixels of its own. */
const STILL_WIDTH = 160;
/** Times between two stills. */
const STEPS_SECONDS = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800];

/** What is kept no longer than this is not worth a still. */
const GOING_MILLISECONDS = 1500;

/** The stills; one is loaded after another. */
export class Strip {
  #element;
  #channel = "";
  /** By their places in the past. @type {Map<number, HTMLElement>} */
  #stills = new Map();
  /** @type {{ start: number, end: number, times: number[] }} */
  #range = { start: 0, end: 0, times: [] };
  #stepMilliseconds = 0;
  #loading = false;

  /** @param {HTMLElement} element Takes the stills. */
  constructor(element) {
    this.#element = element;
  }

  /** Forgets all. */
  clear() {
    this.#stills.clear();
    this.#element.textContent = "";
    this.#range = { start: 0, end: 0, times: [] };
  }

  /**
   * @param {string} channel Its name.
   * @param {{ start: number, end: number, times: number[] }} range
   */
  show(channel, range) {
    if (channel !== this.#channel) this.clear();
    this.#channel = channel;
    this.#range = range;
    const { start, end } = range, span = Math.max(1, end - start);
    const most = Math.max(2, this.#element.clientWidth / STILL_PIXELS);
    const seconds = STEPS_SECONDS.find((step) => step >= span / 1000 / most) ??
      3600;
    if (seconds * 1000 !== this.#stepMilliseconds) {
      this.#stills.clear();
      this.#element.textContent = "";
      this.#stepMilliseconds = seconds * 1000;
    }
    for (const [time, still] of this.#stills) {
      still.style.left = 100 * (time - start) / span + "%";
      still.style.width = 100 * this.#stepMilliseconds / span + "%";
      if (time > start - this.#stepMilliseconds && time < end) continue;
      still.remove();
      this.#stills.delete(time);
    }
    this.#loadNext();
  }

  /** Loads the newest still that is missing. */
  #loadNext() {
    if (this.#loading || document.hidden) return;
    const { start, end, times } = this.#range, step = this.#stepMilliseconds;
    let place = Math.floor(end / step) * step;
    while (this.#stills.has(place)) place -= step;
    // The oldest picture may be gone before it is asked for.
    const time = place > start - step
      ? timeAt(times, Math.max(place, start + GOING_MILLISECONDS))
      : undefined;
    if (time === undefined) return;
    this.#loading = true;
    const channel = this.#channel;
    const address = channel + "/snapshot.jpg?width=" + STILL_WIDTH + "&at=" +
      time / 1000;
    loadImage(address, (image) => {
      this.#loading = false;
      if (channel !== this.#channel || step !== this.#stepMilliseconds) return;
      // What cannot be had is not asked for again.
      const still = image ?? document.createElement("span");
      this.#stills.set(place, still);
      this.#element.append(still);
      if (this.#range.times.length > 0) this.show(channel, this.#range);
    });
  }
}

/**
 * The time of the picture that was seen at a time; the oldest one before.
 *
 * @param {number[]} times In their order.
 * @param {number} milliseconds
 */
export function timeAt(times, milliseconds) {
  let found = times[0];
  for (const time of times) {
    if (time > milliseconds) break;
    found = time;
  }
  return found;
}
