/** How many measured times were at most so long, and all of them together. */
export interface LatencyHistogram {
  /** Upper bounds in seconds, and how many were at most that long. */
  buckets: { atMostSeconds: number; count: number }[];
  /** How many there were. */
  count: number;
  /** The sum of them. */
  sumSeconds: number;
}

/** From a frame's own way through a process to a source far away. */
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

/** How much a new time weighs in the smoothed one: about the last twenty. */
const WEIGHT = 0.1;

/** How long frames took from their source to the viewers' sockets. */
export class Latency {
  #latestMilliseconds: number | null = null;
  #smoothedMilliseconds: number | null = null;
  #sumMilliseconds = 0;
  #count = 0;
  /** By the first bound that is not exceeded, and the rest at the end. */
  readonly #counts = new Array<number>(BOUNDS_MILLISECONDS.length + 1).fill(0);

  /**
   * Takes the time of a frame.
   *
   * @param milliseconds How long it took; null if that is not known.
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

  /** The newest, to a tenth of a millisecond; null if it is not known. */
  get latestMilliseconds(): number | null {
    return toTenth(this.#latestMilliseconds);
  }

  /** What it is mostly, by the last frames; null before the first. */
  get smoothedMilliseconds(): number | null {
    return toTenth(this.#smoothedMilliseconds);
  }

  /** All times since the start, by how long they were. */
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
