/**
 * Fan-out: what one more viewer costs, beside nginx with the Nchan module.
 *
 * All servers run at once, each with viewers of its own on this machine, and
 * publish in turn, a few seconds each, so that whatever else the machine does
 * hits all.
 *
 * Run it with `deno run -A bench/fanout/main.ts`; `--help` tells the options.
 *
 * @module
 */

import type { Start } from "./contender.ts";
import { startGifstream } from "./gifstream.ts";
import { Bout } from "./measure.ts";
import { nchanIsInstalled, startNchan } from "./nchan.ts";
import { type FanoutOptions, HELP, parseOptions } from "./options.ts";
import { report, type Result } from "./report.ts";

const MAX_WINDOW_SECONDS = 10;
const MIN_WINDOWS = 4;
const STOP_SIGNALS: Deno.Signal[] = ["SIGINT", "SIGTERM"];
const STOPPED_EXIT_CODE = 130;
const INSTALL_HINT =
  "nginx with Nchan is not installed, so gifstream is measured alone. " +
  "On Debian: apt-get install nginx libnginx-mod-nchan";

async function main(args: string[]): Promise<number> {
  let options: FanoutOptions | "help";
  try {
    options = parseOptions(args);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    console.error(`${error.message}\nSee --help.`);
    return 2;
  }
  if (options === "help") {
    console.log(HELP);
    return 0;
  }
  return await runUnlessStopped(options);
}

/** Leaves no process behind, however it ends. */
async function runUnlessStopped(options: FanoutOptions): Promise<number> {
  await using stack = new AsyncDisposableStack();
  let stopped = false;
  const stop = async () => {
    stopped = true;
    await stack.disposeAsync();
    Deno.exit(STOPPED_EXIT_CODE);
  };
  for (const signal of STOP_SIGNALS) Deno.addSignalListener(signal, stop);
  try {
    console.log(introduction(options));
    console.log("\n" + report(await measure(options, stack)));
    return 0;
  } catch (error) {
    // The processes that were being asked have been ended on purpose.
    if (stopped) return STOPPED_EXIT_CODE;
    throw error;
  } finally {
    for (const signal of STOP_SIGNALS) Deno.removeSignalListener(signal, stop);
  }
}

function introduction(options: FanoutOptions): string {
  const { viewers, framesPerSecond, bytes, seconds, stopped } = options;
  return `${viewers} viewers, ${framesPerSecond} frames a second, parts of at most ${bytes} bytes, ${seconds} s` +
    (stopped > 0 ? `; ${100 * stopped} % of the viewers have stopped` : "");
}

async function measure(
  options: FanoutOptions,
  stack: AsyncDisposableStack,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const { start, workers } of await starters(options)) {
    const contender = await start(stack, options.bytes, workers);
    const bout = await Bout.prepare(stack, contender, options);
    results.push({ bout, windows: [] });
  }
  const count = Math.max(
    MIN_WINDOWS,
    Math.ceil(options.seconds / MAX_WINDOW_SECONDS),
  );
  for (let i = 0; i < count; i++) {
    const order = i % 2 === 0 ? results : results.toReversed();
    for (const { bout, windows } of order) {
      windows.push(await bout.run(options.seconds / count));
    }
  }
  return results;
}

/** The servers that are measured, the one to compare with last. */
async function starters(
  { alone, workers }: FanoutOptions,
): Promise<{ start: Start; workers: number }[]> {
  const both = [startGifstream("deno"), startGifstream("node")];
  const ours = both.flatMap((start) =>
    [...new Set([1, workers])].map((workers) => ({ start, workers }))
  );
  if (alone) return ours;
  if (await nchanIsInstalled()) {
    return [...ours, { start: startNchan, workers }];
  }
  console.log(INSTALL_HINT);
  return ours;
}

if (import.meta.main) Deno.exitCode = await main(Deno.args);
