/**
 * The program as a user runs it: a process of its own.
 *
 * @module
 */

import { fromFileUrl } from "@std/path";

const CLI = fromFileUrl(new URL("../../../cli.ts", import.meta.url));

/** How to run the program. */
export interface ProgramOptions {
  /** What follows the program's name on the command line. */
  args: string[];
  /**
   * The path of the program.
   *
   * @default {"cli.ts"} of this checkout
   */
  path?: string;
  /** Folder to run it in. */
  cwd?: string;
  /** Deno's permission flags. */
  permissions?: string[];
  /** Whether the test writes to its standard input. */
  stdin?: "piped" | "null";
  /** Variables of its environment, besides the test's own. */
  env?: Record<string, string>;
  /**
   * The most files and connections that it may have open at a time.
   *
   * @default {undefined} as many as the test
   */
  maxDescriptors?: number;
  /** Whether nobody reads standard error before {@linkcode Program.read}. */
  unread?: boolean;
  /**
   * Whether file modes hold for it, too, if the test runs as root, for whom
   * they do not. That takes `setpriv`.
   */
  restricted?: boolean;
  /** A command that runs another one. */
  before?: readonly string[];
}

/** Much longer than anything takes that does not fail. */
const WAIT_MILLISECONDS = 300_000;

/** Runs a command that keeps to file modes, though it is root's. */
const RESTRICTED = [
  "setpriv",
  "--bounding-set=-dac_override,-dac_read_search",
  "--inh-caps=-dac_override,-dac_read_search",
];

/** The program, running. `await using` ends it. */
export class Program implements AsyncDisposable {
  /** Everything that it has written to standard error. */
  errorText = "";
  /** The process, for signals. */
  readonly process: Deno.ChildProcess;
  readonly #readAll: Promise<void>;
  readonly #mayRead = Promise.withResolvers<void>();
  #changed = Promise.withResolvers<void>();

  constructor(options: ProgramOptions) {
    const { path = CLI, permissions = ["-A"] } = options;
    const { args, cwd, stdin = "null", env } = options;
    const isRestricted = options.restricted && Deno.uid() === 0;
    const before = options.before ?? (isRestricted ? RESTRICTED : []);
    const [command, ...rest] = limited(options.maxDescriptors, [
      ...before,
      ...[Deno.execPath(), "run", "--quiet", ...permissions, path],
      ...args,
    ]);
    this.process = new Deno.Command(command, {
      args: rest,
      cwd,
      stdin,
      stdout: "null",
      stderr: "piped",
      env: { NO_COLOR: "1", ...env },
    }).spawn();
    this.#readAll = this.#mayRead.promise.then(() => this.#read());
    if (!options.unread) this.read();
  }

  /** Begins to read what it writes to standard error. */
  read(): void {
    this.#mayRead.resolve();
  }

  /**
   * Waits until standard error matches; fails if the program ends first, or
   * after minutes, so that the other tests go on.
   */
  async waitFor(pattern: RegExp): Promise<RegExpMatchArray> {
    const late = Promise.withResolvers<string>();
    const timer = setTimeout(
      () => late.resolve(`in ${WAIT_MILLISECONDS / 1000} s`),
      WAIT_MILLISECONDS,
    );
    try {
      for (;;) {
        const match = this.errorText.match(pattern);
        if (match !== null) return match;
        const change = this.#changed.promise;
        const over = await Promise.race([
          change.then(() => undefined),
          this.#readAll.then(() => "before the end"),
          late.promise,
        ]);
        if (over !== undefined && !pattern.test(this.errorText)) {
          throw new Error(`No ${pattern} ${over}:\n${this.errorText}`);
        }
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** The address that it says it serves, without a slash at its end. */
  async address(): Promise<string> {
    const [, address] = await this.waitFor(/Watch at (http:\/\/\S+?)\//);
    return address;
  }

  /** Ends it as Ctrl-C does, or by another signal; answers its exit code. */
  async stop(signal: Deno.Signal = "SIGINT"): Promise<number> {
    this.process.kill(signal);
    return await this.exitCode();
  }

  /** Waits for its end. */
  async exitCode(): Promise<number> {
    const { code } = await this.process.status;
    this.read();
    await this.#readAll;
    return code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.process.kill("SIGKILL");
    } catch (error) {
      // It has ended already.
      if (!(error instanceof TypeError)) throw error;
    }
    await this.exitCode();
  }

  async #read(): Promise<void> {
    const text = this.process.stderr.pipeThrough(new TextDecoderStream());
    for await (const chunk of text) {
      this.errorText += chunk;
      this.#changed.resolve();
      this.#changed = Promise.withResolvers();
    }
  }
}

/** A command line that runs another with fewer descriptors. */
export function limited(
  maxDescriptors: number | undefined,
  command: string[],
): string[] {
  if (maxDescriptors === undefined) return command;
  return ["sh", "-c", `ulimit -n ${maxDescriptors}; exec "$@"`, "sh"]
    .concat(command);
}
