/**
 * Whether anybody wants a channel's pictures, for sources that run only then.
 *
 * Viewers, in whatever form, want them as long as they watch. Whoever needs
 * just one picture asks for {@linkcode Demand.livePicture}.
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

  /** Whether anybody wants pictures now. */
  get wanted(): boolean {
    return this.#viewers + this.#requests > 0;
  }

  /**
   * Tells when the first one comes who wants pictures, and when the last one
   * has gone.
   *
   * @param onChange What is told; it must not throw.
   * @returns What to call to be told no more.
   */
  follow(onChange: (wanted: boolean) => void): () => void {
    this.#followers.add(onChange);
    return () => this.#followers.delete(onChange);
  }

  /**
   * Waits until the newest picture is one of a source that runs: until then
   * pictures are wanted. If nobody follows the demand, asking makes no
   * picture come sooner, and the answer comes at once.
   *
   * @param signal Ends the waiting.
   * @returns Whether there is such a picture.
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

  /** A picture came: it is the newest now. */
  pictureCame(): void {
    this.#live = true;
    this.#settle(true);
  }

  /** The source was stopped: what there is of it is old from now on. */
  sourceStopped(): void {
    this.#live = false;
  }

  /** So many watch now. */
  setViewers(count: number): void {
    this.#change(() => this.#viewers = count);
  }

  /** No picture is going to come any more. */
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
