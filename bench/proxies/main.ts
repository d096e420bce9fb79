/**
 * What a proxy adds to the lag. Run it with
 *
 *     deno run -A bench/proxies/main.ts [seconds]
 *
 * Ten pictures of 20 KB a second go to one viewer of the endless GIF directly,
 * and to one behind each proxy, as docs/operation.md has it or otherwise: the time from the picture to its last byte at the viewer, in
 * milliseconds. All are in front of the same server, one after another.
 *
 * @module
 */

import { indexOfNeedle } from "@std/bytes/index-of-needle";
import { delay } from "@std/async/delay";
import { Channel } from "../../src/channel/channel.ts";
import { framePart } from "../../src/gif/write/frame_part.ts";
import { indexedFrame } from "../../src/gif/write/indexed_frame.ts";
import { serveByNode } from "../../src/http/node/node_server.ts";
import { PROXIES } from "../../tests/support/http/proxies.ts";

const SCREEN = { width: 160, height: 120 };
const INTERVAL_MILLISECONDS = 100;
const NUMBER_BYTES = 8;
/** Graphic control extension and image descriptor, before the color table. */
const HEAD_BYTES = 8 + 10;

const seconds = Number(Deno.args[0] ?? 10);
const channel = new Channel();

/** Other configurations than that of the document, by what they lack. */
const CHANGES: Record<string, Record<string, (lines: string) => string>> = {
  nginx: {
    "X-Accel-Buffering ignored": (lines) =>
      lines.replace(
        "proxy_http_version",
        "proxy_ignore_headers X-Accel-Buffering;\n proxy_http_version",
      ),
  },
  haproxy: {
    "without option http-no-delay": (lines) =>
      lines.replace("option http-no-delay", ""),
  },
};

/** A picture of noise with a number in its color table. */
function numbered(number: number) {
  const indices = new Uint8Array(SCREEN.width * SCREEN.height);
  crypto.getRandomValues(indices);
  const colors = new Uint8Array(3 * 256);
  colors.set(markOf(number));
  return framePart(indexedFrame(SCREEN, indices, colors));
}

function markOf(number: number): Uint8Array {
  return new TextEncoder().encode(
    `no${String(number).padStart(NUMBER_BYTES - 2, "0")}`,
  );
}

/** Lags of the pictures that a viewer gets, in milliseconds. */
async function lagsAt(address: string): Promise<number[]> {
  const times = new Map<number, { sent: number; bytes: number }>();
  const hangUp = new AbortController();
  const { body } = await fetch(`${address}/live.gif`, {
    signal: hangUp.signal,
  });
  const lags: number[] = [];
  const count = seconds * 1000 / INTERVAL_MILLISECONDS;
  const publishing = (async () => {
    for (let number = 0; number <= count; number++) {
      const part = numbered(number);
      const { length: bytes } = part.bytes;
      times.set(number, { sent: performance.now(), bytes });
      channel.publishPart(part, SCREEN);
      await delay(INTERVAL_MILLISECONDS);
    }
  })();
  let pending = new Uint8Array(0), number = 0;
  for await (const chunk of body!) {
    const joined = new Uint8Array(pending.length + chunk.length);
    joined.set(pending);
    joined.set(chunk, pending.length);
    pending = joined;
    for (;;) {
      const at = indexOfNeedle(pending, markOf(number));
      const time = times.get(number);
      if (at < 0 || time === undefined) break;
      const end = at + time.bytes - HEAD_BYTES;
      if (pending.length < end) break;
      lags.push(performance.now() - time.sent);
      pending = pending.slice(end);
      number++;
    }
    if (number > count) break;
  }
  hangUp.abort();
  await publishing;
  return lags;
}

function report(name: string, lags: number[]): void {
  // The first ones wait for connections.
  const sorted = lags.slice(3).sort((a, b) => a - b);
  const median = sorted[sorted.length >> 1], worst = sorted.at(-1)!;
  console.log(
    `${name.padEnd(40)} ${median.toFixed(1).padStart(6)} ` +
      `${worst.toFixed(1).padStart(6)}`,
  );
}

const folder = await Deno.makeTempDir({ prefix: "gifstream-proxies-" });
await Deno.chmod(folder, 0o755);
const socket = `${folder}/socket`;
const server = await serveByNode(channel, { path: socket, trustProxy: true });
await Deno.chmod(socket, 0o666);
const direct = await serveByNode(channel, { port: 0 });
console.log(`${"".padEnd(40)} median  worst`);
report("no proxy", await lagsAt(`http://127.0.0.1:${direct.addr.port}`));
for (const { program, start } of PROXIES) {
  const configurations = {
    "as documented": (lines: string) => lines,
    ...CHANGES[program],
  };
  for (const [name, change] of Object.entries(configurations)) {
    const place = await Deno.makeTempDir({ dir: folder });
    await Deno.chmod(place, 0o755);
    await using proxy = await start(place, socket, change);
    report(`${program}, ${name}`, await lagsAt(proxy.address));
  }
}
channel.close();
await server.shutdown();
await direct.shutdown();
await Deno.remove(folder, { recursive: true });
