/** Bounds the bytes that wait behind requests, of all connections together. */
export class WaitingRoom {
  #bytes = 0;
  readonly #maxBytes: number;

  /** @param maxBytes The bound. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /**
   * Counts what a connection has waiting.
   *
   * @param before What it had when it was counted last.
   * @param now What it has now.
   * @returns Whether there is room; if not, it stays as it was.
   */
  count(before: number, now: number): boolean {
    const bytes = this.#bytes + now - before;
    if (now > before && bytes > this.#maxBytes) return false;
    this.#bytes = bytes;
    return true;
  }
}
