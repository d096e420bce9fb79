import { assertLess } from "@std/assert";
import { Channel } from "../../../src/channel/channel.ts";
import { serveByDeno } from "../../../src/http/deno/deno_server.ts";
import { serveByNode } from "../../../src/http/node/node_server.ts";
import { indexedFrame } from "../../../src/gif/write/indexed_frame.ts";
import { publishFrame } from "../../../src/ingest/publish_frame.ts";
import { until } from "../../support/browser/until.ts";
import { getRequest, socketRequest } from "../../support/http/flooders.ts";

/** Half a megabyte a second, of pictures that do not get smaller. */
const SCREEN = { width: 160, height: 160 };
const FRAME_MILLISECONDS = 66;
/**
 * Far below what the system keeps for a connection that nobody looks at: all
 * that it takes before the server can tell.
 */
const MOST_WAITING_BYTES = 1.6e6;

const SERVERS = { deno: serveByDeno, node: serveByNode };
const WAYS = {
  "GIF": getRequest("/live.gif"),
  "MJPEG": getRequest("/live.mjpeg"),
  "WebSocket": socketRequest("/live/ws"),
};

function noise() {
  const indices = new Uint8Array(SCREEN.width * SCREEN.height);
  crypto.getRandomValues(indices);
  const colors = crypto.getRandomValues(new Uint8Array(768));
  return indexedFrame(SCREEN, indices, colors);
}

/** Bytes that the system has from a port for another, and cannot deliver. */
function waitingBytes(from: number, to: number): number {
  const ends = [from, to].map((port) =>
    `:${port.toString(16).toUpperCase().padStart(4, "0")}`
  );
  for (const line of Deno.readTextFileSync("/proc/net/tcp").split("\n")) {
    const [, local, remote, , queues] = line.trim().split(/\s+/);
    if (!local?.endsWith(ends[0]) || !remote.endsWith(ends[1])) continue;
    return parseInt(queues.split(":")[0], 16);
  }
  return NaN;
}

/** The bytes that wait for one who takes nothing once it is left out. */
async function waitingFor(
  server: keyof typeof SERVERS,
  request: string,
): Promise<number> {
  const channel = new Channel();
  const { addr, shutdown } = await start(server, channel);
  const publishing = setInterval(
    () => publishFrame(channel, noise()),
    FRAME_MILLISECONDS,
  );
  try {
    using client = await Deno.connect({ port: addr.port });
    await client.write(new TextEncoder().encode(request));
    // The first are the parts that come before it is known to be slow.
    await until(
      "skipped pictures",
      () => channel.status().skippedFrames > 5,
    );
    const { port } = client.localAddr as Deno.NetAddr;
    return waitingBytes(addr.port, port);
  } finally {
    clearInterval(publishing);
    channel.close();
    await shutdown();
  }
}

async function start(server: keyof typeof SERVERS, channel: Channel) {
  const it = await SERVERS[server](channel, { port: 0 });
  return { addr: it.addr, shutdown: () => it.shutdown() };
}

for (const server of ["deno", "node"] as const) {
  Deno.test({
    name: `a viewer who takes little gets the newest picture next (${server})`,
    ignore: Deno.build.os !== "linux",
    async fn() {
      await Promise.all(
        Object.entries(WAYS).map(async ([way, request]) => {
          const waiting = await waitingFor(server, request);
          assertLess(waiting, MOST_WAITING_BYTES, way);
        }),
      );
    },
  });
}
