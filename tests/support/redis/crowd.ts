import { StrictViewer } from "./strict_viewer.ts";

/** Viewers of one address. `await using` lets them leave. */
export class Crowd implements AsyncDisposable {
  readonly #address: string;
  readonly #size: number;
  readonly #byNginx: boolean;
  #viewers: StrictViewer[] = [];

  /**
   * @param address Of the GIF.
   * @param size Number of viewers.
   * @param byNginx True if nginx gives it: then its header has a color table, and
   * its connection says nothing of an end.
   */
  constructor(address: string, size: number, byNginx = false) {
    this.#address = address;
    this.#byNginx = byNginx;
    this.#size = size;
  }

  /** Pictures that a viewer did not get, or got twice, at most. */
  get worst(): { gaps: number; repeats: number } {
    const most = (count: (viewer: StrictViewer) => number) =>
      Math.max(...this.#viewers.map(count));
    return {
      gaps: most(({ gaps }) => gaps),
      repeats: most(({ repeats }) => repeats),
    };
  }

  /** Lets all join, one soon after another. */
  async join(): Promise<void> {
    this.#viewers = [];
    for (let i = 0; i < this.#size; i++) {
      const viewer = new StrictViewer(this.#address, this.#byNginx);
      this.#viewers.push(viewer);
      // Each enters at a moment of its own.
      if (i % 5 === 0) await viewer.sees(0);
    }
  }

  /** Waits until all see a picture, or a later one. */
  async see(number: number): Promise<void> {
    await Promise.all(this.#viewers.map((viewer) => viewer.sees(number)));
  }

  /**
   * Waits until all have lost their connection.
   *
   * @throws {Error} If anything was wrong with what they had got.
   */
  async lost(): Promise<void> {
    await Promise.all(this.#viewers.map(({ done }) => done));
    if (this.#viewers.every(({ isLost }) => isLost)) return;
    throw new Error(`${this.#address}: the GIF has ended`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Each says what was wrong with what it got.
    await Promise.all(
      this.#viewers.map((viewer) => viewer[Symbol.asyncDispose]()),
    );
  }
}
