import { assert, assertEquals, assertGreater } from "@std/assert";
import { Program } from "../support/program.ts";
import { withFolder } from "../support/temporary_folder.ts";
import { until } from "../browser/support/until.ts";
import { watch } from "../support/watch.ts";

/** Each makes the program write a line of some 300 bytes. */
const FOLDERS = 8000;
const PADDING = "-".repeat(200);

/** A port that is free at this moment, since nobody reads which one it is. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

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
    await Deno.mkdir(`${this.folder}/last`);
    await until("the last folder", async () => {
      const response = await fetch(`${this.address}/api/channels/last`);
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
    assertEquals(await program.stop("SIGTERM"), 0);
    const lines = program.errorText.trimEnd().split("\n")
      .map((line) => JSON.parse(line));
    const dropped = lines.find(({ droppedLines }) => droppedLines);
    assertEquals(dropped.level, "warning");
    const told = lines.filter(({ message }) => /no name/.test(message));
    assertGreater(told.length, 100);
    assertEquals(told.length + dropped.droppedLines >= FOLDERS, true);
    assert(dropped.droppedLines < FOLDERS);
  }));
