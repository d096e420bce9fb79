/** Memory and time that the process uses, with all its threads and without its children. */
export interface ProcessUsage {
  /** Bytes of memory. */
  residentBytes: number;
  /** Processor time since its start, in seconds. */
  cpuSeconds: number;
}

interface ProcessLike {
  memoryUsage?: () => { rss: number };
  cpuUsage?: () => { user: number; system: number };
}

/** Finds what this process uses; undefined in runtimes that do not tell. */
export function processUsage(): ProcessUsage | undefined {
  // By a static import of `node:process`, others could not load this module.
  const { process } = globalThis as { process?: ProcessLike };
  const memory = process?.memoryUsage?.(), cpu = process?.cpuUsage?.();
  if (memory === undefined || cpu === undefined) return undefined;
  const cpuSeconds = (cpu.user + cpu.system) / 1e6;
  return { residentBytes: memory.rss, cpuSeconds };
}
