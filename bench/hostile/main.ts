/**
 * What hostile inputs cost the viewers of another channel. Run it with
 *
 *     deno run -A bench/hostile/main.ts [part of an input's name]
 *
 * For each input and each way in: the longest time that the serving thread is
 * busy at a stretch, the worst answer of `/healthz`, and the worst gap of a
 * viewer of another channel of ten pictures a second.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import { join } from "@std/path";
import { type HostileInput, INPUTS } from "./inputs.ts";

/** Time that each input has. */
const TRIAL_MILLISECONDS = 15_000;
/** Time after its last byte. */
const REST_MILLISECONDS = 2000;
const ENDING_MILLISECONDS = 30_000;
/** The server and the witness are at rest then. */
const START_MILLISECONDS = 1500;
const JOIN_MILLISECONDS = 500;
const TOKEN = "bench";

const WAYS = ["folder", "stdin", "ingest"] as const;
type Way = typeof WAYS[number];

interface Measured {
  busy: number | undefined;
  health: number;
  gap: number;
  peakMegabytes: number;
}

/** The server, with a channel that is watched, and one for the input. */
async function start(way: Way, folder: string) {
  const bad = { folder, stdin: "-", ingest: "ingest:" }[way];
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", import.meta.resolve("./server.ts")],
      ...["good=test:", `bad=${bad}`, "--port", "0"],
    ],
    env: { GIFSTREAM_TOKEN: TOKEN },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const address = Promise.withResolvers<string>();
  (async () => {
    let text = "";
    const lines = child.stderr.pipeThrough(new TextDecoderStream());
    for await (const piece of lines) {
      if (text.length < 10_000) text += piece;
      const [, found] = text.match(/(http:\/\/[\d.:]+)\//) ?? [];
      if (found !== undefined) address.resolve(found);
    }
    address.reject(new Error(text));
  })();
  return { child, address: await address.promise };
}

/** Sends the input its way. */
async function send(
  way: Way,
  { files, extension }: HostileInput,
  { child, address, folder, signal }: {
    child: Deno.ChildProcess;
    address: string;
    folder: string;
    signal: AbortSignal;
  },
): Promise<void> {
  const body = ReadableStream.from(files());
  if (way === "ingest") {
    const response = await fetch(`${address}/bad/frames`, {
      method: "POST",
      headers: { authorization: `Bearer ${TOKEN}` },
      body,
      signal,
    });
    await response.body?.cancel();
  } else if (way === "stdin") {
    await body.pipeTo(child.stdin, { signal });
  } else {
    let number = 0;
    for await (const file of body) {
      if (signal.aborted) return;
      const path = join(folder, `${number++}.${extension}`);
      await Deno.writeFile(path, file);
      await delay(1);
    }
  }
}

/** Starts a viewer of the other channel, who asks for `/healthz`. */
function startWitness(address: string) {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", import.meta.resolve("./witness.ts"), address],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  return {
    begin: () => writer.write(new TextEncoder().encode("begin\n")),
    async end(): Promise<{ health: number; gap: number }> {
      await writer.close();
      const { stdout } = await child.output();
      return JSON.parse(new TextDecoder().decode(stdout));
    },
  };
}

/** Viewers of the input itself, who come and go. */
async function comeAndGo(address: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const leaving = new AbortController();
    const leave = () => leaving.abort();
    const timer = setTimeout(leave, JOIN_MILLISECONDS);
    signal.addEventListener("abort", leave);
    try {
      const { body } = await fetch(`${address}/bad.gif`, leaving);
      await body?.pipeTo(new WritableStream(), leaving);
    } catch (error) {
      if (!leaving.signal.aborted) throw error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", leave);
    }
  }
}

/** Memory at its most, in megabytes; Linux tells. */
async function peakMegabytes(pid: number): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  return Math.round(Number(status.match(/VmHWM:\s+(\d+)/)?.[1]) / 1024);
}

async function measure(way: Way, input: HostileInput): Promise<Measured> {
  const folder = await Deno.makeTempDir({ prefix: "gifstream-bench-" });
  const { child, address } = await start(way, folder);
  const trial = new AbortController(), { signal } = trial;
  try {
    const witness = startWitness(address);
    await delay(START_MILLISECONDS);
    child.kill("SIGUSR2");
    await witness.begin();
    const joining = comeAndGo(address, signal).catch(() => {});
    const sent = send(way, input, { child, address, folder, signal })
      .catch(() => {}).then(() => delay(REST_MILLISECONDS));
    await Promise.race([sent, delay(TRIAL_MILLISECONDS)]);
    const seen = await witness.end();
    const peak = await peakMegabytes(child.pid);
    const result = { ...seen, peakMegabytes: peak };
    trial.abort();
    await joining;
    return { ...result, busy: await end(child) };
  } finally {
    trial.abort();
    await Deno.remove(folder, { recursive: true });
  }
}

/** Ends the server; how long it was busy at most, if it ends in time. */
async function end(child: Deno.ChildProcess): Promise<number | undefined> {
  const output = new Response(child.stdout).text();
  child.kill("SIGINT");
  const killer = setTimeout(() => child.kill("SIGKILL"), ENDING_MILLISECONDS);
  await child.status;
  clearTimeout(killer);
  const [, busy] = (await output).match(/^(\d+)$/m) ?? [];
  return busy === undefined ? undefined : Number(busy);
}

const [wanted = ""] = Deno.args;
console.log(
  "input".padEnd(52) + "way".padEnd(8) + "busy ms".padStart(9) +
    "healthz ms".padStart(12) + "gap ms".padStart(8) + "MB".padStart(7),
);
for (const input of INPUTS.filter(({ name }) => name.includes(wanted))) {
  // Made before: this program must not be busy while it measures.
  const files = [...input.files()];
  const ready = { ...input, files: () => files };
  for (const way of WAYS) {
    const { busy, health, gap, peakMegabytes } = await measure(way, ready);
    console.log(
      input.name.padEnd(52) + way.padEnd(8) +
        String(busy ?? "not ended").padStart(9) +
        health.toFixed(0).padStart(12) + gap.toFixed(0).padStart(8) +
        String(peakMegabytes).padStart(7),
    );
  }
}
