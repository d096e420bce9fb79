/**
 * Demand for a channel's pictures, for sources that run only while there is
 * some.
 *
 * Viewers, in any form, want pictures as long as they watch. To want just one
 * picture, call {@linkcode Demand.livePicture}.
 *
 * @example A source that runs while it is wanted
 * ```ts
 * import { Channel } from "@x/gifstream";
 * import { assertEquals } from "@std/assert";
 *
 * const channel = new Channel();
 * const events: string[] = [];
 * channel.demand.follow((wanted) => events.push(wanted ? "start" : "stop"));
 * const viewer = channel.view();
 * await viewer.cancel();
 * assertEquals(events, ["start", "stop"]);
 * channel.close();
 * ```
 */
export class Demand {
  readonly #followers = new Set<(wanted: boolean) => void>();
  readonly #waiting = new Set<(live: boolean) => void>();
  #viewers = 0;
  #requests = 0;
  #live = false;
  #closed = false;

  /** True while pictures are wanted. */
  get wanted(): boolean {
    return this.#viewers + this.#requests > 0;
  }

  /**
   * Calls back when pictures become wanted, and when they are no longer
   * wanted.
   *
   * @param onChange Called with the new state; it must not throw.
   * @returns A function to call to stop following.
   */
  follow(onChange: (wanted: boolean) => void): () => void {
    this.#followers.add(onChange);
    return () => this.#followers.delete(onChange);
  }

  /**
   * Waits until the newest picture is from a running source; until then,
   * pictures are wanted. If the demand has no follower, no source would start,
   * so there is no wait.
   *
   * @param signal Ends the wait.
   * @returns True if the newest picture is from a running source.
   */
  async livePicture(signal?: AbortSignal): Promise<boolean> {
    this.#change(() => this.#requests++);
    try {
      const inVain = this.#closed || this.#followers.size === 0;
      if (this.#live || inVain || signal?.aborted) return this.#live;
      return await this.#nextPicture(signal);
    } finally {
      this.#change(() => this.#requests--);
    }
  }

  /**
   * Waits for the next picture; until then, pictures are wanted.
   *
   * @param signal Ends the wait.
   * @returns True if it has come.
   */
  async nextPicture(signal?: AbortSignal): Promise<boolean> {
    this.#change(() => this.#requests++);
    try {
      if (this.#closed || signal?.aborted) return false;
      return await this.#nextPicture(signal);
    } finally {
      this.#change(() => this.#requests--);
    }
  }

  /**
   * Wants pictures, for viewers that are not of this process.
   *
   * @returns A function to call when they are no longer wanted.
   */
  want(): () => void {
    let wanted = true;
    this.#change(() => this.#requests++);
    return () => {
      if (!wanted) return;
      wanted = false;
      this.#change(() => this.#requests--);
    };
  }

  /** Call this when a picture has arrived. */
  pictureCame(): void {
    this.#live = true;
    this.#settle(true);
  }

  /** Call this when the source has stopped: its newest picture is now old. */
  sourceStopped(): void {
    this.#live = false;
  }

  /** Sets the number of viewers. */
  setViewers(count: number): void {
    this.#change(() => this.#viewers = count);
  }

  /** Ends all waits: no more pictures will arrive. */
  close(): void {
    this.#closed = true;
    this.#settle(false);
  }

  #nextPicture(signal?: AbortSignal): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const giveUp = () => resolve(false);
    this.#waiting.add(resolve);
    signal?.addEventListener("abort", giveUp, { once: true });
    return promise.finally(() => {
      this.#waiting.delete(resolve);
      signal?.removeEventListener("abort", giveUp);
    });
  }

  #settle(live: boolean): void {
    for (const resolve of this.#waiting) resolve(live);
  }

  #change(act: () => void): void {
    const before = this.wanted;
    act();
    if (this.wanted === before) return;
    for (const follower of this.#followers) follower(this.wanted);
  }
}
