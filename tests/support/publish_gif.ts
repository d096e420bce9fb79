import type { Channel } from "../../src/channel/channel.ts";
import { FrameReader } from "../../src/gif/read/frame_reader.ts";
import { publishFrame } from "../../src/ingest/publish_frame.ts";

/**
 * Publishes every picture of a GIF at once, on this thread.
 *
 * @returns The number of pictures.
 */
export function publishGif(channel: Channel, gif: Uint8Array): number {
  const reader = new FrameReader();
  reader.push(gif);
  reader.end();
  let frames = 0;
  for (let f = reader.next(); f !== undefined; f = reader.next()) {
    // No GIF builds on the one before it.
    if (frames++ === 0) f.standalone = true;
    publishFrame(channel, f);
  }
  return frames;
}
