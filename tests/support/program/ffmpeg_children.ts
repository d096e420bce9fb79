/**
 * The ffmpeg processes that a process has started, as Linux tells them.
 *
 * @module
 */

import { delay } from "@std/async/delay";

/**
 * Process ids of the ffmpegs that a process has started to play something,
 * and that run. Other test files, which run at the same time in this very
 * process, start some too, but not to get PPM images.
 */
export async function ffmpegChildren(parent = Deno.pid): Promise<number[]> {
  const children: number[] = [];
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const state = await stateOf(Number(name));
    if (state?.name !== "ffmpeg" || state.parent !== parent) continue;
    const commandLine = await read(`/proc/${name}/cmdline`) ?? "";
    if (commandLine.split("\0").includes("ppm")) children.push(Number(name));
  }
  return children;
}

/**
 * Runs a test that counts ffmpegs, or starts some, while no other file of tests
 * runs one.
 */
export async function inFfmpegTurn(run: () => Promise<void>): Promise<void> {
  using file = await Deno.open(new URL(import.meta.url));
  await file.lock(true);
  await run();
}

/** Waits until a process is gone. */
export async function waitForEnd(pid: number): Promise<void> {
  while (await stateOf(pid) !== undefined) await delay(20);
}

interface ProcessState {
  name: string;
  parent: number;
}

/** Undefined: no such process, or one that has ended. */
async function stateOf(pid: number): Promise<ProcessState | undefined> {
  const text = await read(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  const [, name, letter, parent] = text.match(/\((.*)\) (\S) (\d+)/s)!;
  // A zombie waits for its parent to hear of its end.
  return letter === "Z" ? undefined : { name, parent: Number(parent) };
}

/** Undefined: the process has ended. */
async function read(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch {
    // Not found, or "no such process".
    return undefined;
  }
}

/** Process ids of all programs whose command line has a text in it. */
export async function processesNaming(text: string): Promise<number[]> {
  const found: number[] = [];
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name) || Number(name) === Deno.pid) continue;
    const commandLine = await read(`/proc/${name}/cmdline`);
    if (commandLine?.includes(text)) found.push(Number(name));
  }
  return found;
}
