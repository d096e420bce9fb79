/**
 * A program of others that runs beside the test, and says nothing.
 *
 * @module
 */

/** The program, running. `await using` ends it. */
export class OtherProgram implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #signal: Deno.Signal;

  constructor(command: string, args: string[], signal: Deno.Signal) {
    this.#signal = signal;
    this.#child = new Deno.Command(command, {
      args,
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#child.kill(this.#signal);
    } catch (error) {
      // It has ended already.
      if (!(error instanceof TypeError)) throw error;
    }
    await this.#child.status;
  }
}
