/**
 * Many channels in one process: what 50 of them with 20 viewers each cost.
 *
 * Run it with `deno run -A bench/fanout/channels.ts`; `--help` tells the
 * options.
 *
 * @module
 */

import { parseArgs } from "@std/cli/parse-args";
import type {
  ChannelsAddress,
  ChannelsQuestion,
  ChannelsState,
} from "./channels_server.ts";
import { Child } from "./child.ts";
import { type Usage, usageOf } from "./usage.ts";
import type { ViewerCount, ViewersQuestion } from "./viewers.ts";

const HELP = `Many channels: what they cost in one process

deno run -A bench/fanout/channels.ts [options]

  --channels 50    how many
  --viewers 20     viewers of each
  --fps 10         frames a second of each
  --bytes 4096     most bytes of a part
  --seconds 10     for how long they are on air
  --help`;

const NUMBERS = {
  channels: "50",
  viewers: "20",
  fps: "10",
  bytes: "4096",
  seconds: "10",
};

type Load = Record<keyof typeof NUMBERS, number>;

/** What a server of that kind cost. */
interface Result {
  server: string;
  /** Share of one core. */
  cpu: number;
  /** Memory before anybody watched, and at the end. */
  idleKilobytes: number;
  kilobytes: number;
  /** Frames that viewers were not sent. */
  dropped: number;
  /** Frames a second of the slowest channel. */
  slowest: number;
  /** Bytes that all viewers read. */
  readBytes: number;
}

async function main(args: string[]): Promise<void> {
  const parsed = parseArgs(args, {
    string: Object.keys(NUMBERS),
    boolean: ["help"],
    default: NUMBERS,
  });
  if (parsed.help) return console.log(HELP);
  const load = Object.fromEntries(
    Object.keys(NUMBERS).map((name) => [name, Number(parsed[name])]),
  ) as Load;
  console.log(JSON.stringify(load));
  for (const kind of ["deno", "node"]) report(await measure(kind, load));
}

async function measure(kind: string, load: Load): Promise<Result> {
  await using stack = new AsyncDisposableStack();
  const server = Child.start(stack, "channels_server.ts", [
    kind,
    String(load.channels),
    String(load.bytes),
  ]);
  const ask = <Answer>(question: ChannelsQuestion) =>
    server.ask<Answer>(question);
  const { port, names } = await ask<ChannelsAddress>({ do: "address" });
  const idle = await usageOf([server.pid]);
  const watch = Child.start(stack, "viewers.ts");
  const askViewers = <Answer>(question: ViewersQuestion) =>
    watch.ask<Answer>(question);
  // Viewers are there once they have got a picture.
  const publish = (seconds: number) =>
    ask<null>({
      do: "publish",
      frames: seconds * load.fps,
      framesPerSecond: load.fps,
    });
  await publish(1);
  for (const name of names) {
    await askViewers({
      do: "join",
      port,
      path: `/${name}.gif`,
      viewers: load.viewers,
      stop: false,
    });
  }
  await publish(1);
  const before = await usageOf([server.pid]);
  const begin = performance.now();
  await publish(load.seconds);
  const seconds = (performance.now() - begin) / 1000;
  const after = await usageOf([server.pid]);
  const status = await ask<ChannelsState>({ do: "status" });
  const { totalBytes } = await askViewers<ViewerCount>({ do: "count" });
  return {
    server: kind,
    cpu: (cpuSeconds(after) - cpuSeconds(before)) / seconds,
    idleKilobytes: idle.kilobytes,
    kilobytes: after.kilobytes,
    dropped: status.reduce((sum, { skippedFrames }) => sum + skippedFrames, 0),
    slowest: Math.min(...status.map(({ framesPerSecond }) => framesPerSecond)),
    readBytes: totalBytes,
  };
}

function cpuSeconds({ userSeconds, systemSeconds }: Usage): number {
  return userSeconds + systemSeconds;
}

function report(result: Result): void {
  const { server, cpu, idleKilobytes, kilobytes, dropped } = result;
  console.log(
    `--server ${server}: ${(100 * cpu).toFixed(0)} % of a core, ` +
      `${(kilobytes / 1024).toFixed(0)} MB ` +
      `(${(idleKilobytes / 1024).toFixed(0)} MB before), ` +
      `${dropped} frames dropped, ` +
      `slowest channel ${result.slowest} frames a second, ` +
      `${(result.readBytes / 1e6).toFixed(0)} MB read`,
  );
}

await main(Deno.args);
