/** The process that is measured: gifstream's own channel and handler. */

import { Channel, createHandler } from "../../mod.ts";
import { answerParent } from "./child.ts";
import { atPace, framesOfBytes } from "./frame.ts";

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

const { partBytes, frame } = framesOfBytes(Number(Deno.args[0]));
const channel = new Channel({
  maxSubscribers: 100_000,
  // Those that stop reading shall stay and be a burden.
  stallTimeoutMilliseconds: HOUR_MILLISECONDS,
});
const server = Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen() {},
}, createHandler(channel));

let number = 0;
await answerParent<GifstreamQuestion>((question) =>
  question.do === "address"
    ? { port: server.addr.port, partBytes } satisfies GifstreamAddress
    : publish(question)
);

function publish(
  { frames, framesPerSecond }: GifstreamQuestion & { do: "publish" },
): Promise<void> {
  return atPace(
    frames,
    framesPerSecond,
    () => channel.publishFrame(frame(number++)),
  );
}
