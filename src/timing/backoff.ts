import { pause } from "./pause.ts";

const MIN_MILLISECONDS = 250;
const MAX_MILLISECONDS = 10_000;
/** A try that took longer than this went well. */
const WELL_MILLISECONDS = 10_000;

/** Pauses between tries: each twice as long as the one before, to 10 s. */
export class Backoff {
  #milliseconds = MIN_MILLISECONDS;
  #triedAt = performance.now();

  /** Milliseconds that the next pause takes. */
  get milliseconds(): number {
    const wentWell = performance.now() - this.#triedAt > WELL_MILLISECONDS;
    return wentWell ? MIN_MILLISECONDS : this.#milliseconds;
  }

  /**
   * Waits for the next try, or until the signal is aborted.
   *
   * @param signal Ends the pause.
   * @param minMilliseconds The pause is not shorter.
   */
  async rest(signal: AbortSignal, minMilliseconds: number = 0): Promise<void> {
    const { milliseconds } = this;
    this.#milliseconds = Math.min(2 * milliseconds, MAX_MILLISECONDS);
    await pause(Math.max(milliseconds, minMilliseconds), signal);
    this.#triedAt = performance.now();
  }

  /** A try went well: the next pause is short. */
  reset(): void {
    this.#milliseconds = MIN_MILLISECONDS;
  }
}
