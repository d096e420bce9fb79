/**
 * A program with all processes that it has started.
 *
 * @module
 */

import { residentMegabytes } from "../program/process_memory.ts";

/** Linux counts processor time in hundredths of a second. */
const TICKS_PER_SECOND = 100;

/** A process and all below it, the process itself first. */
export function processTree(pid: number): number[] {
  const children = readProc(pid, `task/${pid}/children`) ?? "";
  return [
    pid,
    ...children.split(" ").filter(Boolean).flatMap((child) =>
      processTree(Number(child))
    ),
  ];
}

/** Seconds of processor time that processes have taken, all together. */
export function processorSeconds(pids: number[]): number {
  let ticks = 0;
  for (const pid of pids) {
    // The name, in parentheses, may hold spaces; the state comes after it.
    const stat = readProc(pid, "stat");
    if (stat === undefined) continue;
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks / TICKS_PER_SECOND;
}

/** Megabytes that processes have in memory, all together. */
export function treeMegabytes(pids: number[]): number {
  return pids.filter((pid) => readProc(pid, "status")?.includes("VmRSS"))
    .reduce((sum, pid) => sum + residentMegabytes(pid), 0);
}

/** The name of the program that a process runs, of 15 letters at most. */
export function processName(pid: number): string | undefined {
  return readProc(pid, "comm")?.trim();
}

/** `undefined` if the process has ended. */
function readProc(pid: number, name: string): string | undefined {
  try {
    return Deno.readTextFileSync(`/proc/${pid}/${name}`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || isGone(error)) {
      return undefined;
    }
    throw error;
  }
}

/** A process that ends while it is read gives ESRCH. */
function isGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ESRCH";
}
