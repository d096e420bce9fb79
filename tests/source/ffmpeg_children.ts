/**
 * The ffmpeg processes that a process has started, as Linux tells them.
 *
 * @module
 */

import { delay } from "@std/async/delay";

/** Process ids of the ffmpegs that are children of a process, and run. */
export async function ffmpegChildren(parent = Deno.pid): Promise<number[]> {
  const children: number[] = [];
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const state = await stateOf(Number(name));
    if (state?.name === "ffmpeg" && state.parent === parent) {
      children.push(Number(name));
    }
  }
  return children;
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
  let text: string;
  try {
    text = await Deno.readTextFile(`/proc/${pid}/stat`);
  } catch {
    // It ended meanwhile: not found, or "no such process".
    return undefined;
  }
  const [, name, letter, parent] = text.match(/\((.*)\) (\S) (\d+)/s)!;
  // A zombie waits for its parent to hear of its end.
  return letter === "Z" ? undefined : { name, parent: Number(parent) };
}
