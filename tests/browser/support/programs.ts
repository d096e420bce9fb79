/**
 * The programs of a real set-up: gifstream's command line, and ffmpeg.
 *
 * @module
 */

import { dirname, fromFileUrl, join } from "@std/path";

const ROOT = dirname(dirname(dirname(dirname(fromFileUrl(import.meta.url)))));

/** A program that runs until it is disposed of. */
export class RunningProgram implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;

  constructor(child: Deno.ChildProcess) {
    this.#child = child;
  }

  /** Ends it as Ctrl-C does, unless it has ended. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#child.kill("SIGINT");
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
    await this.#child.status;
  }
}

/** `gifstream`, listening. */
export interface Gifstream extends AsyncDisposable {
  /** Its address, with a slash at the end. */
  origin: string;
}

/** Starts `gifstream INPUT` on a free port, and waits until it listens. */
export async function startGifstream(...args: string[]): Promise<Gifstream> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", join(ROOT, "cli.ts"), ...args, "--port", "0"],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const reader = child.stderr.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  let origin: string | undefined;
  while (origin === undefined) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`Cannot start gifstream: it said only: ${text}`);
    text += value;
    origin = text.match(/http:\/\/\S+\/(?=\s)/)?.[0];
  }
  const program = new RunningProgram(child);
  const drained = drain(reader);
  return {
    origin,
    [Symbol.asyncDispose]: async () => {
      await program[Symbol.asyncDispose]();
      await drained;
    },
  };
}

/** Starts `ffmpeg` in a folder. */
export function startFfmpeg(folder: string, args: string[]): RunningProgram {
  const command = new Deno.Command("ffmpeg", {
    args: ["-nostdin", "-v", "error", ...args],
    cwd: folder,
    stdin: "null",
    stdout: "null",
    stderr: "inherit",
  });
  return new RunningProgram(command.spawn());
}

/** Takes what a program says, so that it does not wait for us to. */
async function drain(reader: ReadableStreamDefaultReader): Promise<void> {
  while (!(await reader.read()).done);
}
