/** Linux counts processor time in hundredths of a second. */
const TICKS_PER_SECOND = 100;

/** Processor time that was used. */
export interface ProcessorTime {
  /** In the program. */
  userSeconds: number;
  /** In the kernel on its behalf. */
  systemSeconds: number;
}

/** What a server has used and holds. */
export interface Usage extends ProcessorTime {
  /** The same time of each thread, by its number. */
  threads: Map<number, ProcessorTime>;
  /**
   * Memory of its own in RAM: not the program's file, of which others that run
   * the same program hold a share that changes.
   */
  kilobytes: number;
}

/** Reads what processes of this machine have used together, from `/proc`. */
export async function usageOf(pids: readonly number[]): Promise<Usage> {
  const all: Usage = {
    userSeconds: 0,
    systemSeconds: 0,
    threads: new Map(),
    kilobytes: 0,
  };
  for (const pid of pids) {
    const { userSeconds, systemSeconds } = await timeOf(`/proc/${pid}`);
    all.userSeconds += userSeconds;
    all.systemSeconds += systemSeconds;
    for await (const { name } of Deno.readDir(`/proc/${pid}/task`)) {
      const thread = await timeOf(`/proc/${pid}/task/${name}`);
      all.threads.set(Number(name), thread);
    }
    const memory = await Deno.readTextFile(`/proc/${pid}/smaps_rollup`);
    all.kilobytes += kilobytesOf("Pss_Anon", memory) +
      kilobytesOf("Pss_Shmem", memory);
  }
  return all;
}

async function timeOf(folder: string): Promise<ProcessorTime> {
  const stat = await Deno.readTextFile(`${folder}/stat`);
  // The name, in parentheses, may hold spaces; the state comes after it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return {
    userSeconds: Number(fields[11]) / TICKS_PER_SECOND,
    systemSeconds: Number(fields[12]) / TICKS_PER_SECOND,
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
