/**
 * When the next of many things is due. Each is due an interval after the one
 * before was due, not after it was done, so that the lateness of timers does
 * not add up; after a stall nothing is made up for in a burst.
 */
export class Pace {
  #dueMilliseconds = -Infinity;

  /**
   * The time until the next is due, 0 if it is by now.
   *
   * @param now The time in milliseconds, by any clock that is always the same.
   */
  wait(now: number = performance.now()): number {
    return Math.max(this.#dueMilliseconds - now, 0);
  }

  /**
   * Something is done now: sets when the next is due.
   *
   * @param intervalMilliseconds The time between both.
   * @param now The time in milliseconds, by the clock of `wait()`.
   * @param catchUpMilliseconds So late it may be at most for the next ones to
   * come sooner, until that is made up for.
   */
  step(
    intervalMilliseconds: number,
    now: number = performance.now(),
    catchUpMilliseconds: number = intervalMilliseconds,
  ): void {
    const late = now - this.#dueMilliseconds;
    const from = late < catchUpMilliseconds ? this.#dueMilliseconds : now;
    this.#dueMilliseconds = from + intervalMilliseconds;
  }
}
