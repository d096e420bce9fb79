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
export { indexedFrame } from "./src/gif/indexed_frame.ts";
export { encodeLzw } from "./src/gif/lzw_encode.ts";
export {
  Broadcaster,
  type BroadcasterOptions,
  type BroadcasterStats,
  TooManySubscribersError,
} from "./src/channel/broadcaster.ts";
export {
  Channel,
  type ChannelOptions,
  type ChannelStatus,
} from "./src/channel/channel.ts";
export { createHandler, type HandlerOptions } from "./src/http/handler.ts";
