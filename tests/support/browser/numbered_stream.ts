/**
 * The real program, and a folder into which numbered pictures are written, ten
 * a second.
 *
 * @module
 */

import { join } from "@std/path";
import {
  NUMBER_LIMIT,
  numberedFrame,
  type NumberedFrameOptions,
  reversedNumber,
} from "./numbered_frame.ts";
import { type Gifstream, startGifstream } from "./programs.ts";

/** Options of {@linkcode startNumberedStream}. */
export interface NumberedStreamOptions extends NumberedFrameOptions {
  /**
   * Time from one picture to the next.
   *
   * @default {100}
   */
  intervalMilliseconds?: number;
  /**
   * Whether the lowest bit comes first, so that a picture that is cut off at
   * its lower edge is seen to change, too.
   *
   * @default {false}
   */
  reversed?: boolean;
}

/** The stream `live`. `await using` ends it. */
export class NumberedStream implements AsyncDisposable {
  /** While true, no new picture is written. */
  silent = false;
  /** The number on the newest picture; 0 before the first. */
  newest = 0;
  /** Its address, with a slash at the end. */
  readonly origin: string;
  readonly #folder: string;
  readonly #options: NumberedStreamOptions;
  readonly #timer: ReturnType<typeof setInterval>;
  #program: Gifstream;

  /** Use {@linkcode startNumberedStream}. */
  constructor(
    program: Gifstream,
    folder: string,
    options: NumberedStreamOptions,
  ) {
    this.#program = program;
    this.#folder = folder;
    this.#options = options;
    this.origin = program.origin;
    const { intervalMilliseconds = 100 } = options;
    this.#write();
    this.#timer = setInterval(() => {
      if (!this.silent) this.#write();
    }, intervalMilliseconds);
  }

  /** Who watches at this moment. */
  async viewers(): Promise<number> {
    const response = await fetch(`${this.origin}api/channels`);
    const { channels: [{ viewers }] } = await response.json();
    return viewers;
  }

  /** Ends the program by a signal; `SIGINT` is what Ctrl-C sends. */
  async end(signal: "SIGINT" | "SIGKILL"): Promise<void> {
    await this.#program.end(signal);
  }

  /** Starts it again where it was. */
  async restart(): Promise<void> {
    const { port } = new URL(this.origin);
    this.#program = await startGifstream(this.#folder, Number(port));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#program[Symbol.asyncDispose]();
    await Deno.remove(this.#folder, { recursive: true });
  }

  #write(): void {
    this.newest = (this.newest + 1) % NUMBER_LIMIT;
    const path = join(this.#folder, `${this.newest}.gif`);
    const number = this.#options.reversed
      ? reversedNumber(this.newest)
      : this.newest;
    Deno.writeFileSync(path, numberedFrame(number, this.#options));
  }
}

/** Starts the program, on a port of its own. */
export async function startNumberedStream(
  options: NumberedStreamOptions = {},
): Promise<NumberedStream> {
  const folder = await Deno.makeTempDir({ prefix: "gifstream-numbers-" });
  return new NumberedStream(await startGifstream(folder), folder, options);
}
