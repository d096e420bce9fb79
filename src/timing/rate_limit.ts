/** Share of an interval by which something may come before it is due. */
const MOST_EARLY = 0.75;

/** Tells what comes too soon for a rate. What is a little early is not. */
export class RateLimit {
  readonly #intervalMilliseconds: number;
  #dueMilliseconds: number | undefined;

  /**
   * Makes a limit.
   *
   * @param perSecond Most of them a second, on average; undefined: no limit.
   */
  constructor(perSecond?: number) {
    this.#intervalMilliseconds = perSecond === undefined ? 0 : 1000 / perSecond;
  }

  /**
   * True if what comes now is to be taken; it counts then.
   *
   * @param now The time in milliseconds, always by the same clock.
   */
  takes(now: number = performance.now()): boolean {
    const interval = this.#intervalMilliseconds;
    const due = this.#dueMilliseconds ?? now;
    if (now < due - MOST_EARLY * interval) return false;
    this.#dueMilliseconds = Math.max(due + interval, now);
    return true;
  }
}
