import { MAX_DELAY_CENTISECONDS } from "../gif/spec.ts";

/**
 * Turns times into delays, in whole hundredths of a second. Rounding errors do
 * not add up: the sum of the delays stays true.
 */
export class DelayClock {
  readonly #startMilliseconds: number;
  /** Sum of the delays so far. */
  #centiseconds = 0;

  /** @param startMilliseconds Time when the first picture appears. */
  constructor(startMilliseconds: number) {
    this.#startMilliseconds = startMilliseconds;
  }

  /**
   * The delay of the next picture.
   *
   * @param endMilliseconds Time when the picture after it appears.
   * @param least Shortest delay that the picture can have; the delays after it
   * make up for the difference.
   */
  until(endMilliseconds: number, least: number): number {
    const end = Math.round((endMilliseconds - this.#startMilliseconds) / 10);
    const wanted = Math.max(least, end - this.#centiseconds);
    const delay = Math.min(wanted, MAX_DELAY_CENTISECONDS);
    // A delay that was cut to the maximum must not lengthen the next one.
    this.#centiseconds += wanted;
    return delay;
  }
}
