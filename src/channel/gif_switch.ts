import { GifNeed } from "../encoding/gif_need.ts";

/**
 * Tells if a channel's GIF is needed, for sources whose pictures come in
 * another form and take time to be encoded: see {@linkcode Channel.publishJpeg}.
 *
 * Viewers of the GIF need it, and of pictures that are made of it; viewers of
 * JPEGs that came as such do not.
 *
 * @example
 * ```ts
 * import { Channel } from "@x/gifstream";
 * import { assertEquals } from "@std/assert";
 *
 * const channel = new Channel();
 * assertEquals(channel.gif.needed, false);
 * const viewer = channel.view();
 * assertEquals(channel.gif.needed, true);
 * await viewer.cancel();
 * channel.close();
 * ```
 */
export class GifSwitch {
  readonly #need = new GifNeed();
  readonly #lingerMilliseconds: number;
  #users = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * Makes a switch that is off.
   *
   * @param lingerMilliseconds Time for which the GIF is made after the last who
   * needed it has left.
   */
  constructor(lingerMilliseconds: number) {
    this.#lingerMilliseconds = lingerMilliseconds;
  }

  /** True while the GIF is needed; with a follower, for some time after that. */
  get needed(): boolean {
    return this.#need.needed;
  }

  /**
   * Calls back when the GIF becomes needed, and when it is no longer.
   *
   * @param onChange Called with the new state; it must not throw.
   * @returns A function to call to stop following.
   */
  follow(onChange: (needed: boolean) => void): () => void {
    return this.#need.follow(onChange);
  }

  /**
   * Needs the GIF.
   *
   * @returns A function to call when it is no longer needed.
   */
  need(): () => void {
    clearTimeout(this.#timer);
    this.#users++;
    this.#need.set(true);
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#release();
    };
  }

  /** The channel has ended. */
  close(): void {
    clearTimeout(this.#timer);
    this.#need.close();
    this.#users = Infinity;
  }

  #release(): void {
    if (--this.#users > 0) return;
    // A timer that nobody wants would only keep a program from ending.
    if (!this.#need.isFollowed) return this.#need.set(false);
    this.#timer = setTimeout(
      () => this.#need.set(false),
      this.#lingerMilliseconds,
    );
  }
}
