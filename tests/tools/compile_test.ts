/**
 * The executable that `deno task compile` makes. What it consists of besides
 * our code, Deno's own runtime, has to be downloaded: another program stands in
 * for it, so that all but running the executable is tried.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { walk } from "@std/fs/walk";
import { dirname, fromFileUrl, join } from "@std/path";
import { compileCommand, TARGETS } from "../../tools/compile.ts";
import config from "../../deno.json" with { type: "json" };
import { withFolder } from "../support/folder/temporary_folder.ts";
import { untilChannels } from "../support/program/cli_channels.ts";
import { Program } from "../support/program/program.ts";
import { requireFile, requireTool } from "../support/require.ts";

const ROOT = fromFileUrl(new URL("../../", import.meta.url));
const COMMAND = config.tasks.compile.command;
const EXECUTABLE = "dist/gifstream";
const PERMISSIONS = COMMAND.match(/--allow-[^\s']+/g)!;
/** The stand-in for the runtime. */
const RUNTIME = "/bin/true";

Deno.test({
  name: "deno task compile makes an executable of all that is embedded",
  ignore: !requireFile(RUNTIME),
  fn: () =>
    withFolder(async (folder) => {
      const executable = join(folder, "gifstream");
      const command = COMMAND.replace(EXECUTABLE, executable);
      const { code, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["task", "--eval", command],
        cwd: ROOT,
        env: { DENORT_BIN: RUNTIME, NO_COLOR: "1" },
      }).output();
      const said = new TextDecoder().decode(stderr);
      assertEquals(code, 0, `Cannot compile:\n${said}`);
      const [made, runtime] = await Promise.all(
        [executable, RUNTIME].map((path) => Deno.stat(path)),
      );
      assert(made.size > runtime.size, `Cannot compile: no program\n${said}`);
    }),
});

Deno.test({
  name: "deno task compile:linux makes an executable for each kind of machine",
  ignore: !requireFile(RUNTIME),
  fn: () =>
    withFolder(async (folder) => {
      for (const machine of TARGETS.keys()) {
        const { code, stderr } = await new Deno.Command(Deno.execPath(), {
          args: ["task", "--eval", compileCommand(machine, folder)],
          cwd: ROOT,
          env: { DENORT_BIN: RUNTIME, NO_COLOR: "1" },
        }).output();
        assertEquals(code, 0, new TextDecoder().decode(stderr));
        const file = join(folder, `gifstream-linux-${machine}`);
        assert((await Deno.stat(file)).size > 1e6);
      }
    }),
});

/** Rooms that only the program uses. */
const OF_PROGRAM = /\/src\/(cli|publish|http\/workers)\//;

for (const entry of ["cli.ts", "mod.ts"]) {
  // By these, deno compile, deno cache and bundlers find them.
  Deno.test(`${entry} imports the modules that it finds by their addresses`, async () => {
    const imported = await modulesOf(entry);
    // The library has no threads of the program.
    const found = (await foundByAddress())
      .filter((path) => entry === "cli.ts" || !OF_PROGRAM.test(path));
    assert(found.length > 0);
    assertEquals(found.filter((path) => !imported.has(path)), []);
  });
}

for (const server of ["deno", "node"]) {
  Deno.test({
    name: `deno task compile permits what the program does as ${server} serves`,
    ignore: !requireTool("ffmpeg"),
    fn: () =>
      withFolder(async (folder) => {
        await using program = new Program({
          permissions: PERMISSIONS,
          env: { GIFSTREAM_TOKEN: "let-me-in" },
          args: [
            ...["door=test:", "film=lavfi:testsrc", `yard=${folder}`],
            ...["sent=ingest:", "--server", server, "--port", "0"],
          ],
        });
        const address = await program.address();
        await untilChannels(address, (channels) => hasFrames(channels, "door"));
        const picture = await fetch(`${address}/door/snapshot.jpg`);
        const bytes = await picture.bytes();
        await Deno.writeFile(join(folder, "1.jpg"), bytes);
        await send(`${address}/sent/frames`, bytes);
        await untilChannels(
          address,
          (channels) => hasFrames(channels, "film", "yard", "sent"),
        );
        await askForAll(address);
        await receiveMessage(`${address.replace("http", "ws")}/door/ws`);
        assert(
          !/Requires .* access/.test(program.errorText),
          program.errorText,
        );
        assertEquals(await program.stop(), 0);
      }),
  });
}

/** All modules that a module imports, and so on. */
async function modulesOf(entry: string): Promise<Set<string>> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--quiet", "--json", entry],
    cwd: ROOT,
  }).output();
  const { modules } = JSON.parse(new TextDecoder().decode(stdout)) as {
    modules: { local?: string }[];
  };
  return new Set(modules.flatMap(({ local }) => local ?? []));
}

/** Modules that threads are started with. */
async function foundByAddress(): Promise<string[]> {
  const found: string[] = [];
  for await (const { path } of walk(join(ROOT, "src"), { exts: [".ts"] })) {
    const text = await Deno.readTextFile(path);
    const addresses = text.matchAll(
      /new URL\(\s*"([^"]+\.ts)",\s*import\.meta\.url/g,
    );
    for (const [, address] of addresses) {
      found.push(join(dirname(path), address));
    }
  }
  return found;
}

function hasFrames(
  channels: Map<string, { frames: number }>,
  ...names: string[]
): boolean {
  return names.every((name) => channels.get(name)!.frames > 0);
}

async function send(
  address: string,
  body: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const headers = { authorization: "Bearer let-me-in" };
  const answer = await fetch(address, { method: "POST", headers, body });
  assertEquals([answer.status, await answer.json()], [200, {
    frames: 1,
    refused: 0,
  }]);
}

/** Asks for each address that the program documents. */
async function askForAll(address: string): Promise<void> {
  const document = await (await fetch(`${address}/openapi.json`)).json();
  for (const path of Object.keys(document.paths)) {
    const at = address + path.replace("{channel}", "door");
    const answer = await fetch(at);
    // Streams do not end: one piece of each.
    const reader = answer.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    assert(answer.status < 500, `${at}: ${answer.status}`);
  }
}

async function receiveMessage(address: string): Promise<void> {
  const socket = new WebSocket(address);
  const closed = new Promise((resolve) => socket.onclose = resolve);
  await new Promise((resolve, reject) => {
    socket.onmessage = resolve;
    socket.onerror = () => reject(new Error(`${address} opens no WebSocket`));
  });
  socket.close();
  await closed;
}
