import { assert } from "@std/assert";
import {
  completionsFor,
  type Shell,
} from "../../../src/cli/completions/completions.ts";
import { OPTIONS } from "../../../src/cli/options/option_table.ts";
import { withFolder } from "../../support/folder/temporary_folder.ts";
import { requireTool } from "../../support/require.ts";

const WAIT_MILLISECONDS = 60_000;
/** Deletes what is typed. */
const CLEAR = "\x15";

/** What a user types, and what the shell makes of it at the tab. */
const TYPED: [typed: string, completed: RegExp][] = [
  ["gifstream --print-\t", /--print-config/],
  ["gifstream --socket-g\t", /--socket-group/],
  ["gifstream --log js\t", /--log json/],
  ["gifstream --mode=ba\t", /--mode=balanced/],
  ["gifstream tes\t", /gifstream test:/],
  ["gifstream --config mine.y\t", /--config mine\.yaml/],
];

/** Ways to start a shell that reads what `rc` says. */
const SHELLS: [Shell, string, rc: string][] = [
  ["bash", "bash --norc -i", "source ./completions"],
  [
    "zsh",
    "zsh -f -i",
    "autoload -Uz compinit; compinit -u -D; source ./completions",
  ],
  ["fish", "fish --no-config -i", "source ./completions"],
];

for (const [shell, command, rc] of SHELLS) {
  Deno.test({
    name: `${shell} completes options, values, inputs and files`,
    ignore: !requireTool(shell) || !requireTool("script"),
    fn: () =>
      withFolder(async (folder) => {
        await Deno.writeTextFile(
          `${folder}/completions`,
          completionsFor(shell) + "\n",
        );
        await Deno.writeTextFile(`${folder}/mine.yaml`, "");
        await using terminal = new Terminal(command, folder);
        await terminal.type(`${rc}; echo REA''DY\n`);
        await terminal.until(/READY/);
        for (const [typed, completed] of TYPED) {
          await terminal.type(CLEAR + typed);
          await terminal.until(completed);
        }
      }),
  });
}

Deno.test("completionsFor() names every option for every shell", () => {
  for (const [shell] of SHELLS) {
    const text = completionsFor(shell);
    for (const { name } of OPTIONS) {
      assert(
        text.includes(shell === "fish" ? `-l ${name}` : `--${name}`),
        name,
      );
    }
  }
});

/** A shell on a terminal. */
class Terminal implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #reader: ReadableStreamDefaultReader<string>;
  #shown = "";

  constructor(command: string, cwd: string) {
    this.#process = new Deno.Command("script", {
      args: ["-qec", command, "/dev/null"],
      cwd,
      env: { TERM: "dumb", HOME: cwd, HISTFILE: "" },
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    this.#writer = this.#process.stdin.getWriter();
    this.#reader = this.#process.stdout
      .pipeThrough(new TextDecoderStream()).getReader();
  }

  /** Types something, of which nothing that was shown before tells. */
  async type(text: string): Promise<void> {
    this.#shown = "";
    await this.#writer.write(new TextEncoder().encode(text));
  }

  /** Waits until it shows something. */
  async until(pattern: RegExp): Promise<void> {
    const late = setTimeout(() => this.#process.kill(), WAIT_MILLISECONDS);
    try {
      while (!pattern.test(this.#shown)) {
        const { value, done } = await this.#reader.read();
        assert(!done, `No ${pattern}: ${JSON.stringify(this.#shown)}`);
        this.#shown += value;
      }
    } finally {
      clearTimeout(late);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writer.close().catch(() => {});
    try {
      this.#process.kill("SIGKILL");
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
    await this.#reader.cancel();
    await this.#process.status;
  }
}
