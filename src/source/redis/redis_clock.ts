/** The difference of both clocks, and how long it took to find out. */
interface Sample {
  offset: number;
  spread: number;
}

/** Samples that are compared. */
const MAX_SAMPLES = 30;
/** More than good clocks drift apart while samples are kept. */
const MAX_DRIFT_MILLISECONDS = 20;

/**
 * Redis' clock, by which entries are numbered, beside ours. The clocks of two
 * machines are never compared otherwise.
 */
export class RedisClock {
  readonly #samples: Sample[] = [];

  /**
   * Takes note of Redis' time, which it told between two moments.
   *
   * @param redisMilliseconds Its time.
   * @param before Our time when it was asked, in milliseconds since 1970.
   * @param after Our time when the answer came.
   */
  learn(redisMilliseconds: number, before: number, after: number): void {
    const offset = (before + after) / 2 - redisMilliseconds;
    const sample = { offset, spread: after - before };
    // Somebody has set its clock: what was known of it is wrong.
    if (this.#samples.some((other) => !agree(sample, other))) {
      this.#samples.length = 0;
    }
    this.#samples.push(sample);
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

/** True if both can be true of the same clock. */
function agree(a: Sample, b: Sample): boolean {
  const most = (a.spread + b.spread) / 2 + MAX_DRIFT_MILLISECONDS;
  return Math.abs(a.offset - b.offset) <= most;
}

/** The time now, in milliseconds since 1970; it never goes back. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
