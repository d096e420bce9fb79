/**
 * What it costs the serving thread when a viewer joins a channel of 1920x1080:
 *
 *     deno run -A bench/hostile/joins.ts
 *
 * Processor time of that thread (Linux tells), with and without viewers who
 * come and go, so that other programs do not count.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import { endlessFullHd } from "./inputs.ts";

const CLI = import.meta.resolve("../../cli.ts");
const TOKEN = "bench";
const SIZE = "1920x1080";
const JOINS = 30;
const WARM_UP_MILLISECONDS = 5000;
const REST_MILLISECONDS = 8000;
/** Between two joins, so that each needs a keyframe of its own. */
const PAUSE_MILLISECONDS = 200;

/** A channel to join, and how its pictures come. */
interface Joined {
  name: string;
  inputs: string[];
  /** Sends pictures until it is told to end. */
  send?: (address: string, signal: AbortSignal) => Promise<void>;
}

const CHANNELS: Joined[] = [
  { name: "a film, encoded as it plays", inputs: ["x=FILM", "--loop"] },
  {
    name: "a GIF in thousands of colors, sent",
    inputs: ["x=ingest:"],
    send: sendNoise,
  },
];

async function sendNoise(address: string, signal: AbortSignal): Promise<void> {
  async function* body() {
    for (const piece of endlessFullHd()) {
      if (signal.aborted) return;
      yield piece;
      await delay(100);
    }
  }
  const response = await fetch(`${address}/x/frames`, {
    method: "POST",
    headers: { authorization: `Bearer ${TOKEN}` },
    body: ReadableStream.from(body()),
    signal,
  });
  await response.body?.cancel();
}

/** Milliseconds of processor that the serving thread has had. */
async function busyMilliseconds(pid: number): Promise<number> {
  const text = await Deno.readTextFile(`/proc/${pid}/task/${pid}/schedstat`);
  return Number(text.split(" ")[0]) / 1e6;
}

/** Joins, and leaves after the first whole picture; its bytes. */
async function join(address: string): Promise<number> {
  const leaving = new AbortController();
  const { body } = await fetch(`${address}/x.gif`, leaving);
  const reader = body!.getReader();
  let bytes = 0;
  const end = performance.now() + PAUSE_MILLISECONDS;
  while (performance.now() < end) {
    const { value } = await reader.read();
    bytes += value?.length ?? 0;
  }
  await reader.cancel();
  return bytes;
}

async function measure({ inputs, send }: Joined): Promise<void> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", CLI, ...inputs, "--port", "0"],
    env: { GIFSTREAM_TOKEN: TOKEN },
    stderr: "piped",
  }).spawn();
  const ending = new AbortController();
  try {
    const address = await addressOf(child);
    const sent = send?.(address, ending.signal).catch(() => {});
    await delay(WARM_UP_MILLISECONDS);
    await join(address);
    const [idle] = await spent(child.pid, () => delay(REST_MILLISECONDS));
    let bytes = 0;
    const [joined, milliseconds] = await spent(child.pid, async () => {
      for (let i = 0; i < JOINS; i++) {
        bytes += await join(address);
        await delay(PAUSE_MILLISECONDS);
      }
    });
    const alone = idle / REST_MILLISECONDS * milliseconds;
    console.log(
      `  alone ${(idle / REST_MILLISECONDS * 100).toFixed(1)} % of a core, ` +
        `a join ${((joined - alone) / JOINS).toFixed(1)} ms of ` +
        `the serving thread, ${(bytes / JOINS / 1e6).toFixed(2)} MB`,
    );
    ending.abort();
    await sent;
  } finally {
    ending.abort();
    child.kill("SIGINT");
    await child.status;
  }
}

/** The processor time of some work, and how long it took. */
async function spent(
  pid: number,
  work: () => Promise<unknown>,
): Promise<[number, number]> {
  const before = await busyMilliseconds(pid), began = performance.now();
  await work();
  return [await busyMilliseconds(pid) - before, performance.now() - began];
}

async function addressOf(child: Deno.ChildProcess): Promise<string> {
  const found = Promise.withResolvers<string>();
  (async () => {
    let text = "";
    for await (
      const piece of child.stderr.pipeThrough(new TextDecoderStream())
    ) {
      text = (text + piece).slice(-10_000);
      const [, address] = text.match(/(http:\/\/[\d.:]+)\//) ?? [];
      if (address !== undefined) found.resolve(address);
    }
    found.reject(new Error(text));
  })();
  return await found.promise;
}

/** A film of a minute, which moves everywhere. */
async function makeFilm(path: string): Promise<void> {
  const { success } = await new Deno.Command("ffmpeg", {
    args: [
      ...["-v", "error", "-f", "lavfi", "-i", `testsrc2=size=${SIZE}:rate=10`],
      ...["-t", "60", "-pix_fmt", "yuv420p", "-preset", "ultrafast", path],
    ],
  }).output();
  if (!success) throw new Error("ffmpeg cannot make the film");
}

const folder = await Deno.makeTempDir({ prefix: "gifstream-bench-" });
try {
  const film = `${folder}/film.mp4`;
  await makeFilm(film);
  for (const { name, inputs, send } of CHANNELS) {
    const given = inputs.map((input) => input.replace("FILM", film));
    console.log(name);
    await measure({ name, inputs: given, send });
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}
