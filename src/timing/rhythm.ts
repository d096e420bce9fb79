/** Intervals that count: an odd one is forgotten after so many. */
const REMEMBERED = 4;
/** Multiple of the longest interval after which something is late. */
const LATE_FACTOR = 2.5;

/**
 * The rhythm of what comes more or less regularly, as pictures do, and when it
 * is late: a camera of one picture a minute is not, after 5 seconds.
 */
export class Rhythm {
  readonly #intervals: number[] = [];
  #lastAt: number | undefined;

  /** True once there have been two of them. */
  get isKnown(): boolean {
    return this.#intervals.length > 0;
  }

  /**
   * Notes that one has come.
   *
   * @param now The time in milliseconds, always by the same clock.
   */
  note(now: number = performance.now()): void {
    if (this.#lastAt !== undefined) {
      this.#intervals.push(now - this.#lastAt);
      if (this.#intervals.length > REMEMBERED) this.#intervals.shift();
    }
    this.#lastAt = now;
  }

  /** The next interval says nothing: what comes was away. */
  interrupt(): void {
    this.#lastAt = undefined;
  }

  /**
   * Milliseconds from one to the next after which the next one is late.
   *
   * @param leastMilliseconds The least, however quick the rhythm is.
   */
  lateAfter(leastMilliseconds: number): number {
    return Math.max(
      leastMilliseconds,
      LATE_FACTOR * Math.max(0, ...this.#intervals),
    );
  }
}
