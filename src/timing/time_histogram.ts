/** Cumulative histogram of measured times. */
export interface LatencyHistogram {
  /** Upper bounds in seconds, each with the number of times up to it. */
  buckets: { atMostSeconds: number; count: number }[];
  /** Number of all times. */
  count: number;
  /** Sum of all times, in seconds. */
  sumSeconds: number;
}

/** From what happens in this process to what comes from far away. */
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

/** Times, counted by how long they are. */
export class TimeHistogram {
  #sumMilliseconds = 0;
  #count = 0;
  /** Numbers of times by the first bound not exceeded; the rest at the end. */
  readonly #counts = new Array<number>(BOUNDS_MILLISECONDS.length + 1).fill(0);

  /** Takes a time, in milliseconds. */
  observe(milliseconds: number): void {
    this.#sumMilliseconds += milliseconds;
    this.#count++;
    let bucket = 0;
    while (milliseconds > BOUNDS_MILLISECONDS[bucket]) bucket++;
    this.#counts[bucket]++;
  }

  /** All times since the start. */
  read(): LatencyHistogram {
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
