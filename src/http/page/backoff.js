/**
 * Waiting before another attempt.
 *
 * @module
 */

const MIN_RETRY_MILLISECONDS = 250;
const MAX_RETRY_MILLISECONDS = 5000;

/** Longer and longer waits. */
export class Backoff {
  #milliseconds = MIN_RETRY_MILLISECONDS;

  /** An attempt has succeeded. */
  reset() {
    this.#milliseconds = MIN_RETRY_MILLISECONDS;
  }

  /** Milliseconds to wait before the next attempt. */
  next() {
    // At random, so that not all viewers come back at the same moment.
    const wait = this.#milliseconds * (0.5 + Math.random() / 2);
    this.#milliseconds = Math.min(
      this.#milliseconds * 2,
      MAX_RETRY_MILLISECONDS,
    );
    return wait;
  }
}
