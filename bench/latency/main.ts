/**
 * Glass to glass: how long it takes from the moment a program closes a file
 * with a frame until Chromium, Firefox and WebKit show it, and how long until
 * that is so again after the source has stopped for three seconds.
 *
 * Run it with `deno run -A bench/latency/main.ts`.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import { join } from "@std/path";
import {
  numberedFrame,
  type NumberedFrameOptions,
} from "../../tests/support/browser/numbered_frame.ts";
import { startGifstream } from "../../tests/support/browser/programs.ts";
import { type Camera, now, type Sighting } from "./capture.ts";
import { SIDE, type Viewer, VIEWERS } from "./viewers.ts";

const INTERVAL_MILLISECONDS = 100;
const WARM_UP_FRAMES = 20;
const STEADY_FRAMES = 100;
const STALL_MILLISECONDS = 3000;
const STALLS = 2;
const FRAMES_AFTER_STALL = 25;
/** As near to the median as a screen of 60 Hz allows to be. */
const TOLERANCE_MILLISECONDS = 17;
const PICTURES: { name: string; options: NumberedFrameOptions }[] = [
  { name: "small", options: { blockPixels: 24 } },
  { name: "large", options: { blockPixels: 80, noisy: true } },
];

/** When each frame's file was closed, by number. */
type CloseTimes = Map<number, number>;

/** Writes frames into a folder, on time. */
class Writer {
  readonly closed: CloseTimes = new Map();
  #number = 1;

  constructor(
    readonly folder: string,
    readonly options: NumberedFrameOptions,
  ) {}

  /** Writes some frames; gives the number of the first. */
  async write(frames: number): Promise<number> {
    const first = this.#number;
    const begin = now();
    for (let i = 0; i < frames; i++) {
      await delay(Math.max(0, begin + i * INTERVAL_MILLISECONDS - now()));
      const number = this.#number++;
      const gif = numberedFrame(number, this.options);
      const path = join(this.folder, `in${number}.gif`);
      const file = await Deno.open(path, { write: true, create: true });
      await file.write(gif);
      file.close();
      this.closed.set(number, now());
    }
    return first;
  }
}

/** The lag of a frame; the screen had it between these two. */
interface Lag {
  number: number;
  leastMilliseconds: number;
  mostMilliseconds: number;
}

async function main(): Promise<void> {
  console.log(
    "Time from closing a frame's file to seeing the frame, in milliseconds, " +
      `of one frame each ${INTERVAL_MILLISECONDS} ms`,
  );
  for (const { name, options } of PICTURES) {
    const bytes = numberedFrame(0, options).length;
    console.log(`\n${name} frames of ${bytes} bytes`);
    for (const viewer of VIEWERS) {
      if (viewer.installed) await run(viewer, options);
    }
  }
}

async function run(
  { name, open }: Viewer,
  options: NumberedFrameOptions,
): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir({ prefix: "gifstream-latency-" });
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  const gifstream = stack.use(await startGifstream(folder));
  const site = stack.use(servePage(`${gifstream.origin}live.gif`));
  const startCamera = await open(`http://127.0.0.1:${site.addr.port}/`, stack);
  await measure(name, startCamera, new Writer(folder, options));
}

/** A page that shows nothing but an image. */
function servePage(address: string): Deno.HttpServer<Deno.NetAddr> {
  const html = `<!doctype html><title>Latency</title>
<style>body { margin: 0 } img { display: block; width: ${SIDE}px }</style>
<img id="live"><script>onload = () => live.src = "${address}"</script>`;
  return Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen() {},
  }, () => new Response(html, { headers: { "content-type": "text/html" } }));
}

async function measure(
  name: string,
  startCamera: () => Promise<Camera>,
  writer: Writer,
): Promise<void> {
  await writer.write(WARM_UP_FRAMES);
  const camera = await startCamera();
  const first = await writer.write(STEADY_FRAMES);
  const resumed: number[] = [];
  for (let i = 0; i < STALLS; i++) {
    await delay(STALL_MILLISECONDS);
    resumed.push(await writer.write(FRAMES_AFTER_STALL));
  }
  await delay(INTERVAL_MILLISECONDS);
  const lags = toLags(await camera.stop(), writer.closed);
  const steady = lags.filter(({ number }) =>
    number >= first && number < resumed[0]
  );
  if (steady.length === 0) {
    console.log(`${name}\n  none of ${STEADY_FRAMES} frames seen`);
    return;
  }
  const median = quantile(steady, 0.5);
  const p95 = quantile(steady, 0.95);
  const recoveries = resumed.map((number) =>
    recovery(lags, number, median.mostMilliseconds, writer.closed)
  );
  console.log(`${name}
  median ${between(median)}, 95 % within ${between(p95)}
  ${steady.length} of ${STEADY_FRAMES} frames seen
  back at the median after a stall of ${STALL_MILLISECONDS}: ${
    recoveries.map((time) => time?.toFixed() ?? "never").join(", ")
  }`);
}

/** What is known of a lag, which is not exactly known. */
function between({ leastMilliseconds, mostMilliseconds }: Lag): string {
  return `${leastMilliseconds.toFixed()} to ${mostMilliseconds.toFixed()}`;
}

function toLags(sightings: Sighting[], closed: CloseTimes): Lag[] {
  return sightings.flatMap((sighting) => {
    const { number, earliestMilliseconds, latestMilliseconds } = sighting;
    const time = closed.get(number);
    if (time === undefined) return [];
    return [{
      number,
      leastMilliseconds: Math.max(0, earliestMilliseconds - time),
      mostMilliseconds: latestMilliseconds - time,
    }];
  });
}

function quantile(lags: Lag[], share: number): Lag {
  const sorted = lags.toSorted((a, b) =>
    a.mostMilliseconds - b.mostMilliseconds
  );
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

/** Time from the first frame after a stall to the first seen in time. */
function recovery(
  lags: Lag[],
  resumed: number,
  median: number,
  closed: CloseTimes,
): number | undefined {
  const onTime = lags.find(({ number, mostMilliseconds }) =>
    number >= resumed && mostMilliseconds <= median + TOLERANCE_MILLISECONDS
  );
  return onTime &&
    closed.get(onTime.number)! + onTime.mostMilliseconds - closed.get(resumed)!;
}

if (import.meta.main) await main();
