import { Channel } from "../../../src/channel/channel.ts";
import { Canvas } from "../../../src/gif/canvas/canvas.ts";
import { decodeGif } from "../../../src/gif/canvas/decode_gif.ts";
import { GifError } from "../../../src/gif/gif_error.ts";
import { GifSequenceReader } from "../../../src/gif/read/gif_sequence_reader.ts";
import { ensure } from "./broken.ts";
import {
  colorsOf,
  decibelsBetween,
  EXACT_COLORS,
  LEAST_DECIBELS,
} from "./likeness.ts";
import type { Outcome, RoadOptions, Stream } from "./road.ts";

/**
 * A channel that takes the same frames has them all, and its snapshot is the
 * newest picture.
 *
 * @throws {Broken} If it is not so.
 */
export async function checkChannel(
  bytes: Uint8Array,
  outcome: Outcome,
  options: RoadOptions,
): Promise<void> {
  const channel = new Channel({ ...options, keepUnchanged: true });
  try {
    const reader = new GifSequenceReader({});
    const take = (frames: ReturnType<GifSequenceReader["push"]>) => {
      for (const frame of frames) {
        try {
          channel.publishFrame(frame);
        } catch (error) {
          if (!(error instanceof GifError)) throw error;
        }
      }
    };
    take(reader.push(bytes.slice()));
    take(reader.end());
    const { frames, refusedFrames } = channel.status();
    ensure(
      frames === outcome.frames.length &&
        refusedFrames === outcome.refused.length,
      () => `a channel took ${frames} frames and refused ${refusedFrames}`,
    );
    const stream = outcome.streams.at(-1);
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
