import type { Pixels } from "../../image/pixels.ts";
import { readPictures } from "./ffmpeg_pictures.ts";
import { lastWords } from "./ffmpeg_words.ts";

/** Time that ffmpeg has to end by itself once it is told to. */
const GOODBYE_MILLISECONDS = 1000;

/** The end of a run of ffmpeg. */
export interface FfmpegEnd {
  /** True: ffmpeg came to the end of its input. */
  success: boolean;
  /** Reason for the end, in ffmpeg's own words where there are any. */
  reason: string;
}

/** A running ffmpeg. */
export class FfmpegProcess {
  readonly #child: Deno.ChildProcess;
  readonly #words: Promise<string>;
  readonly #status: Promise<Deno.CommandStatus>;
  #running = true;
  #stopReason: string | undefined;
  #killTimer: ReturnType<typeof setTimeout> | undefined;

  /**
   * Starts ffmpeg.
   *
   * @param args ffmpeg's command line, which writes PPM images to standard
   * output.
   * @param hide Removes secrets from ffmpeg's words.
   * @throws {Error} If ffmpeg is not installed; the message says how to install
   * it.
   */
  constructor(args: string[], hide: (text: string) => string) {
    this.#child = start(args);
    this.#words = lastWords(this.#child.stderr, hide);
    this.#status = this.#watch();
  }

  /** The pictures as they come, until the process ends. */
  pictures(maxPixels: number): AsyncGenerator<Pixels> {
    return readPictures(this.#child.stdout, maxPixels);
  }

  /**
   * Tells ffmpeg to end, and kills it if it does not. Pictures come until then.
   *
   * @param reason The reason that {@linkcode FfmpegProcess.end} gives.
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

  /** Waits for the end. Without a reader of its pictures ffmpeg never ends. */
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
      // The process has ended just now.
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
