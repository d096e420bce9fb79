/**
 * What an edge costs: how much later its viewers see a picture than those of
 * the origin, and how many bytes of Redis each edge takes. Run it with
 *
 *     deno run -A bench/redis/main.ts [pictures]
 *
 * An origin is sent numbered pictures, twenty a second. Viewers of it and of
 * three edges on this machine decode them, and compare when each picture came.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import { BlockReader } from "../../src/gif/read/block_reader.ts";
import {
  numberedFrame,
  type NumberedFrameOptions,
} from "../../tests/support/browser/numbered_frame.ts";
import { untilChannels } from "../../tests/support/program/cli_channels.ts";
import { Program } from "../../tests/support/program/program.ts";
import { RedisServer } from "../../tests/support/redis/redis_server.ts";

const INTERVAL_MILLISECONDS = 50;
const EDGES = 3;
/** No two pictures end alike. */
const KEY_BYTES = 40;
/** Pictures until code is compiled and threads have started. */
const WARM_UP_PICTURES = 60;
const PICTURES: { name: string; options: NumberedFrameOptions }[] = [
  { name: "96x96, noise", options: { blockPixels: 24, noisy: true } },
  { name: "240x240, noise", options: { blockPixels: 60, noisy: true } },
];

const count = Number(Deno.args[0] ?? 200);

/** Notes when each picture came, by the end of its data. */
class Viewer {
  readonly times = new Map<string, number>();
  readonly #hangUp = new AbortController();

  constructor(address: string) {
    this.#watch(address).catch((error) => {
      if (!this.#hangUp.signal.aborted) throw error;
    });
  }

  leave(): void {
    this.#hangUp.abort();
  }

  async #watch(address: string): Promise<void> {
    const response = await fetch(address, { signal: this.#hangUp.signal });
    const reader = new BlockReader({ start: "any" });
    for await (const chunk of response.body!) {
      const time = performance.now();
      reader.push(chunk);
      for (
        let block = reader.next();
        block.type !== "need-more";
        block = reader.next()
      ) {
        if (block.type !== "image") continue;
        const { bytes, dataEnd } = block.image;
        const end = bytes.subarray(dataEnd - KEY_BYTES, dataEnd).toHex();
        this.times.set(end, time);
      }
    }
  }
}

/** Other programs of this machine should not count. */
async function prefer({ process }: Program): Promise<void> {
  await new Deno.Command("renice", {
    args: ["-n", "-10", "-p", String(process.pid)],
    stdout: "null",
    stderr: "null",
  }).output();
}

async function sentBytes(redis: RedisServer): Promise<number> {
  const info = new TextDecoder().decode(
    await redis.command("INFO", "stats") as Uint8Array,
  );
  return Number(info.match(/total_net_output_bytes:(\d+)/)?.[1]);
}

function quantile(sorted: readonly number[], share: number): string {
  return sorted[Math.floor(share * (sorted.length - 1))].toFixed(1);
}

async function measure(options: NumberedFrameOptions): Promise<string> {
  await using redis = await RedisServer.start();
  await using origin = new Program({
    args: ["live=-", "--port", "0", "--publish", redis.address],
    stdin: "piped",
  });
  await using edges = new AsyncDisposableStack();
  const programs = Array.from(
    { length: EDGES },
    () => edges.use(new Program({ args: [redis.address, "--port", "0"] })),
  );
  const input = origin.process.stdin.getWriter();
  let number = 0, wroteBytes = 0;
  const timer = setInterval(() => {
    const frame = numberedFrame(++number, options);
    wroteBytes += frame.length;
    input.write(frame).catch(() => {});
  }, INTERVAL_MILLISECONDS);
  const addresses = await Promise.all(
    [origin, ...programs].map((program) => program.address()),
  );
  await Promise.all([origin, ...programs].map(prefer));
  for (const address of addresses) {
    await untilChannels(address, (all) => (all.get("live")?.frames ?? 0) > 0);
  }
  const viewers = addresses.map((each) => new Viewer(`${each}/live.gif`));
  const wait = (pictures: number) => delay(pictures * INTERVAL_MILLISECONDS);
  await wait(WARM_UP_PICTURES);
  const before = { redis: await sentBytes(redis), wrote: wroteBytes };
  const [near, ...far] = viewers;
  const known = new Set(near.times.keys());
  await wait(count);
  const taken = (await sentBytes(redis) - before.redis) / EDGES;
  const share = taken / (wroteBytes - before.wrote);
  const pictures = [...near.times].filter(([end]) => !known.has(end));
  await wait(10);
  const later = pictures.flatMap(([end, time]) =>
    far.flatMap(({ times }) => (times.get(end) ?? NaN) - time)
  );
  const seen = later.filter((milliseconds) => !isNaN(milliseconds));
  seen.sort((a, b) => a - b);
  for (const viewer of viewers) viewer.leave();
  clearInterval(timer);
  await origin.stop();
  await input.close().catch(() => {});
  return `${quantile(seen, 0.5)} ms later (nine of ten: ` +
    `${quantile(seen, 0.9)} ms); each edge takes ${share.toFixed(2)} times ` +
    `the bytes of the pictures; ${seen.length} of ${later.length} pictures seen`;
}

for (const { name, options } of PICTURES) {
  console.log(`${name}: ${await measure(options)}`);
}
