import { MAX_DELAY_CENTISECONDS } from "../../gif/spec.ts";

/**
 * Turns times into delays, in whole hundredths of a second, whose sum stays
 * true however many there are.
 */
export class DelayClock {
  readonly #startMilliseconds: number;
  /** Sum of the delays so far. */
  #centiseconds = 0;

  /** @param startMilliseconds When the first picture begins to be shown. */
  constructor(startMilliseconds: number) {
    this.#startMilliseconds = startMilliseconds;
  }

  /**
   * The delay of a picture that is shown until a time.
   *
   * @param endMilliseconds When the next one is there.
   * @param least The shortest delay it can have: the next ones make up for
   * that.
   */
  until(endMilliseconds: number, least: number): number {
    const end = Math.round((endMilliseconds - this.#startMilliseconds) / 10);
    const wanted = Math.max(least, end - this.#centiseconds);
    const delay = Math.min(wanted, MAX_DELAY_CENTISECONDS);
    // What one picture cannot make up for must not make the next one late.
    this.#centiseconds += wanted;
    return delay;
  }
}
