import { Latency } from "./latency.ts";
import { Queue } from "../system/queue.ts";
import { Rhythm } from "../timing/rhythm.ts";

const RATE_WINDOW_MILLISECONDS = 3000;

/** Counts the frames that a channel takes; measures rate and latency. */
export class FrameCounts {
  /** Time that frames took from their source to the viewers' sockets. */
  readonly latency = new Latency();
  /** Frames taken. */
  frames = 0;
  /** Unchanged frames, which were not sent. */
  unchanged = 0;
  /** Frames taken that were damaged. */
  damaged = 0;
  /** Frames that were refused. */
  refused = 0;
  /** Arrival times of the newest frames, for the rate. */
  readonly #times = new Queue<number>();
  readonly #rhythm = new Rhythm();

  /** Counts a frame that was taken. */
  taken(): void {
    const now = performance.now();
    this.frames++;
    this.#rhythm.note(now);
    this.#times.push(now);
    this.#forgetTimes(now);
  }

  /** Time since the newest frame; null before the first. */
  ageMilliseconds(): number | null {
    const newest = this.#times.at(-1);
    return newest === undefined ? null : Math.round(performance.now() - newest);
  }

  /**
   * True if the next frame is late, by the rhythm of the last ones.
   *
   * @param leastMilliseconds Age of the newest frame before which none is.
   */
  isLate(leastMilliseconds: number): boolean {
    const age = this.ageMilliseconds();
    return age !== null && age > this.#rhythm.lateAfter(leastMilliseconds);
  }

  /** Frames a second over the last 3 seconds, to a tenth. */
  framesPerSecond(): number {
    this.#forgetTimes(performance.now());
    const times = this.#times;
    if (times.length < 2) return 0;
    const span = times.at(-1)! - times.at(0)!;
    return span === 0 ? 0 : Math.round((times.length - 1) * 10_000 / span) / 10;
  }

  /**
   * Drops times that are out of the window, but never the newest, nor the last
   * one before it: after a pause, frames that come at once are no high rate.
   */
  #forgetTimes(now: number): void {
    const oldest = now - RATE_WINDOW_MILLISECONDS;
    const times = this.#times;
    while (times.length > 1 && times.at(1)! < oldest) times.drop(1);
  }
}
