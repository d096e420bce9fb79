/**
 * What becomes of something in a program that has no file descriptor left.
 * This module is that program, too.
 *
 * @module
 */

import { fromFileUrl } from "@std/path";
import { FolderEvents } from "../../../src/source/folder/watch/folder_events.ts";
import { inspect, stackOf } from "../../../src/system/error_stack.ts";
import { loadModule } from "../../../src/system/load_module.ts";
import { startWorker } from "../../../src/system/start_worker.ts";
import { limited } from "./program.ts";

/** More than the program needs from the start. */
const MAX_DESCRIPTORS = 128;

const WORKER = new URL(
  "../../../src/picture/making_worker.ts",
  import.meta.url,
);

const WATCHED_FOLDER = fromFileUrl(new URL(".", import.meta.url));

const ACTIONS = {
  startWorker: () => startWorker(WORKER).terminate(),
  watchFolder: async () => {
    const events = await FolderEvents.open(WATCHED_FOLDER, 0);
    await events.close();
  },
  loadModule: () => loadModule(() => import("ws")),
  stackOf: () => stackOf(new Error("a mistake"))?.includes("starve.ts"),
  inspect: () => inspect(new Error("a mistake")).includes("starve.ts"),
};

/**
 * Does something in a program of its own, first without a descriptor left and
 * then with some.
 *
 * @returns What it came to, both times: `done`, what it says, or an error's
 * code.
 */
export async function starve(
  action: keyof typeof ACTIONS,
): Promise<[without: string, with_: string]> {
  const [command, ...args] = limited(MAX_DESCRIPTORS, [
    ...[Deno.execPath(), "run", "--quiet", "-A"],
    ...[fromFileUrl(import.meta.url), action],
  ]);
  const { success, stdout, stderr } = await new Deno.Command(command, { args })
    .output();
  const decoder = new TextDecoder();
  if (!success) throw new Error(decoder.decode(stderr));
  return JSON.parse(decoder.decode(stdout));
}

async function outcome(action: keyof typeof ACTIONS): Promise<string> {
  try {
    const result = await ACTIONS[action]();
    return typeof result === "boolean" ? String(result) : "done";
  } catch (error) {
    return String((error as { code?: string }).code);
  }
}

if (import.meta.main) {
  const action = Deno.args[0] as keyof typeof ACTIONS;
  const files: Deno.FsFile[] = [];
  try {
    for (;;) files.push(Deno.openSync("/dev/null"));
  } catch {
    // The one before was the last.
  }
  const without = await outcome(action);
  for (const file of files) file.close();
  console.log(JSON.stringify([without, await outcome(action)]));
}
