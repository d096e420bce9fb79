/**
 * A program that serves a channel without a server, to be run in every
 * runtime that has web streams.
 *
 * @module
 */

import { Channel, createHandler, publishPixels } from "@x/gifstream";
import { Broadcaster } from "@x/gifstream/channel";
import { decodeGif, indexedFrame } from "@x/gifstream/gif";
import { publishFrame } from "../../../src/ingest/publish_frame.ts";

const SIZE = { width: 16, height: 8 };

/** Tells what came of it, the same everywhere. */
export async function run(): Promise<string> {
  const channel = new Channel({ name: "tried" });
  const handler = createHandler(channel);
  const sent = new Promise<void>((resolve) =>
    channel.follow({ part: () => resolve() })
  );
  const data = new Uint8ClampedArray(4 * 16 * 8).fill(255);
  publishPixels(channel, { data, ...SIZE });
  await sent;
  const get = (path: string) => handler(new Request(`http://localhost${path}`));
  const page = await get("/tried");
  const snapshot = await get("/tried/snapshot.gif");
  const [picture] = decodeGif(new Uint8Array(await snapshot.arrayBuffer()));
  const live = await get("/tried.gif");
  channel.close();
  const bytes = await live.arrayBuffer();
  return JSON.stringify({
    page: [page.status, (await page.text()).includes("<title>")],
    picture: [picture.screen, ...picture.pixels.subarray(0, 4)],
    live: [live.headers.get("content-type"), bytes.byteLength > 40],
    broadcast: await broadcast(),
  });
}

async function broadcast(): Promise<number> {
  const broadcaster = new Broadcaster();
  const indices = new Uint8Array(16 * 8);
  const frame = indexedFrame(SIZE, indices, new Uint8Array(6));
  const channel = new Channel();
  channel.follow({
    begin: (screen) => broadcaster.begin(screen),
    part: (part) => broadcaster.publish(part),
  });
  const body = broadcaster.view();
  publishFrame(channel, frame);
  channel.close();
  broadcaster.close();
  return (await new Response(body).arrayBuffer()).byteLength;
}
