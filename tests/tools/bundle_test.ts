/**
 * The program away from its source: as a single file, as `deno bundle` makes
 * it, and as a copy of what is published.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { cp } from "node:fs/promises";
import { publish } from "../../tools/publish.ts";
import { withFolder } from "../support/folder/temporary_folder.ts";
import { plainJpeg } from "../support/image/jpeg_files.ts";
import { untilChannels } from "../support/program/cli_channels.ts";
import { Program } from "../support/program/program.ts";

const ROOT = fromFileUrl(new URL("../../", import.meta.url));
const MOD = new URL("../../mod.ts", import.meta.url).href;
const TOKEN = "let-me-in";
const PICTURE = plainJpeg(16, 8, [10, 200, 30]);

/** What it takes to serve, but not to read any file. */
const SERVING = ["--allow-net", "--allow-env"];

Deno.test("a bundle of the program serves all forms, by threads", () =>
  withFolder(async (folder) => {
    const path = await bundle("cli.ts", folder);
    await serveAll({ path }, folder, async ({ process: { pid } }) => {
      if (Deno.build.os !== "linux") return;
      // One watches the folder; the others decode, encode and make pictures.
      assert(await countThreads(pid) > 1);
    });
  }));

Deno.test("a bundle of the program serves without threads if it may not read itself", () =>
  withFolder(async (folder) => {
    await using program = new Program({
      path: await bundle("cli.ts", folder),
      permissions: SERVING,
      env: { GIFSTREAM_TOKEN: TOKEN },
      args: ["live=test:", "sent=ingest:", "--port", "0"],
    });
    const address = await program.address();
    await tryChannel(address, "live");
    await send(`${address}/sent/frames`);
    await tryChannel(address, "sent");
    assertEquals(await program.stop(), 0);
  }));

Deno.test("a program in whose bundle the library is decodes pictures", () =>
  withFolder(async (folder) => {
    const program = join(folder, "program.ts");
    await Deno.writeFile(join(folder, "picture.jpg"), PICTURE);
    await Deno.writeTextFile(
      program,
      `import { Channel, Channels, Ingest } from ${JSON.stringify(MOD)};
       const channel = new Channel({ name: "sent" });
       const shown = new Promise((resolve) => channel.follow({ part: resolve }));
       const intake = new Ingest(new Channels([channel]));
       channel.gif.need();
       const file = await Deno.open("picture.jpg");
       await intake.receive("sent", file.readable);
       await shown;
       const { width, height } = channel.screen;
       console.log(width, height);
       await intake.close();
       channel.close();`,
    );
    const path = await bundle(program, folder);
    await Deno.remove(program);
    assertEquals(await deno(["run", "-A", path], folder), "16 8\n");
  }));

Deno.test("a copy of what is published needs nothing else", () =>
  withFolder(async (folder) => {
    const published = join(folder, "published");
    await Deno.mkdir(published);
    const { files } = await publish(["--dry-run", "--no-check"]);
    // Where JSR is out of reach, its packages are those that are linked.
    for (const name of [...files, "tools/std"]) {
      const path = join(published, name);
      await cp(join(ROOT, name), path, { recursive: true });
    }
    const path = join(published, "cli.ts");
    const permissions = ["--cached-only", "--no-lock", "-A"];
    await serveAll({ path, permissions }, folder);
  }));

/** Makes a bundle in a folder; answers its path. */
async function bundle(entry: string, folder: string): Promise<string> {
  const path = join(folder, "bundle.js");
  await deno(["bundle", "--quiet", "--output", path, entry], ROOT);
  return path;
}

/** Runs Deno; answers what it writes to standard output. */
async function deno(args: string[], cwd: string): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd,
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  if (!success) throw new Error(decoder.decode(stderr));
  return decoder.decode(stdout);
}

/** Has a program serve pictures of all sources, and tries all forms. */
async function serveAll(
  program: { path: string; permissions?: string[] },
  folder: string,
  look: (program: Program) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const yard = join(folder, "yard");
  await Deno.mkdir(yard);
  await using running = new Program({
    ...program,
    cwd: folder,
    env: { GIFSTREAM_TOKEN: TOKEN },
    args: ["live=test:", "sent=ingest:", `yard=${yard}`, "--port", "0"],
  });
  const address = await running.address();
  await send(`${address}/sent/frames`);
  await Deno.writeFile(join(yard, "1.jpg"), PICTURE);
  for (const name of ["live", "sent", "yard"]) await tryChannel(address, name);
  await look(running);
  assertEquals(await running.stop(), 0);
  assert(!/error|fault/i.test(running.errorText), running.errorText);
}

/** Asks for each form of a channel's picture. */
async function tryChannel(address: string, name: string): Promise<void> {
  await untilChannels(
    address,
    (channels) => channels.get(name)!.frames > 0,
  );
  for (const form of [".gif", ".mjpeg", "/snapshot.jpg"]) {
    const response = await fetch(`${address}/${name}${form}`);
    const reader = response.body!.getReader();
    const { value } = await reader.read();
    await reader.cancel();
    assertEquals([form, response.status], [form, 200]);
    assert(value!.length > 0, form);
  }
}

async function send(address: string): Promise<void> {
  const response = await fetch(address, {
    method: "POST",
    headers: { authorization: `Bearer ${TOKEN}` },
    body: PICTURE,
  });
  assertEquals(await response.json(), { frames: 1, refused: 0 });
}

/** How many of the program's threads are Deno's workers. */
async function countThreads(pid: number): Promise<number> {
  let count = 0;
  for await (const { name } of Deno.readDir(`/proc/${pid}/task`)) {
    const command = await Deno.readTextFile(`/proc/${pid}/task/${name}/comm`);
    if (command.startsWith("worker-")) count++;
  }
  return count;
}
