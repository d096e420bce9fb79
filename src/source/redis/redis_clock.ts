/** Samples that are compared. */
const MAX_SAMPLES = 30;

/**
 * Redis' clock, by which entries are numbered, beside ours. The clocks of two
 * machines are never compared otherwise.
 */
export class RedisClock {
  readonly #samples: { offset: number; spread: number }[] = [];

  /**
   * Takes note of Redis' time, which it told between two moments.
   *
   * @param redisMilliseconds Its time.
   * @param before Our time when it was asked, in milliseconds since 1970.
   * @param after Our time when the answer came.
   */
  learn(redisMilliseconds: number, before: number, after: number): void {
    const offset = (before + after) / 2 - redisMilliseconds;
    this.#samples.push({ offset, spread: after - before });
    if (this.#samples.length > MAX_SAMPLES) this.#samples.shift();
  }

  /** Our time at a time of Redis; undefined before it is known. */
  ours(redisMilliseconds: number): number | undefined {
    if (this.#samples.length === 0) return undefined;
    // An answer that came at once tells the time best.
    const best = this.#samples.reduce((best, each) =>
      each.spread < best.spread ? each : best
    );
    return redisMilliseconds + best.offset;
  }
}

/** The time now, in milliseconds since 1970; it never goes back. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
