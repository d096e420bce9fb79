/**
 * What gifstream takes of a machine by its cameras: memory, and CPU time for
 * each picture, of the program and of its ffmpegs. It counts CPU, not time, so
 * that other programs on the machine change little. What viewers take is in
 * `bench/fanout`.
 *
 * ```sh
 * deno run -A bench/sizes/main.ts
 * ```
 *
 * @module
 */

import { delay } from "@std/async/delay";
import { untilChannels } from "../../tests/support/program/cli_channels.ts";
import { Program } from "../../tests/support/program/program.ts";

/** A camera in which something moves, with the noise of a real one. */
const camera = (size: string) => `lavfi:testsrc2=s=${size}:r=10,noise=alls=6`;
/** Milliseconds of a tick of the system's clock of CPU time. */
const TICK_MILLISECONDS = 10;
/** Pictures of each channel that are counted. */
const PICTURES = Number(Deno.args[0] ?? 100);

/** A run: how many cameras, and whether somebody watches each as a GIF. */
const RUNS = [
  { cameras: 1, size: "640x360", watched: false },
  { cameras: 1, size: "640x360", watched: true },
  { cameras: 4, size: "640x360", watched: false },
  { cameras: 4, size: "640x360", watched: true },
  { cameras: 1, size: "1280x720", watched: false },
  { cameras: 1, size: "1280x720", watched: true },
];

for (const run of RUNS) console.log(await measured(run));

async function measured({ cameras, size, watched }: typeof RUNS[number]) {
  const names = Array.from({ length: cameras }, (_, i) => `c${i}`);
  await using program = new Program({
    args: [...names.map((name) => `${name}=${camera(size)}`), "--port", "0"]
      .concat("--size", size.split("x")[0]),
  });
  const address = await program.address();
  const counted = (least: number) =>
    untilChannels(
      address,
      (all) => [...all.values()].every(({ frames }) => frames >= least),
    );
  await counted(1);
  const gone = new AbortController();
  const viewers = names.map(async (name) => {
    if (!watched) return;
    const { signal } = gone;
    const response = await fetch(`${address}/${name}.gif`, { signal });
    await response.body!.pipeTo(new WritableStream()).catch(() => {});
  });
  await delay(5000);
  const { pid } = program.process;
  const before = await used(pid), from = await framesAt(address);
  await counted(Math.ceil(from / cameras) + PICTURES);
  const after = await used(pid), frames = await framesAt(address) - from;
  gone.abort();
  await Promise.all(viewers);
  const each = (ticks: number) =>
    (ticks * TICK_MILLISECONDS / frames).toFixed(1);
  return `${cameras} of ${size}, ${watched ? "watched" : "not watched"}: ` +
    `${after.megabytes} MB, ${
      each(after.ticks - before.ticks)
    } ms a picture; ` +
    `ffmpeg ${after.childMegabytes} MB, ` +
    `${each(after.childTicks - before.childTicks)} ms a picture`;
}

async function framesAt(address: string): Promise<number> {
  const { channels } = await (await fetch(`${address}/api/channels`)).json();
  return channels.reduce(
    (sum: number, it: { frames: number }) => sum + it.frames,
    0,
  );
}

/** Memory and CPU time of a process, and of those that it has started. */
async function used(pid: number) {
  const { ticks, megabytes } = await processUse(pid);
  let childTicks = 0, childMegabytes = 0;
  for (const each of await childrenOf(pid)) {
    const child = await processUse(each);
    childTicks += child.ticks;
    childMegabytes += child.megabytes;
  }
  return { ticks, megabytes, childTicks, childMegabytes };
}

async function processUse(pid: number) {
  const stat = await Deno.readTextFile(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  const kilobytes = Number(status.match(/VmRSS:\s+(\d+)/)?.[1] ?? 0);
  return {
    ticks: Number(fields[11]) + Number(fields[12]),
    megabytes: Math.round(kilobytes / 1024),
  };
}

async function childrenOf(pid: number): Promise<number[]> {
  const found: number[] = [];
  for await (const { name } of Deno.readDir(`/proc/${pid}/task`)) {
    const text = await Deno.readTextFile(`/proc/${pid}/task/${name}/children`);
    for (const each of text.split(" ").filter(Boolean).map(Number)) {
      found.push(each, ...await childrenOf(each));
    }
  }
  return found;
}
