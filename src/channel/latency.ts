/** Cumulative histogram of measured times. */
export interface LatencyHistogram {
  /** Upper bounds in seconds, each with the number of times up to it. */
  buckets: { atMostSeconds: number; count: number }[];
  /** Number of all times. */
  count: number;
  /** Sum of all times, in seconds. */
  sumSeconds: number;
}

/** From frames made in this process to frames of a source far away. */
const BOUNDS_MILLISECONDS: readonly number[] = [
  1,
  2.5,
  5,
  10,
  25,
  50,
  100,
  250,
  500,
  1000,
  2500,
  5000,
];

/** Weight of a new time in the smoothed time: about the last twenty count. */
const WEIGHT = 0.1;

/** Time that frames took from their source to the viewers' sockets. */
export class Latency {
  #latestMilliseconds: number | null = null;
  #smoothedMilliseconds: number | null = null;
  #sumMilliseconds = 0;
  #count = 0;
  /** Numbers of times by the first bound not exceeded; the rest at the end. */
  readonly #counts = new Array<number>(BOUNDS_MILLISECONDS.length + 1).fill(0);

  /**
   * Takes the time of a frame.
   *
   * @param milliseconds The time; null if it is not known.
   */
  observe(milliseconds: number | null): void {
    this.#latestMilliseconds = milliseconds;
    if (milliseconds === null) return;
    const before = this.#smoothedMilliseconds ?? milliseconds;
    this.#smoothedMilliseconds = before + (milliseconds - before) * WEIGHT;
    this.#sumMilliseconds += milliseconds;
    this.#count++;
    let bucket = 0;
    while (milliseconds > BOUNDS_MILLISECONDS[bucket]) bucket++;
    this.#counts[bucket]++;
  }

  /**
   * Takes the time since a frame was there.
   *
   * @returns The time in milliseconds; undefined if it is not known.
   */
  observeSince(
    { timestampMilliseconds: at }: { timestampMilliseconds?: number },
  ): number | undefined {
    // By the clock of sources, which may be set meanwhile: not that of the past.
    const age = at === undefined ? null : Math.max(0, Date.now() - at);
    this.observe(age);
    return age ?? undefined;
  }

  /** The newest time, to a tenth of a millisecond; null if not known. */
  get latestMilliseconds(): number | null {
    return toTenth(this.#latestMilliseconds);
  }

  /** The time smoothed over the last frames; null before the first time. */
  get smoothedMilliseconds(): number | null {
    return toTenth(this.#smoothedMilliseconds);
  }

  /** Histogram of all times since the start. */
  histogram(): LatencyHistogram {
    let count = 0;
    const buckets = BOUNDS_MILLISECONDS.map((bound, i) => ({
      atMostSeconds: bound / 1000,
      count: count += this.#counts[i],
    }));
    return {
      buckets,
      count: this.#count,
      sumSeconds: this.#sumMilliseconds / 1000,
    };
  }
}

function toTenth(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10;
}
