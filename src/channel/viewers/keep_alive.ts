/** Calls back whenever nothing has been sent for a while. */
export class KeepAlive {
  readonly #milliseconds: number;
  readonly #onQuiet: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastSentMilliseconds = 0;

  /**
   * @param milliseconds How long a while is.
   * @param onQuiet What is called then, and counts as sending.
   */
  constructor(milliseconds: number, onQuiet: () => void) {
    this.#milliseconds = milliseconds;
    this.#onQuiet = onQuiet;
  }

  /** To be called when something is sent. */
  sent(): void {
    this.#lastSentMilliseconds = performance.now();
  }

  /** Begins to watch; calling it again does nothing. */
  start(): void {
    if (this.#timer !== undefined) return;
    this.sent();
    this.#wait();
  }

  /** Leaves off, so that no timer keeps a program from ending. */
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
      // Being told may have ended it.
      if (this.#timer !== undefined) this.#wait();
    }, this.#restMilliseconds());
  }

  #restMilliseconds(): number {
    return this.#lastSentMilliseconds + this.#milliseconds - performance.now();
  }
}
