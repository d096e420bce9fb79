/**
 * Finite answers behind a cache: how many of the requests for the newest
 * picture and for the last seconds reach gifstream when nginx keeps each answer
 * for a second, as a content delivery network would.
 *
 * Run it with `deno run -A bench/scaling/cache.ts`; it takes nginx.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import { Channel } from "../../mod.ts";
import { serveByNode } from "../../src/entries/node.ts";
import { indexedFrame } from "../../src/gif/write/indexed_frame.ts";
import { publishFrame } from "../../src/ingest/publish_frame.ts";
import { Nginx } from "../../tests/support/http/nginx.ts";

const PATHS = ["live/snapshot.gif", "live/clip.gif?seconds=2"];
const CLIENTS = 20;
const SECONDS = 10;
const FRAME_MILLISECONDS = 100;
const SCREEN = { width: 160, height: 90 };

/** Keeps each answer for a second; of many who ask at once, one is passed on. */
function cache(socket: string, log: string): string {
  return `
proxy_cache_path cache keys_zone=stills:1m;
log_format outcome $upstream_cache_status;
server {
    listen 80;
    location / {
        access_log ${log} outcome;
        proxy_pass http://unix:${socket};
        proxy_cache stills;
        proxy_cache_valid 200 1s;
        proxy_ignore_headers Cache-Control Expires Vary X-Accel-Buffering;
        proxy_cache_lock on;
        proxy_cache_use_stale updating;
        proxy_cache_background_update on;
    }
}`;
}

function show(channel: Channel): void {
  const pixels = crypto.getRandomValues(
    new Uint8Array(SCREEN.width * SCREEN.height),
  );
  const colors = crypto.getRandomValues(new Uint8Array(3 * 256));
  publishFrame(channel, indexedFrame(SCREEN, pixels, colors));
}

/** Asks again and again; answers how often, and how many bytes came. */
async function poll(address: string): Promise<[number, number]> {
  const end = Date.now() + 1000 * SECONDS;
  let requests = 0, bytes = 0;
  while (Date.now() < end) {
    const response = await fetch(address);
    bytes += (await response.bytes()).length;
    if (!response.ok) throw new Error(`Status ${response.status}: ${address}`);
    requests++;
  }
  return [requests, bytes];
}

if (import.meta.main) {
  await using stack = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir({ prefix: "gifstream-cache-" });
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  await Deno.chmod(folder, 0o755);
  const channel = new Channel();
  const socket = `${folder}/socket`, log = `${folder}/outcomes`;
  const server = await serveByNode(channel, { path: socket });
  stack.defer(() => server.shutdown());
  stack.defer(() => channel.close());
  await Deno.chmod(socket, 0o666);
  const timer = setInterval(() => show(channel), FRAME_MILLISECONDS);
  stack.defer(() => clearInterval(timer));
  const nginx = stack.use(await Nginx.start(folder, cache(socket, log)));
  // Until there are some seconds to be shown.
  await delay(3000);
  for (const path of PATHS) {
    await Deno.writeTextFile(log, "");
    const all = await Promise.all(
      Array.from({ length: CLIENTS }, () => poll(`${nginx.address}/${path}`)),
    );
    const requests = all.reduce((sum, [requests]) => sum + requests, 0);
    const bytes = all.reduce((sum, [, bytes]) => sum + bytes, 0);
    const outcomes = (await Deno.readTextFile(log)).trim().split("\n");
    const passedOn = outcomes.filter((it) => it === "MISS" || it === "EXPIRED");
    const updates = outcomes.filter((it) => it === "STALE").length;
    console.log(
      `/${path}: ${requests} requests of ${
        (bytes / requests / 1000).toFixed(0)
      } kB in ${SECONDS} s, of which ${
        passedOn.length + updates
      } at most reached gifstream`,
    );
  }
}
