import { Channel } from "../../../src/channel/channel.ts";
import { Canvas } from "../../../src/gif/canvas/canvas.ts";
import { decodeGif } from "../../../src/gif/canvas/decode_gif.ts";
import { ensure } from "./broken.ts";
import {
  colorsOf,
  decibelsBetween,
  EXACT_COLORS,
  LEAST_DECIBELS,
} from "./likeness.ts";
import type { Outcome, Stream } from "./road.ts";

/**
 * A channel that is given the parts has them all, and its snapshot is the
 * newest picture.
 *
 * @throws {Broken} If it is not so.
 */
export async function checkChannel(
  { streams, frames }: Outcome,
): Promise<void> {
  const channel = new Channel({ keepUnchanged: true });
  try {
    for (const { screen, parts } of streams) {
      for (const { bytes, keyframe } of parts) {
        channel.publishPart({ bytes: bytes.slice(), keyframe }, screen);
      }
    }
    const taken = channel.status().frames;
    ensure(taken === frames.length, () => `a channel took ${taken} frames`);
    const stream = streams.at(-1);
    if (stream === undefined) return;
    // It may come from another thread.
    const snapshot = await channel.snapshot();
    checkSnapshot(snapshot!, stream);
  } finally {
    channel.close();
  }
}

function checkSnapshot(snapshot: Uint8Array, stream: Stream): void {
  const canvas = new Canvas(stream.screen);
  for (const { bytes } of stream.parts) canvas.drawPart(bytes);
  let last: Uint8ClampedArray = new Uint8ClampedArray();
  for (const { pixels } of decodeGif(snapshot)) last = pixels;
  const decibels = decibelsBetween(last, canvas.pixels);
  const exact = colorsOf(canvas.pixels) <= EXACT_COLORS;
  ensure(
    decibels !== undefined && decibels >= (exact ? Infinity : LEAST_DECIBELS),
    () => `the snapshot shows another picture, ${decibels} dB`,
  );
}
