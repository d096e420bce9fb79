/**
 * Live video in a plain `<img>` tag: a GIF that never ends.
 *
 * @module
 */

export type {
  GifBlock,
  GifImage,
  GraphicControl,
  LogicalScreen,
} from "./src/gif/block.ts";
export { GifError } from "./src/gif/error.ts";
export {
  BlockReader,
  type BlockReaderOptions,
  PART_ROOM_BYTES,
} from "./src/gif/reader.ts";
export {
  FrameReader,
  type FrameReaderOptions,
  type GifFrame,
  type GifSequence,
  isKeyframe,
  paintsScreen,
} from "./src/gif/frame_reader.ts";
export {
  framePart,
  type FramePartOptions,
  type Part,
  streamHeader,
} from "./src/gif/transform.ts";
