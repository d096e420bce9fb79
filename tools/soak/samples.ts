/** What is looked at; each should stay as it is. */
export interface Sample {
  seconds: number;
  residentMegabytes: number;
  descriptors: number;
  threads: number;
  children: number;
  /** Lines of `/metrics` that hold a value. */
  series: number;
}

/** The measures of a sample, with the growth an hour that is too much. */
export const MEASURES = {
  residentMegabytes: { unit: "MB", mostAnHour: 60, slack: 250 },
  descriptors: { unit: "", mostAnHour: 20, slack: 60 },
  threads: { unit: "", mostAnHour: 5, slack: 16 },
  children: { unit: "", mostAnHour: 2, slack: 4 },
  series: { unit: "", mostAnHour: 60, slack: 300 },
} as const satisfies Partial<
  Record<keyof Sample, { unit: string; mostAnHour: number; slack: number }>
>;

export type Measure = keyof typeof MEASURES;

/** Looks at the program. */
export async function sample(
  pid: number,
  address: string,
  startedAt: number,
): Promise<Sample> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  const number = (name: string) =>
    Number(status.match(new RegExp(`^${name}:\\s+(\\d+)`, "m"))?.[1]);
  const metrics = await (await fetch(`${address}/metrics`)).text();
  return {
    seconds: (performance.now() - startedAt) / 1000,
    residentMegabytes: number("VmRSS") / 1024,
    descriptors: [...Deno.readDirSync(`/proc/${pid}/fd`)].length,
    threads: number("Threads"),
    children: await countChildren(pid),
    series: metrics.match(/^[^#\s].*$/gm)?.length ?? 0,
  };
}

async function countChildren(pid: number): Promise<number> {
  let count = 0;
  for await (const { name } of Deno.readDir(`/proc/${pid}/task`)) {
    try {
      const path = `/proc/${pid}/task/${name}/children`;
      const children = await Deno.readTextFile(path);
      count += children.split(" ").filter(Boolean).length;
    } catch (error) {
      // The thread has ended meanwhile.
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return count;
}

/** How a measure went on. */
export interface Course {
  measure: Measure;
  /** The medians of the first and of the last third. */
  first: number;
  last: number;
  /** The slope of the line of least squares. */
  anHour: number;
  isFlat: boolean;
}

/** How each measure went on, once the program had warmed up. */
export function courses(samples: readonly Sample[]): Course[] {
  const third = Math.max(1, Math.floor(samples.length / 3));
  const [{ seconds: from }] = samples;
  const hours = (samples.at(-1)!.seconds - from) / 3600;
  return (Object.keys(MEASURES) as Measure[]).map((measure) => {
    const values = samples.map((sample) => sample[measure]);
    const first = median(values.slice(0, third));
    const last = median(values.slice(-third));
    const anHour = 3600 * slope(samples, measure);
    // Over minutes, what is in use now and then weighs more than any growth.
    const { mostAnHour, slack } = MEASURES[measure];
    const isFlat = last - first <= Math.max(slack, hours * mostAnHour);
    return { measure, first, last, anHour, isFlat };
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function slope(samples: readonly Sample[], measure: Measure): number {
  const mean = (of: (sample: Sample) => number) =>
    samples.reduce((sum, it) => sum + of(it), 0) / samples.length;
  const x = mean(({ seconds }) => seconds), y = mean((it) => it[measure]);
  let product = 0, square = 0;
  for (const it of samples) {
    product += (it.seconds - x) * (it[measure] - y);
    square += (it.seconds - x) ** 2;
  }
  return square === 0 ? 0 : product / square;
}
