/**
 * Runs the commands of documents, as they stand there, in a world where they
 * work, and prints what came of each as a line of JSON.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import { fromFileUrl } from "@std/path";
import { commandsOf, type DocumentedCommand } from "./commands.ts";
import { end, makeWorld, start, type World } from "./world.ts";

const ROOT = fromFileUrl(new URL("../../../", import.meta.url));

/** A long command has this time to serve, and another to go on. */
const SERVING_MILLISECONDS = 90_000;
const LASTING_MILLISECONDS = 4000;
/** An installation, on a busy machine. */
const ENDING_MILLISECONDS = 120_000;

/** What came of a command. */
export interface Outcome extends DocumentedCommand {
  /** Undefined if it did what it should. */
  problem?: string;
}

/** What clients find where their block starts no server. */
const COMPANION = "gifstream live=test: lobby=ingest: yard=test:";
const SERVER = /(^|\|\s*)(\w+=\S+ )*(gifstream|deno run)\b/;
const IS_FILE = /--output\b|--print-config|--version|--help|\bdoctor\b/;

/** A command that goes on. */
interface Running {
  child: Deno.ChildProcess;
  said: { text: string };
  code: () => number | undefined;
}

function begin(world: World, command: string): Running {
  const child = start(world.folder, world.env, command);
  const said = { text: "" };
  let code: number | undefined;
  child.status.then((status) => code = status.code);
  (async () => {
    const text = child.stderr.pipeThrough(new TextDecoderStream());
    for await (const chunk of text) said.text += chunk;
  })().catch(() => {});
  return { child, said, code: () => code };
}

/** Waits until something is true, or the command has ended, or it is late. */
async function wait(
  { code }: Running,
  milliseconds: number,
  isDone: () => boolean,
): Promise<boolean> {
  const late = performance.now() + milliseconds;
  while (performance.now() < late) {
    if (isDone()) return true;
    if (code() !== undefined) return isDone();
    await delay(100);
  }
  return false;
}

/** True if pictures are on air, or are waited for from senders. */
function serves({ said }: Running): boolean {
  const [, address] = said.text.match(/Watch at (\S+?)\/( |\n)/) ?? [];
  if (address === undefined) return false;
  return /On air|Waiting for frames sent|edge|Redis/i.test(said.text);
}

async function runBlock(
  world: World,
  block: DocumentedCommand[],
): Promise<Outcome[]> {
  const running: Running[] = [];
  const outcomes: Outcome[] = [];
  let server: Running | undefined;
  try {
    if (!block.some(({ text }) => SERVER.test(text))) {
      server = begin(world, COMPANION);
      running.push(server);
      if (!await wait(server, SERVING_MILLISECONDS, () => serves(server!))) {
        throw new Error(`Cannot serve: ${server.said.text}`);
      }
    }
    for (const command of block) {
      const isServer = SERVER.test(command.text) && !IS_FILE.test(command.text);
      if (isServer && server !== undefined) await end(server.child);
      const one = begin(world, command.text);
      running.push(one);
      if (isServer) server = one;
      outcomes.push({ ...command, problem: await problemOf(one, isServer) });
    }
  } finally {
    for (const { child } of running) await end(child);
  }
  return outcomes;
}

async function problemOf(
  one: Running,
  isServer: boolean,
): Promise<string | undefined> {
  if (isServer) {
    // A film is over soon; what is on air until then counts.
    if (await wait(one, SERVING_MILLISECONDS, () => serves(one))) return;
    return `is not on air: ${one.said.text}`;
  }
  const isOver = () => one.code() !== undefined;
  const isBusy = () => /Download|Installing|Check/.test(one.said.text);
  // An installation says what it does; all else may go on.
  if (!await wait(one, LASTING_MILLISECONDS, isOver) && isBusy()) {
    await wait(one, ENDING_MILLISECONDS, isOver);
  }
  const code = one.code() ?? 0;
  return code === 0 ? undefined : `ended with ${code}: ${one.said.text}`;
}

const folder = await Deno.makeTempDir({ prefix: "gifstream-test-" });
await Deno.chmod(folder, 0o755);
try {
  await using world = await makeWorld(folder);
  const skipped = new Set<string>(JSON.parse(Deno.args[0]));
  for (const path of Deno.args.slice(1)) {
    const text = await Deno.readTextFile(ROOT + path);
    for (const block of commandsOf(path, text)) {
      const commands = block.filter(({ text }) => !skipped.has(text));
      for (const outcome of await runBlock(world, commands)) {
        console.log(JSON.stringify(outcome));
      }
    }
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}
Deno.exit(0);
