/**
 * A viewer of a running program who stays, and what to show to it.
 *
 * @module
 */

import { deadline } from "@std/async/deadline";
import { bytes, header, image, TRAILER } from "../gif/gif_bytes.ts";
import { type Seen, watch } from "./watch.ts";

/** Much more than anything takes; a test that gets here has failed. */
const DEADLINE_MILLISECONDS = 20_000;

/** A GIF whose pixels say which one it is: a number from 0 to 255. */
export function shade(number: number): Uint8Array<ArrayBuffer> {
  const indices = new Uint8Array(12).fill(number);
  return bytes(
    header(4, 3, 256),
    image({ width: 4, height: 3, codeSize: 8, indices }),
    TRAILER,
  );
}

/** Watches one GIF over one connection; `await using` hangs up. */
export class LiveViewer implements AsyncDisposable {
  readonly #hangUp = new AbortController();
  readonly #pictures: AsyncGenerator<Seen, void>;
  readonly #address: string;

  /** @param address Where the GIF is. */
  constructor(address: string) {
    this.#address = address;
    this.#pictures = watch(address, this.#hangUp.signal);
  }

  /** Waits until it is shown a {@linkcode shade}. */
  async sees(number: number): Promise<void> {
    try {
      await deadline(this.#until(number), DEADLINE_MILLISECONDS);
    } catch (cause) {
      // Otherwise it could not be left as long as no picture comes.
      this.#hangUp.abort();
      throw new Error(`${this.#address} never showed ${number}`, { cause });
    }
  }

  async #until(number: number): Promise<void> {
    for (;;) {
      const { value } = await this.#pictures.next();
      if (value === undefined) throw new Error("the GIF has ended");
      if (value.rgba[0] === number && value.rgba[3] === 255) return;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pictures.return();
  }
}
