/**
 * The program as an origin, which is sent a counted scene.
 *
 * @module
 */

import { Program } from "../program/program.ts";
import { firstPicture, nextPicture } from "./counted_scene.ts";

/** Time from one picture to the next. */
const PICTURE_MILLISECONDS = 50;

/** An origin that can be killed and started again. `await using` ends it. */
export class CountingOrigin implements AsyncDisposable {
  /** The number of the newest picture that was sent to it. */
  newest = 0;
  /** While true, no picture is sent. */
  silent = false;
  readonly #args: readonly string[];
  readonly #timer: ReturnType<typeof setInterval>;
  #program: Program;
  #input: WritableStreamDefaultWriter<Uint8Array>;
  #isFirst = true;

  /** @param args Options of the program, besides its input. */
  constructor(...args: string[]) {
    this.#args = args;
    [this.#program, this.#input] = this.#start();
    this.#timer = setInterval(() => this.#send(), PICTURE_MILLISECONDS);
  }

  get program(): Program {
    return this.#program;
  }

  /** Ends it, by default as if the machine had gone. */
  async stop(signal: Deno.Signal = "SIGKILL"): Promise<void> {
    this.silent = true;
    await this.#program.stop(signal);
    await this.#endInput();
  }

  /** Starts it again, with a picture later than all before. */
  async restart(): Promise<void> {
    await this.#end();
    [this.#program, this.#input] = this.#start();
    this.#isFirst = true;
    this.silent = false;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#end();
  }

  async #end(): Promise<void> {
    await this.#program[Symbol.asyncDispose]();
    await this.#endInput();
  }

  async #endInput(): Promise<void> {
    // The pipe may be broken, or closed already.
    await this.#input.close().catch(() => {});
  }

  #start(): [Program, WritableStreamDefaultWriter<Uint8Array>] {
    const program = new Program({
      args: ["live=-", "--port", "0", ...this.#args],
      stdin: "piped",
    });
    return [program, program.process.stdin.getWriter()];
  }

  #send(): void {
    if (this.silent) return;
    const number = ++this.newest;
    const picture = this.#isFirst ? firstPicture(number) : nextPicture(number);
    this.#isFirst = false;
    // It may have been killed.
    this.#input.write(picture).catch(() => {});
  }
}
