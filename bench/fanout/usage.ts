/** Linux counts processor time in hundredths of a second. */
const TICKS_PER_SECOND = 100;

/** What a process has used and holds. */
export interface Usage {
  /** Processor time of all its threads since it began, in the program. */
  userSeconds: number;
  /** The same, in the kernel on its behalf. */
  systemSeconds: number;
  /**
   * Memory of its own in RAM: not the program's file, of which others that run
   * the same program hold a share that changes.
   */
  kilobytes: number;
}

/** Reads what a process of this machine has used, from `/proc`. */
export async function usageOf(pid: number): Promise<Usage> {
  const stat = await Deno.readTextFile(`/proc/${pid}/stat`);
  // The name, in parentheses, may hold spaces; the state comes after it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const memory = await Deno.readTextFile(`/proc/${pid}/smaps_rollup`);
  return {
    userSeconds: Number(fields[11]) / TICKS_PER_SECOND,
    systemSeconds: Number(fields[12]) / TICKS_PER_SECOND,
    kilobytes: kilobytesOf("Pss_Anon", memory) +
      kilobytesOf("Pss_Shmem", memory),
  };
}

function kilobytesOf(field: string, memory: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(memory)?.[1]);
}

/** The processes that a process has started and that still run. */
export async function childrenOf(pid: number): Promise<number[]> {
  const list = await Deno.readTextFile(`/proc/${pid}/task/${pid}/children`);
  return list.trim().split(/\s+/).filter(Boolean).map(Number);
}
