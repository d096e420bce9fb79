/** The process that is measured: gifstream's own channel and handler. */

import { Channel, Channels } from "../../mod.ts";
import { serveByDeno } from "../../src/entries/deno.ts";
import { serveByNode } from "../../src/entries/node.ts";
import { answerParent } from "./child.ts";
import { atPace, framesOfBytes } from "./frame.ts";
import { serveChannelsByWorkers } from "../../src/cli/workers.ts";
import { publishFrame } from "../../src/ingest/publish_frame.ts";

/** The kinds that the option --server of the program names. */
export type ServerKind = "deno" | "node";

/** What this process can be asked. */
export type GifstreamQuestion =
  | { do: "address" }
  | { do: "publish"; frames: number; framesPerSecond: number };

/** The answer to `address`. */
export interface GifstreamAddress {
  port: number;
  partBytes: number;
}

const HOUR_MILLISECONDS = 3_600_000;

const { partBytes, frame } = framesOfBytes(Number(Deno.args[1]));
const channel = new Channel({
  maxViewers: 100_000,
  // Those that stop reading shall stay and be a burden.
  stallTimeoutMilliseconds: HOUR_MILLISECONDS,
});
const [kind, , workers] = Deno.args;
const { port } = (await listen(kind as ServerKind, Number(workers))).addr;

let number = 0;
await answerParent<GifstreamQuestion>((question) =>
  question.do === "address"
    ? { port, partBytes } satisfies GifstreamAddress
    : publish(question)
);

function publish(
  { frames, framesPerSecond }: GifstreamQuestion & { do: "publish" },
): Promise<void> {
  return atPace(
    frames,
    framesPerSecond,
    () => publishFrame(channel, frame(number++)),
  );
}

async function listen(
  server: ServerKind,
  workers: number,
): Promise<{ addr: { port: number } }> {
  const hostname = "127.0.0.1", port = 0;
  if (workers > 1) {
    const channels = new Channels([channel]);
    const place = { hostname, port, server, workers };
    return await serveChannelsByWorkers(channels, {}, place);
  }
  return server === "node"
    ? await serveByNode(channel, { hostname, port })
    : serveByDeno(channel, { hostname, port });
}
