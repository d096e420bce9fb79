import { canGuard, ProcessGuard } from "./process_guard.ts";

/** Time that a program has to end by itself once it is told to. */
const GOODBYE_MILLISECONDS = 1000;

/** The end of a program's run. */
export interface ProgramEnd {
  /** True: it came to its end, and says that all went well. */
  success: boolean;
  /** True: a signal ended it. */
  byASignal: boolean;
  /** Reason for the end, in the program's own words where there are any. */
  reason: string;
}

/** Options of {@linkcode ChildProgram.start}. */
export interface ChildProgramOptions {
  /** Reads its standard error to the end, and gives what is worth showing. */
  readWords: (stream: ReadableStream<Uint8Array>) => Promise<string>;
  /**
   * True: it reads what is written to {@linkcode ChildProgram.stdin}.
   *
   * @default {false}
   */
  reads?: boolean;
}

/**
 * A program that ends with this one, with all that it has started: even if this
 * one is killed.
 */
export class ChildProgram {
  readonly #child: Deno.ChildProcess;
  readonly #guard: ProcessGuard | undefined;
  readonly #words: Promise<string>;
  readonly #end: Promise<Deno.CommandStatus>;
  #running = true;
  #stopReason: string | undefined;
  #killTimer: ReturnType<typeof setTimeout> | undefined;

  private constructor(
    child: Deno.ChildProcess,
    guard: ProcessGuard | undefined,
    readWords: ChildProgramOptions["readWords"],
  ) {
    this.#child = child;
    this.#guard = guard;
    this.#words = readWords(child.stderr);
    this.#end = this.#watch();
  }

  /**
   * Starts a program.
   *
   * @param command Its name, looked up in the search path.
   * @param args Its arguments.
   * @param options Its standard input, and what reads its words.
   * @throws {Deno.errors.NotFound} If there is no such program.
   * @throws {Deno.errors.NotCapable} If it may not be run.
   */
  static async start(
    command: string,
    args: string[],
    { readWords, reads = false }: ChildProgramOptions,
  ): Promise<ChildProgram> {
    const detached = await canGuard();
    const child = new Deno.Command(command, {
      args,
      stdin: reads ? "piped" : "null",
      stdout: "piped",
      stderr: "piped",
      // Then it leads a group, which can be ended as a whole.
      detached,
    }).spawn();
    const guard = detached ? guarded(child) : undefined;
    return new ChildProgram(child, guard, readWords);
  }

  /** Its standard input, if it reads. */
  get stdin(): WritableStream<Uint8Array> {
    return this.#child.stdin;
  }

  /** Its standard output; without a reader it never ends. */
  get stdout(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return this.#child.stdout;
  }

  /**
   * Tells it to end, and kills it if it does not. It may write until then.
   *
   * @param reason The reason that {@linkcode ChildProgram.end} gives.
   */
  stop(reason?: string): void {
    if (!this.#running || this.#killTimer !== undefined) return;
    this.#stopReason = reason;
    this.#guard?.endGroup();
    if (this.#guard === undefined) this.#signal("SIGTERM");
    this.#killTimer = setTimeout(
      () => this.#signal("SIGKILL"),
      GOODBYE_MILLISECONDS,
    );
  }

  /** Waits for its end. */
  async end(): Promise<ProgramEnd> {
    const status = await this.#end;
    const words = await this.#words;
    const reason = this.#stopReason ??
      (words !== ""
        ? words
        : status.signal !== null
        ? `it was ended by ${status.signal}`
        : status.success
        ? "it has ended"
        : `it ended with code ${status.code}`);
    return {
      success: status.success,
      byASignal: status.signal !== null,
      reason,
    };
  }

  async #watch(): Promise<Deno.CommandStatus> {
    const status = await this.#child.status;
    this.#running = false;
    clearTimeout(this.#killTimer);
    // What it has started may run on, and hold its output open.
    await this.#guard?.endGroup();
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

/** Leaves no program without its guard. */
function guarded(child: Deno.ChildProcess): ProcessGuard {
  try {
    return new ProcessGuard(child.pid);
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
}
