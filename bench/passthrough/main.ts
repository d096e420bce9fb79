/**
 * What a camera of JPEGs costs whose viewers want JPEGs, or that nobody watches
 * at all. Run it with
 *
 *     deno run -A bench/passthrough/main.ts [seconds]
 *
 * A client sends JPEGs of 1280x720 to `/live/frames`, ten a second; or the
 * server reads them from a camera by HTTP. For each set of viewers: the processor time of the server, in percent of a core, and
 * the time from the last byte of a JPEG to the viewer, who looks for a number
 * in it. Linux only.
 *
 * @module
 */

import { concat } from "@std/bytes/concat";
import { delay } from "@std/async/delay";

const WIDTH = 1280, HEIGHT = 720, FRAMES_PER_SECOND = 10;
const TOKEN = "bench";
const TICKS_PER_SECOND = 100;
/** Time until code is compiled and threads have started. */
const WARM_UP_MILLISECONDS = 4000;

const seconds = Number(Deno.args[0] ?? 10);

/** Where the server has its JPEGs from, and its viewers, by their addresses. */
const TRIALS: Record<string, ["sent" | "read by HTTP", string[]]> = {
  "nobody": ["sent", []],
  "one of MJPEG": ["sent", ["live.mjpeg"]],
  "ten of MJPEG": ["sent", Array(10).fill("live.mjpeg")],
  "one of the GIF": ["sent", ["live.gif"]],
  "one of each": ["sent", ["live.mjpeg", "live.gif"]],
  "nobody; read by HTTP": ["read by HTTP", []],
  "fifty of MJPEG; read by HTTP": [
    "read by HTTP",
    Array(50).fill("live.mjpeg"),
  ],
};

/** Moving pictures, as ffmpeg's encoder writes them. */
async function pictures(): Promise<Uint8Array[]> {
  const { stdout, success } = await new Deno.Command("ffmpeg", {
    args: [
      ...["-v", "error", "-f", "lavfi"],
      ...["-i", `testsrc2=s=${WIDTH}x${HEIGHT}:r=10:d=3,noise=alls=8:allf=t`],
      ...["-q:v", "5", "-f", "mjpeg", "-"],
    ],
  }).output();
  if (!success) throw new Error("ffmpeg failed");
  const starts: number[] = [];
  for (let at = 0; at + 2 < stdout.length; at++) {
    const isStart = stdout[at] === 0xff && stdout[at + 1] === 0xd8 &&
      stdout[at + 2] === 0xff;
    if (isStart) starts.push(at);
  }
  return starts.map((start, i) => stdout.slice(start, starts[i + 1]));
}

/** The picture with a number in a comment. */
function numbered(jpeg: Uint8Array, number: number): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(`#${String(number).padStart(8, "0")}`);
  const comment = concat([Uint8Array.of(0xff, 0xfe, 0, text.length + 2), text]);
  return concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]);
}

async function start(input: string) {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", import.meta.resolve("../../cli.ts")],
      ...[input, "--port", "0"],
    ],
    env: { GIFSTREAM_TOKEN: TOKEN },
    stderr: "piped",
  }).spawn();
  const address = Promise.withResolvers<string>();
  (async () => {
    let text = "";
    for await (
      const piece of child.stderr.pipeThrough(new TextDecoderStream())
    ) {
      text += piece;
      const [, found] = text.match(/(http:\/\/[\d.:]+)\//) ?? [];
      if (found !== undefined) address.resolve(found);
    }
  })();
  return { child, address: await address.promise };
}

/** Processor time that a process has taken, in seconds. */
function processorSeconds(pid: number): number {
  const text = Deno.readTextFileSync(`/proc/${pid}/stat`);
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Watches a stream, and notes when each number was seen first. */
async function watch(
  url: string,
  seen: Map<number, number>,
  signal: AbortSignal,
): Promise<void> {
  const { body } = await fetch(url);
  const reader = body!.getReader();
  signal.addEventListener("abort", () => reader.cancel());
  for (;;) {
    const { value: chunk, done } = await reader.read();
    if (done) return;
    const at = performance.now();
    for (let i = chunk.indexOf(0x23); i >= 0; i = chunk.indexOf(0x23, i + 1)) {
      const digits = chunk.subarray(i + 1, i + 9);
      if (digits.length < 8 || !digits.every((d) => d >= 48 && d <= 57)) {
        continue;
      }
      const number = Number(new TextDecoder().decode(digits));
      if (!seen.has(number)) seen.set(number, at);
    }
  }
}

/** Numbered pictures, and when each was sent. */
class Sending {
  readonly sent: number[] = [];
  readonly #jpegs: readonly Uint8Array[];
  #goesOn = true;

  constructor(jpegs: readonly Uint8Array[]) {
    this.#jpegs = jpegs;
  }

  /** The pictures, each between a head and an end. */
  body(
    head: (jpeg: Uint8Array) => string = () => "",
    end = "",
  ): ReadableStream<Uint8Array> {
    const encoder = new TextEncoder();
    return new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        if (!this.#goesOn) return controller.close();
        const number = this.sent.length;
        const jpeg = numbered(
          this.#jpegs[number % this.#jpegs.length],
          number,
        );
        this.sent.push(performance.now());
        controller.enqueue(
          concat([encoder.encode(head(jpeg)), jpeg, encoder.encode(end)]),
        );
        await delay(1000 / FRAMES_PER_SECOND);
      },
    }, { highWaterMark: 0 });
  }

  end(): void {
    this.#goesOn = false;
  }
}

/** A camera by HTTP. */
function serveCamera(sending: Sending) {
  const head = (jpeg: Uint8Array) =>
    "--x\r\nContent-Type: image/jpeg\r\n" +
    `Content-Length: ${jpeg.length}\r\n\r\n`;
  return Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () =>
      new Response(sending.body(head, "\r\n"), {
        headers: { "content-type": "multipart/x-mixed-replace;boundary=x" },
      }),
  );
}

async function trial(
  name: string,
  [from, paths]: typeof TRIALS[string],
  jpegs: Uint8Array[],
) {
  const sending = new Sending(jpegs), { sent } = sending;
  const camera = from === "sent" ? undefined : serveCamera(sending);
  const input = camera === undefined
    ? "live=ingest:"
    : `http://127.0.0.1:${camera.addr.port}/`;
  const { child, address } = await start(input);
  const stop = new AbortController(), { signal } = stop;
  const seen = new Map<number, number>();
  const posted = camera === undefined
    ? fetch(`${address}/live/frames`, {
      method: "POST",
      headers: { authorization: `Bearer ${TOKEN}` },
      body: sending.body(),
    })
    : undefined;
  await delay(1000);
  const watching = paths.map((path) =>
    watch(
      `${address}/${path}`,
      path.endsWith(".gif") ? new Map() : seen,
      signal,
    )
  );
  await delay(WARM_UP_MILLISECONDS);
  const first = sent.length, before = processorSeconds(child.pid);
  await delay(1000 * seconds);
  const used = processorSeconds(child.pid) - before, last = sent.length;
  sending.end();
  await (await posted)?.text();
  const lags = [...seen].filter(([number]) => number >= first && number < last)
    .map(([number, at]) => at - sent[number]).sort((a, b) => a - b);
  stop.abort();
  await Promise.all(watching);
  child.kill("SIGTERM");
  await child.status;
  await camera?.shutdown();
  const at = (share: number) =>
    lags.length === 0
      ? "-"
      : lags[Math.floor(share * (lags.length - 1))].toFixed(1);
  console.log(
    `| ${name} | ${(100 * used / seconds).toFixed(1)} % | ${at(0.5)} | ` +
      `${at(0.95)} | ${at(1)} | ${lags.length}/${last - first} |`,
  );
}

const jpegs = await pictures();
const bytes = Math.round(
  jpegs.reduce((sum, { length }) => sum + length, 0) / jpegs.length / 1000,
);
console.log(`${jpegs.length} pictures of ${bytes} kB\n`);
console.log("| viewers | processor | lag, median ms | 95 % | worst | seen |");
console.log("| --- | --- | --- | --- | --- | --- |");
for (const [name, kind] of Object.entries(TRIALS)) {
  await trial(name, kind, jpegs);
}
