import type { Pixels } from "../../image/pixels.ts";
import { readPictures } from "./ffmpeg_pictures.ts";
import { lastWords } from "./ffmpeg_words.ts";

/** How long ffmpeg has to end by itself when it is told to. */
const GOODBYE_MILLISECONDS = 1000;

/** How a run of ffmpeg ended. */
export interface FfmpegEnd {
  /** Whether it came to the end of its input. */
  success: boolean;
  /** Why it ended, in ffmpeg's own words where there are any. */
  reason: string;
}

/** ffmpeg, running. */
export class FfmpegProcess {
  readonly #child: Deno.ChildProcess;
  readonly #words: Promise<string>;
  readonly #status: Promise<Deno.CommandStatus>;
  #running = true;
  #stopReason: string | undefined;
  #killTimer: ReturnType<typeof setTimeout> | undefined;

  /**
   * Starts it.
   *
   * @param args Its command line; pictures go to standard output as PPM.
   * @param hide Frees its words of what must not be shown.
   * @throws {Error} If it is not installed; the message says how to.
   */
  constructor(args: string[], hide: (text: string) => string) {
    this.#child = start(args);
    this.#words = lastWords(this.#child.stderr, hide);
    this.#status = this.#watch();
  }

  /** The pictures as they come, to the end of the process. */
  pictures(maxPixels: number): AsyncGenerator<Pixels> {
    return readPictures(this.#child.stdout, maxPixels);
  }

  /**
   * Tells it to end, and makes it if it does not. Pictures go on until then.
   *
   * @param reason Why, for {@linkcode FfmpegProcess.end}.
   */
  stop(reason?: string): void {
    if (!this.#running || this.#killTimer !== undefined) return;
    this.#stopReason = reason;
    this.#signal("SIGTERM");
    this.#killTimer = setTimeout(
      () => this.#signal("SIGKILL"),
      GOODBYE_MILLISECONDS,
    );
  }

  /** How it ended. Somebody must read the pictures, or it never does. */
  async end(): Promise<FfmpegEnd> {
    const status = await this.#status;
    const words = await this.#words;
    const reason = this.#stopReason ??
      (words !== ""
        ? words
        : status.signal !== null
        ? `it was ended by ${status.signal}`
        : status.success
        ? "the input has ended"
        : `it ended with code ${status.code}`);
    return { success: status.success, reason };
  }

  async #watch(): Promise<Deno.CommandStatus> {
    const status = await this.#child.status;
    this.#running = false;
    clearTimeout(this.#killTimer);
    return status;
  }

  #signal(signal: Deno.Signal): void {
    try {
      this.#child.kill(signal);
    } catch (error) {
      // It has ended just now.
      if (
        !(error instanceof TypeError || error instanceof Deno.errors.NotFound)
      ) throw error;
    }
  }
}

function start(args: string[]): Deno.ChildProcess {
  try {
    return new Deno.Command("ffmpeg", {
      args,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(
      "Cannot start ffmpeg: it is not in the search path; install it: " +
        installCommand(),
      { cause: error },
    );
  }
}

function installCommand(): string {
  switch (Deno.build.os) {
    case "darwin":
      return "brew install ffmpeg";
    case "windows":
      return "winget install ffmpeg";
    default:
      return "sudo apt install ffmpeg";
  }
}
