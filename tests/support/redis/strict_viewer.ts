/**
 * A viewer of a counted scene, who decodes every byte by a decoder of its own
 * and forgives nothing.
 *
 * @module
 */

import { deadline } from "@std/async/deadline";
import { StrictGif } from "../../../tools/fuzz/live/strict_gif.ts";
import { numberOf } from "./counted_scene.ts";

/** Much more than anything takes; a test that gets here has failed. */
const DEADLINE_MILLISECONDS = 60_000;

/** One connection to an endless GIF. `await using` hangs up. */
export class StrictViewer implements AsyncDisposable {
  /** The number of the newest picture; -1 before the first. */
  newest = -1;
  /** Pictures that were drawn once more: keyframes of what was there. */
  repeats = 0;
  /** Pictures that it did not get. */
  gaps = 0;
  bytes = 0;
  /** True if the connection was lost in the middle of the GIF. */
  isLost = false;
  /** Settled when the GIF is over; rejected if anything was wrong with it. */
  readonly done: Promise<void>;
  readonly #address: string;
  readonly #byNginx: boolean;
  readonly #hangUp = new AbortController();
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #changed = Promise.withResolvers<void>();

  /**
   * @param address Of the GIF.
   * @param byNginx True if nginx gives it: then its header has a color table, and
   * its connection says nothing of an end.
   */
  constructor(address: string, byNginx = false) {
    this.#address = address;
    this.#byNginx = byNginx;
    this.done = this.#watch();
    // The one who asks for it is told later.
    this.done.catch(() => {});
  }

  /** Waits until it sees a picture of this number, or a later one. */
  async sees(number: number): Promise<void> {
    try {
      await deadline(this.#until(number), DEADLINE_MILLISECONDS);
    } catch (cause) {
      throw new Error(
        `${this.#address} never showed ${number}, but ${this.newest}`,
        { cause },
      );
    }
  }

  async #until(number: number): Promise<void> {
    while (this.newest < number) {
      const ended = this.done.then(() => {
        throw new Error(`the GIF has ended at ${this.newest}`);
      });
      await Promise.race([this.#changed.promise, ended]);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#hangUp.abort();
    await this.#reader?.cancel().catch(() => {});
    await this.done;
  }

  async #watch(): Promise<void> {
    const { signal } = this.#hangUp;
    try {
      const response = await fetch(this.#address, { signal });
      if (!response.ok) throw new Error(`answer ${response.status}`);
      const gif: StrictGif = new StrictGif(
        () => this.#look(gif),
        this.#byNginx,
      );
      this.#reader = response.body!.getReader();
      for (;;) {
        const chunk = await this.#next();
        if (chunk === undefined) break;
        this.bytes += chunk.length;
        gif.push(chunk);
      }
      this.isLost ||= this.#byNginx && !gif.ended;
      if (!gif.ended && !this.isLost && !signal.aborted) {
        throw new Error("no trailer");
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  async #next(): Promise<Uint8Array | undefined> {
    try {
      return (await this.#reader!.read()).value;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.isLost = true;
      return undefined;
    }
  }

  #look({ pixels }: StrictGif): void {
    const number = numberOf(pixels);
    if (number < this.newest) {
      throw new Error(`Picture ${number} came after ${this.newest}`);
    }
    if (number === this.newest) this.repeats++;
    else if (this.newest >= 0 && number > this.newest + 1) this.gaps++;
    this.newest = number;
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}
