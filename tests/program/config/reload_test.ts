import { assert, assertEquals, assertMatch } from "@std/assert";
import { delay } from "@std/async/delay";
import { withFolder } from "../../support/folder/temporary_folder.ts";
import {
  channelsOf,
  untilChannels,
} from "../../support/program/cli_channels.ts";
import { Program } from "../../support/program/program.ts";
import { requireTool } from "../../support/require.ts";

const needsSignals = { ignore: Deno.build.os === "windows" };

/** A viewer of a channel, who counts what comes. */
class Watcher implements AsyncDisposable {
  bytes = 0;
  hasEnded = false;
  readonly #stop = new AbortController();
  readonly #reading: Promise<void>;

  constructor(address: string) {
    this.#reading = this.#read(address);
  }

  /** Waits until so many bytes more have come. */
  async more(bytes: number): Promise<void> {
    const enough = this.bytes + bytes;
    const late = performance.now() + 120_000;
    while (this.bytes < enough) {
      assert(!this.hasEnded, "The stream has ended");
      assert(performance.now() < late, `${this.bytes} bytes of ${enough}`);
      await delay(20);
    }
  }

  /** Waits for the end of the stream. */
  async end(): Promise<void> {
    const late = performance.now() + 120_000;
    while (!this.hasEnded) {
      assert(performance.now() < late, "The stream has not ended");
      await delay(20);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#reading;
  }

  async #read(address: string): Promise<void> {
    try {
      const { signal } = this.#stop;
      const response = await fetch(address, { signal });
      assertEquals(response.status, 200);
      for await (const chunk of response.body!) this.bytes += chunk.length;
    } catch (error) {
      if (!this.#stop.signal.aborted) throw error;
    }
    this.hasEnded = true;
  }
}

function config(...lines: string[]): string {
  return ["port: 0", "inputs:", ...lines.map((line) => `  ${line}`), ""]
    .join("\n");
}

const FIRST = config(
  'same: "test:"',
  'faster: {source: "test:", fps: 2}',
  'other: "test:"',
  'gone: "test:"',
);

Deno.test("gifstream takes a change of its file, and keeps viewers of the rest", () =>
  withFolder(async (folder) => {
    const path = `${folder}/gifstream.yaml`;
    await Deno.writeTextFile(path, FIRST);
    await using program = new Program({ args: ["--config", path] });
    const address = await program.address();
    const watch = (name: string) => new Watcher(`${address}/${name}.gif`);
    await using same = watch("same");
    await using faster = watch("faster");
    await using other = watch("other");
    await using gone = watch("gone");
    for (const each of [same, faster, other, gone]) await each.more(1000);
    await Deno.writeTextFile(
      path,
      config(
        'same: "test:"',
        'faster: {source: "test:", fps: 20}',
        'other: {source: "test:", keep: 5}',
        'added: "test:"',
      ),
    );
    await program.waitFor(
      /read again: inputs: 1 added, 1 restarted, 1 replaced, 1 removed, 1 unch/,
    );
    await gone.end();
    await other.end();
    await same.more(1000);
    await faster.more(1000);
    await using added = watch("added");
    await added.more(1000);
    assertEquals(await statusOf(`${address}/gone.gif`), 404);
    await untilChannels(
      address,
      (all) =>
        all.get("same")?.viewers === 1 && all.get("added")?.viewers === 1,
    );
    assertEquals(await program.stop(), 0);
  }));

Deno.test("gifstream changes nothing by a bad file, and says why", () =>
  withFolder(async (folder) => {
    const path = `${folder}/gifstream.yaml`;
    await Deno.writeTextFile(path, FIRST);
    await using program = new Program({ args: ["--config", path] });
    const address = await program.address();
    await using viewer = new Watcher(`${address}/same.gif`);
    await viewer.more(1000);
    const bad: [text: string, message: RegExp][] = [
      [`${FIRST}prot: 3\n`, /yaml, line 7: no such option: prot; did you/],
      [FIRST.replace("fps: 2", "fps: x"), /yaml, line 4: fps takes a numb/],
      [FIRST.replace('"test:"', "test:"), /yaml, line 3: expected YAML/],
      [
        FIRST.replace("fps: 2", "poll: 50"),
        /yaml, line 4: poll works only with fo/,
      ],
      [`ingest: true\n${FIRST}`, /Cannot take frames: expected a token for/],
      [`viewer-token-file: nowhere\n${FIRST}`, /Cannot read nowhere/],
      ["", /line 1: expected options, as port: 8080; found nothing/],
    ];
    for (const [text, message] of bad) {
      await Deno.writeTextFile(path, text);
      await program.waitFor(message);
    }
    assertMatch(program.errorText, /not taken, all goes on as before: /);
    await viewer.more(1000);
    assertEquals((await channelsOf(address)).size, 4);
    assertEquals(await program.stop(), 0);
  }));

Deno.test({
  name: "gifstream reads its file and its secrets again at SIGHUP",
  ...needsSignals,
  fn: () =>
    withFolder(async (folder) => {
      const path = `${folder}/gifstream.yaml`;
      const token = `${folder}/token`;
      const text = `viewer-token-file: ${token}\n${FIRST}`;
      await Deno.writeTextFile(token, "first-token");
      await Deno.writeTextFile(path, text);
      await using program = new Program({ args: ["--config", path] });
      const address = await program.address();
      const status = (token: string) =>
        statusOf(`${address}/api/channels?token=${token}`);
      assertEquals(await status("first-token"), 200);
      await using viewer = new Watcher(`${address}/same.gif?token=first-token`);
      await viewer.more(1000);
      await Deno.writeTextFile(token, "second-token");
      program.process.kill("SIGHUP");
      await program.waitFor(/read again: inputs: 4 unchanged/);
      assertEquals(await status("first-token"), 401);
      assertEquals(await status("second-token"), 200);
      await viewer.more(1000);
      await Deno.writeTextFile(path, `log: json\nmax-viewers: 1\n${text}`);
      program.process.kill("SIGHUP");
      await program.waitFor(/Taken only when the program starts again: log\n/);
      const place = `${address}/same.gif?token=second-token`;
      assertEquals(await statusOf(place), 503);
      assertEquals(await program.stop("SIGTERM"), 0);
    }),
});

Deno.test({
  name: "gifstream reads its secrets again at SIGHUP without such a file, too",
  ...needsSignals,
  fn: () =>
    withFolder(async (folder) => {
      const path = `${folder}/token`;
      await Deno.writeTextFile(path, "first-token");
      await using program = new Program({
        args: ["test:", "--port", "0", "--viewer-token-file", path],
      });
      const place = `${await program.address()}/api/channels?token=`;
      assertEquals(await statusOf(`${place}first-token`), 200);
      await Deno.writeTextFile(path, "second-token");
      program.process.kill("SIGHUP");
      await program.waitFor(/read again: inputs: 1 unchanged/);
      assertEquals(await statusOf(`${place}first-token`), 401);
      assertEquals(await statusOf(`${place}second-token`), 200);
      await Deno.remove(path);
      program.process.kill("SIGHUP");
      await program.waitFor(/not taken, all goes on as before: Cannot read/);
      assertEquals(await statusOf(`${place}second-token`), 200);
    }),
});

Deno.test({
  name: "gifstream ends with its terminal, also with a configuration file",
  ignore: needsSignals.ignore || !requireTool("script"),
  fn: () =>
    withFolder(async (folder) => {
      const path = `${folder}/gifstream.yaml`;
      await Deno.writeTextFile(path, FIRST);
      const cli = new URL("../../../cli.ts", import.meta.url).pathname;
      const run = `exec ${Deno.execPath()} run -A ${cli} --config ${path}`;
      const terminal = new Deno.Command("script", {
        args: ["-qc", `echo pid=$$; ${run}`, "/dev/null"],
        stdin: "piped",
        stdout: "piped",
      }).spawn();
      const reader = terminal.stdout.pipeThrough(new TextDecoderStream())
        .getReader();
      let shown = "";
      while (!/Watch at/.test(shown)) {
        const { value, done } = await reader.read();
        assert(!done, shown);
        shown += value;
      }
      const pid = Number(shown.match(/pid=(\d+)/)?.[1]);
      // The terminal goes with the program that has made it.
      terminal.kill("SIGKILL");
      await reader.cancel();
      await terminal.stdin.close().catch(() => {});
      await terminal.status;
      const late = performance.now() + 60_000;
      while (isRunning(pid)) {
        assert(performance.now() < late, "It runs on without its terminal");
        await delay(100);
      }
    }),
});

async function statusOf(address: string): Promise<number> {
  const response = await fetch(address);
  await response.body?.cancel();
  return response.status;
}

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(Deno.readTextFileSync(`/proc/${pid}/status`));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
