import { type LatencyHistogram, TimeHistogram } from "./time_histogram.ts";

/** Time between two looks. */
const LOOK_MILLISECONDS = 100;

/**
 * The time for which this thread was busy with something else when it should
 * have done the next thing: it looks ten times a second how late a timer is.
 */
export class EventLoopDelay implements Disposable {
  readonly #times = new TimeHistogram();
  readonly #timer: ReturnType<typeof setInterval>;
  #dueAt = performance.now() + LOOK_MILLISECONDS;

  /** Begins to look. */
  constructor() {
    this.#timer = setInterval(() => this.#look(), LOOK_MILLISECONDS);
  }

  /** All delays so far. */
  read(): LatencyHistogram {
    return this.#times.read();
  }

  /** Ends the looking. */
  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const now = performance.now();
    this.#times.observe(Math.max(0, now - this.#dueAt));
    this.#dueAt = now + LOOK_MILLISECONDS;
  }
}
