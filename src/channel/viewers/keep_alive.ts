/** Calls back whenever nothing has been sent for a while. */
export class KeepAlive {
  readonly #milliseconds: number;
  readonly #onQuiet: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastSentMilliseconds = 0;

  /**
   * @param milliseconds Length of that time.
   * @param onQuiet Called after that time; the call counts as sending.
   */
  constructor(milliseconds: number, onQuiet: () => void) {
    this.#milliseconds = milliseconds;
    this.#onQuiet = onQuiet;
  }

  /** Restarts the wait; call this when something is sent. */
  sent(): void {
    this.#lastSentMilliseconds = performance.now();
  }

  /** Starts the timer; calling it again does nothing. */
  start(): void {
    if (this.#timer !== undefined) return;
    this.sent();
    this.#wait();
  }

  /** Stops the timer, so that it does not keep a program from ending. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #wait(): void {
    this.#timer = setTimeout(() => {
      if (this.#restMilliseconds() <= 0) {
        this.sent();
        this.#onQuiet();
      }
      // The callback may have called stop().
      if (this.#timer !== undefined) this.#wait();
    }, Math.max(0, this.#restMilliseconds()));
  }

  #restMilliseconds(): number {
    return this.#lastSentMilliseconds + this.#milliseconds - performance.now();
  }
}
