/**
 * The time of the next of many actions. An action is due an interval after the
 * previous one was due, not after it was done, so that late timers do not add
 * up. After a stall there is no burst.
 */
export class Pace {
  #dueMilliseconds = -Infinity;

  /**
   * The time until the next action, 0 if it is due.
   *
   * @param now The time in milliseconds, always by the same clock.
   */
  wait(now: number = performance.now()): number {
    return Math.max(this.#dueMilliseconds - now, 0);
  }

  /**
   * Notes that the action is done now, and sets the time of the next.
   *
   * @param intervalMilliseconds The time between the two.
   * @param now The time in milliseconds, by the clock of `wait()`.
   * @param catchUpMilliseconds The most lateness that the next actions make up
   * for by coming sooner.
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
