import {
  type LatencyHistogram,
  TimeHistogram,
} from "../timing/time_histogram.ts";

/** Weight of a new time in the smoothed time: about the last twenty count. */
const WEIGHT = 0.1;

/** Time that frames took from their source to the viewers' sockets. */
export class Latency {
  #latestMilliseconds: number | null = null;
  #smoothedMilliseconds: number | null = null;
  readonly #times = new TimeHistogram();

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
    this.#times.observe(milliseconds);
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
    return this.#times.read();
  }
}

function toTenth(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10;
}
