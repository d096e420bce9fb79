import { assert, assertEquals, assertGreater } from "@std/assert";
import { until } from "../support/browser/until.ts";
import { withFolder } from "../support/folder/temporary_folder.ts";
import { freePort } from "../support/http/free_port.ts";
import { watch } from "../support/http/watch.ts";
import { Program } from "../support/program/program.ts";

/** Each makes the program write a line of some 300 bytes. */
const FOLDERS = 8000;
const PADDING = "-".repeat(200);

/** A program whose log nobody reads, and one who watches it. */
class Unread implements AsyncDisposable {
  readonly program: Program;
  readonly address: string;
  pictures = 0;
  #watching: Promise<void> | undefined;

  constructor(readonly folder: string, ...args: string[]) {
    const port = freePort();
    this.address = `http://127.0.0.1:${port}`;
    const inputs = ["t=test:", `${folder}/*`];
    this.program = new Program({
      args: [...inputs, "--port", String(port), ...args],
      unread: true,
    });
  }

  async begin(): Promise<void> {
    await until("the server", () =>
      fetch(`${this.address}/healthz`)
        .then((response) => response.text()).then(() => true, () => false));
    this.#watching = this.#watch();
  }

  /** Has it write much more than a pipe holds; it reads the folder by then. */
  async fillLog(): Promise<void> {
    for (let i = 0; i < FOLDERS; i++) {
      await Deno.mkdir(`${this.folder}/no name ${i} ${PADDING}`);
    }
    await this.addChannel("last");
  }

  /** All that was there before has been told of then. */
  async addChannel(name: string): Promise<void> {
    await Deno.mkdir(`${this.folder}/${name}`);
    await until("the channel", async () => {
      const response = await fetch(`${this.address}/api/channels/${name}`);
      await response.body?.cancel();
      return response.ok;
    });
  }

  async assertGoesOn(): Promise<void> {
    const before = this.pictures;
    await until("pictures", () => this.pictures > before + 5);
    const response = await fetch(`${this.address}/healthz`);
    assertEquals(await response.text(), "ok\n");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.program[Symbol.asyncDispose]();
    await this.#watching;
  }

  async #watch(): Promise<void> {
    try {
      for await (const _ of watch(`${this.address}/t.gif`)) this.pictures++;
    } catch (error) {
      // The program was ended.
      if (!(error instanceof TypeError)) throw error;
    }
  }
}

/** What each of the lines in json says; all of them are whole. */
function parsed(text: string): {
  level: string;
  message: string;
  channel?: string;
  droppedLines?: number;
}[] {
  assert(text.endsWith("\n"), text.slice(-1000));
  return text.trimEnd().split("\n").map((line) => JSON.parse(line));
}

for (const server of ["deno", "node"]) {
  Deno.test(`gifstream goes on, and ends, when nobody reads its log (${server})`, () =>
    withFolder(async (folder) => {
      await using unread = new Unread(folder, "--server", server);
      await unread.begin();
      await unread.fillLog();
      await unread.assertGoesOn();
      unread.program.process.kill("SIGTERM");
      const { code } = await unread.program.process.status;
      assertEquals(code, 0);
    }));
}

Deno.test("gifstream tells how many lines of its log were dropped", () =>
  withFolder(async (folder) => {
    await using unread = new Unread(folder, "--log", "json");
    await unread.begin();
    await unread.fillLog();
    await unread.assertGoesOn();
    const { program } = unread;
    program.read();
    await program.waitFor(/"droppedLines"/);
    await unread.addChannel("after");
    await program.waitFor(/"channel":"after"/);
    assertEquals(await program.stop("SIGTERM"), 0);
    const lines = parsed(program.errorText);
    const [gap, ...others] = lines.filter(({ droppedLines }) => droppedLines);
    assertEquals(others, []);
    assertEquals(gap.level, "warning");
    const told = lines.filter(({ message }) => /no name/.test(message));
    assertGreater(told.length, 100);
    // They are of one kind, and say as much.
    const about = (name: string) =>
      lines.filter(({ channel }) => channel === name).length;
    const missing = FOLDERS - told.length + about("after") - about("last");
    assertEquals(gap.droppedLines, missing);
  }));

Deno.test("gifstream leaves whole lines when it ends and nobody reads its log", () =>
  withFolder(async (folder) => {
    await using unread = new Unread(folder, "--log", "json");
    await unread.begin();
    await unread.fillLog();
    assertEquals(await unread.program.stop("SIGTERM"), 0);
    assertGreater(parsed(unread.program.errorText).length, 100);
  }));

Deno.test("gifstream ends when it cannot go on and nobody reads its log", async () => {
  const main = new URL("../../src/cli/main.ts", import.meta.url);
  const failing = `
    import { main } from ${JSON.stringify(main)};
    Deno.stderr.write(new Uint8Array(1e6));
    Deno.addSignalListener = () => { throw new TypeError("to fail"); };
    Deno.exit(await main(["test:", "--port", "0"]));`;
  const program = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", failing],
    stdin: "null",
    stderr: "piped",
  }).spawn();
  assertEquals((await program.status).code, 1);
  await program.stderr.cancel();
});
