/**
 * Lets the program run with everything at once, and looks if it stays as it is:
 *
 *     deno task soak [--minutes N] [--server deno|node]
 *
 * Folders with `--delete-after`, folders that come and go, a film and a pattern
 * on demand, frames that are sent; viewers in all forms who come and go,
 * snapshots, clips, events, and clients that take nothing. It ends with how
 * memory, descriptors, threads, children and metrics went on, and with exit
 * code 1 if one of them grew.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import { parseArgs } from "@std/cli/parse-args";
import { fromFileUrl } from "@std/path";
import { noCounts, runClients } from "./clients.ts";
import { courses, MEASURES, type Sample, sample } from "./samples.ts";
import { makeSources, rest, TOKEN } from "./sources.ts";

const CLI = fromFileUrl(import.meta.resolve("../../cli.ts"));
/** Samples that are taken, however long it runs. */
const SAMPLES = 60;
/** The part of the time after which the program should have warmed up. */
const WARM_UP_PART = 0.3;
/** Connections that hang do not keep it from ending. */
const ENDING_MILLISECONDS = 10_000;

/** Starts the program. */
function start(inputs: string[], server: string): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "-A", CLI, ...inputs, "--port", "0"],
      ...["--server", server, "--on-demand", "--delete-after", "5"],
      ...["--keep", "5", "--ingest", "--loop", "--log", "json"],
    ],
    env: { GIFSTREAM_TOKEN: TOKEN },
    stdout: "null",
    stderr: "piped",
  }).spawn();
}

/** The address that the program logs, after which the log is only counted. */
async function addressOf(child: Deno.ChildProcess): Promise<string> {
  const found = Promise.withResolvers<string>();
  (async () => {
    let text = "";
    const log = child.stderr.pipeThrough(new TextDecoderStream());
    for await (const piece of log) {
      text = (text + piece).slice(-10_000);
      const [, address] = text.match(/(http:\/\/[\d.]+:\d+)\//) ?? [];
      if (address !== undefined) found.resolve(address);
    }
    found.reject(new Error(`The program has ended:\n${text}`));
  })();
  return await found.promise;
}

async function main(args: string[]): Promise<number> {
  const { minutes, server } = parseArgs(args, {
    string: ["minutes", "server"],
    default: { minutes: "120", server: "deno" },
  });
  await using sources = await makeSources();
  const child = start(sources.inputs, server);
  const stopping = new AbortController(), { signal } = stopping;
  Deno.addSignalListener("SIGINT", () => stopping.abort());
  let hasEnded = false;
  child.status.then(() => hasEnded = true);
  try {
    const address = await addressOf(child);
    const counts = noCounts();
    const work = Promise.all([
      sources.run(address, signal),
      runClients(address, counts, signal),
    ]);
    const samples = await watch(child.pid, address, Number(minutes), signal);
    stopping.abort();
    await Promise.race([work, delay(ENDING_MILLISECONDS)]);
    console.log(
      `${counts.visits} visits, ${(counts.bytes / 1e6).toFixed(0)} MB, ` +
        `${counts.failures} failures`,
    );
    return tell(samples) && counts.failures === 0 ? 0 : 1;
  } finally {
    stopping.abort();
    if (!hasEnded) child.kill("SIGINT");
    await child.status;
  }
}

/** Samples of the time after the warm-up. */
async function watch(
  pid: number,
  address: string,
  minutes: number,
  signal: AbortSignal,
): Promise<Sample[]> {
  const startedAt = performance.now(), samples: Sample[] = [];
  const restMilliseconds = minutes * 60_000 / SAMPLES;
  for (let i = 0; i < SAMPLES && !signal.aborted; i++) {
    await rest(restMilliseconds, signal);
    const taken = await sample(pid, address, startedAt);
    if (i >= SAMPLES * WARM_UP_PART) samples.push(taken);
    console.log(
      Object.entries(taken).map(([name, value]) =>
        `${name} ${value.toFixed(0)}`
      ).join("  "),
    );
  }
  return samples;
}

/** Prints how all measures went on; true if none has grown. */
function tell(samples: readonly Sample[]): boolean {
  const all = courses(samples);
  console.log("\nmeasure              first third  last third  an hour");
  for (const { measure, first, last, anHour, isFlat } of all) {
    console.log(
      `${measure} ${MEASURES[measure].unit}`.padEnd(21) +
        first.toFixed(0).padStart(11) + last.toFixed(0).padStart(12) +
        anHour.toFixed(1).padStart(9) + (isFlat ? "" : "  grows"),
    );
  }
  return all.every(({ isFlat }) => isFlat);
}

Deno.exit(await main(Deno.args));
