import type { GifFrame } from "../../../src/gif/read/frame_reader.ts";
import { indexedFrame } from "../../../src/gif/write/indexed_frame.ts";

/** A picture of one color, as red, green and blue. */
export function colorFrame(
  width: number,
  height: number,
  color: readonly number[],
): GifFrame {
  const pixels = new Uint8Array(width * height);
  return indexedFrame(
    { width, height },
    pixels,
    Uint8Array.from([...color, ...[0, 0, 0]]),
  );
}
