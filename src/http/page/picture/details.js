/**
 * Size and rate of the picture, and on demand its bits and its lag.
 *
 * @module
 */

import { element, write } from "../elements.js";
import { filled, PICTURE } from "../words.js";
import { showButton } from "./controls.js";

/** Time between two looks at the way to the server. */
const ROUND_TRIP_MILLISECONDS = 5000;
/** The first questions come fast, since one of them may open a connection. */
const FIRST_QUESTIONS = 3;
const FIRST_MILLISECONDS = 100;

/**
 * @typedef {object} Facts
 * @property {{ width: number, height: number }} [size]
 * @property {number} framesPerSecond
 * @property {number} [bitsPerSecond] Unknown where the browser does not tell.
 * @property {number} [lagMilliseconds] Without the way from the server.
 * @property {boolean} isLimited True if fewer pictures come than there are.
 */

/** The line of facts under the picture. */
export class Details {
  isOpen = false;
  /** Of the quickest answer. */
  #roundTripMilliseconds = Infinity;
  #answers = 0;
  #timer = 0;

  /** Tells more, or less. */
  toggle() {
    this.isOpen = !this.isOpen;
    showButton("details", "aria-pressed", this.isOpen);
    clearTimeout(this.#timer);
    if (this.isOpen) this.#ask();
  }

  /** @param {Facts} now */
  show(now) {
    const { size, framesPerSecond: rate, bitsPerSecond } = now;
    const facts = [];
    if (size !== undefined) facts.push(size.width + " × " + size.height);
    if (rate > 0) {
      const text = rate.toFixed(rate < 5 ? 1 : 0);
      facts.push(filled(PICTURE.rate, { rate: text }));
    }
    if (this.isOpen && bitsPerSecond !== undefined) {
      const rate = (bitsPerSecond / 1e6).toFixed(bitsPerSecond < 1e7 ? 2 : 1);
      facts.push(filled(PICTURE.bits, { rate }));
    }
    if (this.isOpen) facts.push(this.#lag(now.lagMilliseconds));
    if (now.isLimited) facts.push(PICTURE.limited);
    write(element("facts"), facts.join(" · ") || "\u00a0");
  }

  /** @param {number | undefined} milliseconds */
  #lag(milliseconds) {
    const way = this.#roundTripMilliseconds / 2;
    if (milliseconds === undefined || this.#answers < FIRST_QUESTIONS) {
      return PICTURE.noLag;
    }
    const seconds = (milliseconds + way) / 1000;
    return filled(PICTURE.lag, { seconds: seconds.toFixed(2) });
  }

  /**
   * The server's clock is told by messages, which take their way: half of the
   * time that a question and its answer take.
   */
  async #ask() {
    if (!document.hidden) {
      const asked = performance.now();
      try {
        await (await fetch("healthz", { cache: "no-store" })).text();
        this.#roundTripMilliseconds = Math.min(
          this.#roundTripMilliseconds,
          performance.now() - asked,
        );
        this.#answers++;
      } catch {
        // The state says that the server is away.
      }
    }
    if (!this.isOpen) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => this.#ask(),
      this.#answers < FIRST_QUESTIONS
        ? FIRST_MILLISECONDS
        : ROUND_TRIP_MILLISECONDS,
    );
  }
}
