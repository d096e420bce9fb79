import { ChildProgram, type ProgramEnd } from "../process/child_program.ts";
import { lastWords } from "../process/last_words.ts";

/** A running ffmpeg that writes pictures to standard output. */
export class FfmpegProcess {
  readonly #program: ChildProgram;

  private constructor(program: ChildProgram) {
    this.#program = program;
  }

  /**
   * Starts ffmpeg.
   *
   * @param args ffmpeg's command line.
   * @param hide Removes secrets from ffmpeg's words.
   * @param bytes What it reads from standard input.
   * @throws {Error} If ffmpeg is not installed; the message says how to install
   * it.
   */
  static async start(
    args: string[],
    hide: (text: string) => string,
    bytes?: ReadableStream<Uint8Array>,
  ): Promise<FfmpegProcess> {
    const reads = bytes !== undefined;
    try {
      const program = await ChildProgram.start("ffmpeg", args, {
        readWords: (stream) => lastWords(stream, hide),
        reads,
      });
      // Once ffmpeg has had enough, it ends, and says why.
      bytes?.pipeTo(program.stdin).catch(() => {});
      return new FfmpegProcess(program);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      throw new Error(
        "Cannot start ffmpeg: it is not in the search path; install it: " +
          installCommand(),
        { cause: error },
      );
    }
  }

  /** Its standard output, until it ends. */
  get stdout(): ReadableStream<Uint8Array> {
    return this.#program.stdout;
  }

  /**
   * Tells ffmpeg to end, and kills it if it does not. Pictures come until then.
   *
   * @param reason The reason that {@linkcode FfmpegProcess.end} gives.
   */
  stop(reason?: string): void {
    this.#program.stop(reason);
  }

  /** Waits for the end. Without a reader of its pictures ffmpeg never ends. */
  end(): Promise<ProgramEnd> {
    return this.#program.end();
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
