/** The process that is measured: many channels, each with its own pictures. */

import { Channel, Channels, createHandler, publishFrame } from "../../mod.ts";
import type { ChannelStatus } from "../../src/entries/channel.ts";
import { serveByNode } from "../../src/entries/node.ts";
import { answerParent } from "./child.ts";
import { atPace, framesOfBytes } from "./frame.ts";
import type { ServerKind } from "./gifstream_server.ts";

/** What this process can be asked. */
export type ChannelsQuestion =
  | { do: "address" }
  | { do: "publish"; frames: number; framesPerSecond: number }
  | { do: "status" };

/** The answer to `address`. */
export interface ChannelsAddress {
  port: number;
  names: string[];
}

const TURNS = 10;

const [kind, count, bytes] = Deno.args;
const series = framesOfBytes(Number(bytes));
const channels = new Channels(
  Array.from(
    { length: Number(count) },
    (_, i) => new Channel({ name: `channel-${i}` }),
  ),
);
const { port } = (await listen(kind as ServerKind)).addr;

let number = 0;
await answerParent<ChannelsQuestion>((question) => {
  switch (question.do) {
    case "address":
      return address();
    case "publish":
      return publish(question);
    case "status":
      return [...channels].map((channel) => channel.status());
  }
});

function address(): ChannelsAddress {
  return { port, names: [...channels].map(({ name }) => name) };
}

/** A tenth of the channels at a time: sources do not wait for each other. */
async function publish(
  { frames, framesPerSecond }: ChannelsQuestion & { do: "publish" },
): Promise<void> {
  const all = [...channels];
  await atPace(frames * TURNS, framesPerSecond * TURNS, (i) => {
    for (let at = i % TURNS; at < all.length; at += TURNS) {
      publishFrame(all[at], series.frame(number++));
    }
  });
}

async function listen(kind: ServerKind): Promise<{ addr: { port: number } }> {
  const hostname = "127.0.0.1", port = 0;
  if (kind === "node") return await serveByNode(channels, { hostname, port });
  const handler = createHandler(channels);
  return Deno.serve({ hostname, port, onListen() {} }, handler);
}

/** The answer to `status`. */
export type ChannelsState = ChannelStatus[];
