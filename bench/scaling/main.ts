/**
 * A flash crowd: thousands of viewers who come within seconds, simulated on
 * what one viewer was measured to cost. It tells how many edges that takes, and
 * what happens second by second.
 *
 * Run it with `deno run bench/scaling/main.ts`; `--help` tells the options.
 *
 * @module
 */

import { parseArgs } from "@std/cli/parse-args";
import { type Crowd, type Edge, fewestEdges, simulate } from "./crowd.ts";
import { MEASURED, type ServerName } from "./figures.ts";

const HELP = `A flash crowd, simulated

deno run bench/scaling/main.ts [options]

  --viewers 100000   viewers who come
  --arrival 10       seconds in which 19 of 20 of them come
  --within 2         longest wait for the first picture, in seconds
  --load 0.7         share of an edge that may be used once all watch
  --edges N          edges; as few as that takes by default
  --server node      what holds the viewers: deno, node, nginx
  --cores 1          cores of an edge that serve viewers
  --gbit 10          its network, in Gbit/s
  --fps 10           frames a second
  --kbit 800         bit rate of the stream, in kbit/s
  --keyframe 40      what a viewer gets first, in kB
  --help`;

const NUMBERS = {
  viewers: "100000",
  arrival: "10",
  within: "2",
  load: "0.7",
  edges: "0",
  cores: "1",
  gbit: "10",
  fps: "10",
  kbit: "800",
  keyframe: "40",
};

function main(args: string[]): number {
  const given = parseArgs(args, {
    string: [...Object.keys(NUMBERS), "server"],
    boolean: ["help"],
    default: { ...NUMBERS, server: "node" },
  });
  if (given.help) {
    console.log(HELP);
    return 0;
  }
  const number = (name: keyof typeof NUMBERS) => Number(given[name]);
  const isServer = given.server in MEASURED;
  const names = Object.keys(NUMBERS) as (keyof typeof NUMBERS)[];
  const bad = names.find((name) =>
    !(number(name) > 0) && !(name === "edges" && number(name) === 0)
  );
  if (!isServer || bad !== undefined) {
    console.error(`Cannot simulate: --${bad ?? "server"} is out of range`);
    return 2;
  }
  const crowd = {
    viewers: number("viewers"),
    arrivalSeconds: number("arrival"),
    framesPerSecond: number("fps"),
    kilobitsPerSecond: number("kbit"),
    keyframeKilobytes: number("keyframe"),
  };
  const edge = {
    cores: number("cores"),
    gigabitsPerSecond: number("gbit"),
    figures: MEASURED[given.server as ServerName],
  };
  const bounds = { maxWaitSeconds: number("within"), maxLoad: number("load") };
  const edges = number("edges") || fewestEdges(crowd, edge, bounds);
  console.log(report(crowd, edge, edges));
  return 0;
}

function report(crowd: Crowd, edge: Edge, edges: number): string {
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  const lines = [[
    ...["second", "have come", "watch", "waited, s"],
    ...["processor", "network", "delivered"],
  ]];
  let next = 1;
  for (const moment of simulate(crowd, edge, edges)) {
    if (moment.seconds < next - 1e-6) continue;
    next = moment.seconds < 10 ? next + 1 : next * 1.5;
    lines.push([
      moment.seconds.toFixed(0),
      moment.come.toFixed(0),
      moment.watching.toFixed(0),
      moment.waitSeconds.toFixed(1),
      percent(moment.processor),
      percent(moment.network),
      percent(moment.delivered),
    ]);
  }
  const viewers = Math.ceil(crowd.viewers / edges);
  const megabytes = viewers * edge.figures.viewerKilobytes / 1024;
  const gigabits = crowd.viewers * crowd.kilobitsPerSecond / 1e6;
  return [
    `${edges} edges of ${viewers} viewers, ${megabytes.toFixed(0)} MB each; ` +
    `${gigabits.toFixed(1)} Gbit/s together`,
    ...lines.map((line) => line.map((cell) => cell.padStart(10)).join(" ")),
  ].join("\n");
}

if (import.meta.main) Deno.exitCode = main(Deno.args);
