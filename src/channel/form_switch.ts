import { FormNeed } from "../encoding/form_need.ts";
import type { FollowedNeed } from "../encoding/frame_source.ts";

/**
 * Tells if a channel needs a form of its pictures, for sources that would have
 * to encode it: see {@linkcode Channel.gif} and {@linkcode Channel.jpeg}.
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
export class FormSwitch implements FollowedNeed {
  readonly #need = new FormNeed();
  readonly #lingerMilliseconds: number;
  #users = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * Makes a switch that is off.
   *
   * @param lingerMilliseconds Time for which the form is made after the last who
   * needed it has left.
   */
  constructor(lingerMilliseconds: number) {
    this.#lingerMilliseconds = lingerMilliseconds;
  }

  /** True while the form is needed; with a follower, for some time after that. */
  get needed(): boolean {
    return this.#need.needed;
  }

  /**
   * Calls back when the form becomes needed, and when it is no longer.
   *
   * @param onChange Called with the new state; it must not throw.
   * @returns A function to call to stop following.
   */
  follow(onChange: (needed: boolean) => void): () => void {
    return this.#need.follow(onChange);
  }

  /**
   * Needs the form.
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
