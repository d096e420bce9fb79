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

  /** Ends it with a signal, unless it has ended. */
  async end(signal: Deno.Signal): Promise<void> {
    try {
      this.#child.kill(signal);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
    await this.#child.status;
  }

  /** Ends it as Ctrl-C does. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.end("SIGINT");
  }
}

/** `gifstream`, listening. */
export class Gifstream extends RunningProgram {
  /** Its address, with a slash at the end. */
  readonly origin: string;
  readonly #drained: Promise<void>;

  /** Use {@linkcode startGifstream}. */
  constructor(
    child: Deno.ChildProcess,
    origin: string,
    drained: Promise<void>,
  ) {
    super(child);
    this.origin = origin;
    this.#drained = drained;
  }

  override async end(signal: Deno.Signal): Promise<void> {
    await super.end(signal);
    await this.#drained;
  }
}

/** Starts `gifstream INPUT`, and waits until it listens. */
export async function startGifstream(
  input: string,
  port = 0,
): Promise<Gifstream> {
  const cli = join(ROOT, "cli.ts");
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", cli, input, "--port", String(port)],
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
  return new Gifstream(child, origin, drain(reader));
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
