import {
  FrameReader,
  type GifFrame,
} from "../../../src/gif/read/frame_reader.ts";

/** The frames of a GIF, which stays as it is. */
export function framesOf(gif: Uint8Array): GifFrame[] {
  const reader = new FrameReader();
  reader.push(gif.slice());
  reader.end();
  const frames: GifFrame[] = [];
  for (let f = reader.next(); f !== undefined; f = reader.next()) {
    frames.push(f);
  }
  return frames;
}
