import type { SourceJpeg, SourcePicture } from "../../encoding/frame_source.ts";
import { ChildProgram } from "../../source/process/child_program.ts";
import { lastWords } from "../../source/process/last_words.ts";
import { SecretWords } from "../../source/secrets/secret_words.ts";
import { shownInput } from "../../source/secrets/shown_input.ts";
import { errorMessage } from "../../system/error_message.ts";
import { pause } from "../../timing/pause.ts";
import { commandOf } from "../../source/command_input.ts";
import { bytePictures } from "./byte_pictures.ts";
import type { SourceContext } from "./source_context.ts";

const MIN_PAUSE_MILLISECONDS = 500;
const MAX_PAUSE_MILLISECONDS = 30_000;
/** A run longer than this resets the pause before the next start. */
const WELL_MILLISECONDS = 10_000;

/**
 * The pictures that a command writes to standard output. It is started again
 * when it ends, and ended with all that it has started.
 *
 * @param input The input, as in `exec:rpicam-vid -t 0 -o -`.
 * @throws {Error} If it ends before its first picture, in its own words.
 */
export async function* commandPictures(
  input: string,
  context: SourceContext,
): AsyncGenerator<SourcePicture, void> {
  const { events, signal } = context;
  const name = shownInput(input);
  const secrets = new SecretWords([input]);
  let rest = MIN_PAUSE_MILLISECONDS, hasGiven = false;
  while (!signal.aborted) {
    const startedAt = performance.now();
    const program = await start(commandOf(input)!, secrets);
    const run = new CommandRun(name, program, context);
    yield* run.pictures();
    const why = await run.end();
    if (signal.aborted) return;
    hasGiven ||= run.hasGiven;
    if (!hasGiven) throw new Error(`Cannot play ${name}: ${why}`);
    events.onState("no signal", why);
    if (performance.now() - startedAt > WELL_MILLISECONDS) {
      rest = MIN_PAUSE_MILLISECONDS;
    }
    await pause(rest, signal);
    rest = Math.min(2 * rest, MAX_PAUSE_MILLISECONDS);
    if (!signal.aborted) events.onWarning(`${name}: ${why}; starting it again`);
  }
}

/** One run of the command. */
class CommandRun {
  /** True once a picture has come. */
  hasGiven = false;
  readonly #name: string;
  readonly #program: ChildProgram;
  readonly #context: SourceContext;
  #failure: string | undefined;

  constructor(name: string, program: ChildProgram, context: SourceContext) {
    this.#name = name;
    this.#program = program;
    this.#context = context;
  }

  /** The pictures, until the program ends, or writes what is none. */
  async *pictures(): AsyncGenerator<SourcePicture, void> {
    const { signal, jpegs } = this.#context;
    const stop = () => this.#program.stop();
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    const taken = jpegs && {
      ...jpegs,
      take: (jpeg: SourceJpeg) => {
        this.#note();
        jpegs.take(jpeg);
      },
    };
    const context = { ...this.#context, jpegs: taken };
    const origin = { name: this.#name, live: true };
    try {
      for await (
        const picture of bytePictures(this.#program.stdout, origin, context)
      ) {
        this.#note();
        yield picture;
      }
    } catch (error) {
      // The name stands before it again.
      const message = errorMessage(error);
      this.#failure = message.replace(/^Cannot (read|play) exec:\S*: /, "");
    } finally {
      this.#program.stop();
      signal.removeEventListener("abort", stop);
    }
  }

  /** Waits for the end; tells why it came. */
  async end(): Promise<string> {
    const { success, byASignal, reason } = await this.#program.end();
    const knowsBetter = !success && !byASignal;
    return knowsBetter ? reason : this.#failure ?? reason;
  }

  #note(): void {
    if (!this.hasGiven) this.#context.events.onState("live", null);
    this.hasGiven = true;
  }
}

function start(command: string, secrets: SecretWords): Promise<ChildProgram> {
  const [shell, ...args] = Deno.build.os === "windows"
    ? ["cmd", "/d", "/s", "/c"]
    : ["sh", "-c"];
  return ChildProgram.start(shell, [...args, command], {
    readWords: (stream) => lastWords(stream, (words) => secrets.hideAll(words)),
  });
}
