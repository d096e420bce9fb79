import { delay } from "@std/async/delay";
import { StrictGif } from "./strict_gif.ts";

/** Between two connections. */
const AGAIN_MILLISECONDS = 1;

/** A viewer who comes back whenever the GIF ends, and forgives nothing. */
export class Viewer {
  /** GIFs that were seen to their end. */
  gifs = 0;
  images = 0;
  bytes = 0;
  /** Settled when the viewer has left; rejected if the stream is broken. */
  readonly done: Promise<void>;
  readonly #address: string;
  readonly #leaving = new AbortController();
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #gif = new StrictGif();
  #changed = Promise.withResolvers<void>();

  /** @param address Of the endless GIF. */
  constructor(address: string) {
    this.#address = address;
    this.done = this.#watch();
    // The one who asks for it is told later.
    this.done.catch(() => {});
  }

  /** Leaves. */
  leave(): void {
    this.#leaving.abort();
    // Deno 2.9 was seen not to end a body by the signal after half a minute.
    this.#reader?.cancel().catch(() => {});
  }

  /**
   * Waits until the first pixel is of a color.
   *
   * @returns False if that takes too long.
   * @throws {Error} If the stream is broken.
   */
  async sees(color: number[], milliseconds: number): Promise<boolean> {
    const [red, green, blue] = color;
    const wanted = (red | green << 8 | blue << 16 | 255 << 24) >>> 0;
    const timeout = new AbortController();
    const late = delay(milliseconds, timeout).then(() => true, () => true);
    try {
      while (this.#gif.pixels[0] !== wanted) {
        const changed = this.#changed.promise.then(() => false);
        const broken = this.done.then(() => true);
        if (await Promise.race([changed, broken, late])) {
          return this.#gif.pixels[0] === wanted;
        }
      }
      return true;
    } finally {
      timeout.abort();
    }
  }

  async #watch(): Promise<void> {
    const { signal } = this.#leaving;
    while (!signal.aborted) {
      try {
        await this.#watchOne(signal);
      } catch (error) {
        if (signal.aborted) return;
        throw error;
      }
      await delay(AGAIN_MILLISECONDS);
    }
  }

  async #watchOne(signal: AbortSignal): Promise<void> {
    const response = await fetch(this.#address, { signal });
    if (!response.ok) throw new Error(`answer ${response.status}`);
    const gif = this.#gif = new StrictGif();
    const reader = this.#reader = response.body!.getReader();
    for (;;) {
      const { value: chunk } = await reader.read();
      if (chunk === undefined) break;
      this.bytes += chunk.length;
      const before = gif.images;
      gif.push(chunk);
      this.images += gif.images - before;
      this.#changed.resolve();
      this.#changed = Promise.withResolvers();
    }
    if (signal.aborted) return;
    if (!gif.ended) throw new Error("the GIF has no trailer");
    this.gifs++;
  }
}
