/**
 * Tries gifstream with random GIFs and mutants of GIFs: `--help` teaches.
 *
 * @module
 */

import { Failures } from "./failures.ts";
import { runTrial } from "./in_process/run_trial.ts";
import { readSamples } from "./inputs/samples.ts";
import { type FuzzOptions, HELP, readOptions, UsageError } from "./options.ts";
import { Progress } from "./progress.ts";
import { tellOne } from "./tell_one.ts";

/** Runs what the command line asks for; answers the exit code. */
async function main(args: string[]): Promise<number> {
  try {
    const options = readOptions(args);
    if (options !== "help") return await run(options);
    console.log(HELP);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    return 2;
  }
}

async function run(options: FuzzOptions): Promise<number> {
  const samples = await readSamples();
  for (const name of samples.leftOut) console.error(`Left out: ${name}`);
  const { way, count } = options;
  const failures = new Failures(options);
  const isOne = options.file !== undefined || count === 1;
  if (isOne && way === "in-process") {
    return await tellOne(options, samples);
  }
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  Deno.addSignalListener("SIGINT", stop);
  const progress = new Progress(count);
  const context = { failures, progress, signal: stopping.signal };
  try {
    const summary = await ways[way](options, samples, context);
    progress.end();
    console.log(
      `${summary}\ntime      ${progress.seconds.toFixed(0)} s\n` +
        `failed    ${failures.count}`,
    );
  } finally {
    Deno.removeSignalListener("SIGINT", stop);
  }
  return failures.count === 0 ? 0 : 1;
}

const ways: Record<FuzzOptions["way"], typeof runTrial> = {
  "in-process": runTrial,
  browser: async (...all) => {
    const { runBesideChromium } = await import("./browser/run_beside.ts");
    return await runBesideChromium(...all);
  },
  live: async (...all) => {
    const { runLive } = await import("./live/run_live.ts");
    return await runLive(...all);
  },
};

if (import.meta.main) Deno.exit(await main(Deno.args));
