import type { SourceEvents, SourceFrame } from "../encoding/frame_source.ts";
import type { GifFrame } from "../gif/read/frame_reader.ts";
import { GifSequenceReader } from "../gif/read/gif_sequence_reader.ts";
import { imageHeadBytes } from "../gif/write/image_head.ts";
import { withGifAdvice } from "./gif_advice.ts";

/** Options of {@linkcode byteStreamFrames}. */
export interface ByteStreamOptions extends SourceEvents {
  /**
   * Largest size of one frame, in bytes.
   *
   * @default {33554432}
   */
  maxFrameBytes?: number;
}

/**
 * The frames of animated GIFs that arrive as bytes, one GIF after another,
 * each as soon as its last byte is there.
 *
 * Bytes that are not a GIF are skipped, with a warning, up to the next header.
 * A header in the middle of an image starts the next GIF: its writer was cut
 * off and restarted. The first frame of each GIF is
 * {@linkcode GifFrame.standalone}, since no GIF builds on the one before it.
 *
 * @param stream The bytes, in chunks of any size. The stream is cancelled when
 * the iteration is left before its end.
 * @param options Limits, and listeners for mistakes.
 *
 * @example
 * ```ts
 * import { byteStreamFrames } from "@x/gifstream";
 * import { assertEquals } from "@std/assert";
 *
 * const gif = Uint8Array.from(
 *   atob("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs="),
 *   (c) => c.charCodeAt(0),
 * );
 * const frames = byteStreamFrames(new Blob([gif, gif]).stream());
 * assertEquals((await Array.fromAsync(frames)).length, 2);
 * ```
 */
export async function* byteStreamFrames(
  stream: ReadableStream<Uint8Array>,
  options: ByteStreamOptions = {},
): AsyncGenerator<SourceFrame> {
  const gifs = new GifSequenceReader({ ...options, explain: withGifAdvice });
  for await (const chunk of stream) {
    yield* stamped(gifs.push(ownBytes(chunk)));
  }
  yield* stamped(gifs.end());
}

function* stamped(frames: Iterable<GifFrame>): Generator<SourceFrame> {
  for (const frame of frames) {
    yield { frame: ownFrame(frame), timestampMilliseconds: Date.now() };
  }
}

/** Copies a chunk whose buffer is mostly empty, as some streams yield. */
function ownBytes(chunk: Uint8Array): Uint8Array {
  return 2 * chunk.length < chunk.buffer.byteLength ? chunk.slice() : chunk;
}

/**
 * Copies a frame out of a much larger buffer, with room to become a part in
 * place. A frame that is kept, as in a backlog, would keep that buffer too.
 */
function ownFrame(frame: GifFrame): GifFrame {
  const { image, colorTable } = frame;
  const dataStart = imageHeadBytes(colorTable.length);
  const tableStart = dataStart - colorTable.length;
  const dataEnd = dataStart + image.dataEnd - image.dataStart;
  if (4 * dataEnd >= image.bytes.buffer.byteLength) return frame;
  const bytes = new Uint8Array(dataEnd);
  bytes.set(image.bytes.subarray(image.dataStart, image.dataEnd), dataStart);
  const own = { ...image, bytes, roomStart: 0, dataStart, dataEnd };
  if (image.localColorTable === undefined) return { ...frame, image: own };
  bytes.set(colorTable, tableStart);
  const localColorTable = bytes.subarray(tableStart, dataStart);
  const ownImage = { ...own, localColorTable };
  return { ...frame, image: ownImage, colorTable: localColorTable };
}
