/**
 * Live video in a plain `<img>` tag: a GIF that never ends.
 *
 * - {@linkcode Channel} and {@linkcode createHandler}: publish pictures, and
 *   serve them over HTTP to any number of viewers.
 * - {@linkcode framePart} and {@linkcode Broadcaster}: the two halves of
 *   that, the transformer of GIF frames and the broadcaster, each by itself.
 * - {@linkcode DirectorySource}, {@linkcode byteStreamFrames},
 *   {@linkcode clipFrames}, {@linkcode testPattern}: where frames come from.
 * - {@linkcode BlockReader}, {@linkcode FrameReader}, {@linkcode decodeGif},
 *   {@linkcode Canvas}, {@linkcode encodeLzw}: the GIF format.
 * - {@linkcode GifEncoder}: pixels of your own into a live GIF, small.
 *
 * @example A stream of pictures of your own
 * ```ts
 * import { Channel, createHandler, indexedFrame } from "@x/gifstream";
 *
 * const channel = new Channel();
 * const server = Deno.serve({ port: 0 }, createHandler(channel));
 *
 * // Red and blue in turn, ten times a second, in <img src="/live.gif">.
 * const screen = { width: 64, height: 64 };
 * const colors = Uint8Array.of(255, 0, 0, 0, 0, 255);
 * for (let i = 0; i < 4; i++) {
 *   const pixels = new Uint8Array(64 * 64).fill(i % 2);
 *   channel.publishFrame(indexedFrame(screen, pixels, colors));
 *   await new Promise((resolve) => setTimeout(resolve, 100));
 * }
 *
 * // Ends every viewer's GIF properly, then the server.
 * channel.close();
 * await server.shutdown();
 * ```
 *
 * @module
 */

export { createHandler, type HandlerOptions } from "./src/http/handler.ts";
export type { UpgradeWebSocket } from "./src/http/upgrade.ts";
export { Channel } from "./src/channel/channel.ts";
export type { ChannelOptions } from "./src/channel/channel_options.ts";
export type { ChannelStatus } from "./src/channel/channel_status.ts";
export { type FaultKind, Faults } from "./src/channel/faults.ts";
export type { LatencyHistogram } from "./src/channel/latency.ts";
export {
  type AttachOptions,
  Broadcaster,
  type BroadcasterOptions,
  type BroadcasterStats,
} from "./src/channel/broadcaster.ts";
export {
  Past,
  type PastClip,
  type PastClipOptions,
  type PastClipPieces,
  type PastClipSpan,
  type PastKeyframe,
  type PastPicture,
} from "./src/channel/past.ts";
export { Channels, type ChannelsFollower } from "./src/channel/channels.ts";
export type { SourceState, SourceStatus } from "./src/channel/source_state.ts";
export { Demand } from "./src/channel/demand.ts";
export type { ViewingOptions } from "./src/http/access.ts";
export type { IngestAccess } from "./src/http/frames.ts";
export { Ingest, type IngestOptions } from "./src/ingest/ingest.ts";
export {
  type Intake,
  type IntakeCounts,
  IntakeError,
  type IntakeProblem,
} from "./src/channel/intake.ts";
export { RESERVED_NAMES } from "./src/channel/channel_name.ts";
export { ViewerLimit } from "./src/channel/viewer_limit.ts";
export type {
  ChannelFollower,
  Outlet,
  OutletContext,
  PartInfo,
  PublishOptions,
} from "./src/channel/outlet.ts";
export {
  Fanout,
  type FanoutContext,
  type FanoutCounts,
  type FanoutOptions,
} from "./src/channel/fanout.ts";
export { TooManySubscribersError } from "./src/channel/too_many_subscribers_error.ts";

export {
  DirectorySource,
  type DirectorySourceOptions,
  type DirectoryStats,
  type PictureEncoding,
} from "./src/source/directory.ts";
export {
  byteStreamFrames,
  type ByteStreamOptions,
} from "./src/source/byte_stream.ts";
export { clipFrames, type ClipOptions } from "./src/source/clip.ts";
export {
  testPattern,
  type TestPatternOptions,
} from "./src/source/test_pattern.ts";
export { ffmpegFrames, type FfmpegOptions } from "./src/source/ffmpeg.ts";
export {
  EncodedFrames,
  type EncodedFramesOptions,
  type EncodingStats,
} from "./src/source/encoding.ts";
export type { EncodingSettings } from "./src/source/encoding_messages.ts";
export { type NoSignalOptions, withNoSignal } from "./src/source/no_signal.ts";
export type { PixelFrame } from "./src/source/pixel_frame.ts";
export type { Pixels } from "./src/picture/pixels.ts";
export {
  decodePicture,
  type DecodePictureOptions,
} from "./src/picture/decode_picture.ts";
export {
  PictureDecoder,
  type PictureDecoderOptions,
} from "./src/picture/picture_decoder.ts";
export { PictureError } from "./src/picture/picture_file.ts";
export type { PictureSize } from "./src/picture/scale_pixels.ts";
export type {
  FrameSource,
  SourceEvents,
  SourceFrame,
  SourceStats,
} from "./src/source/source.ts";

export {
  framePart,
  type FramePartOptions,
  type Part,
  streamHeader,
} from "./src/gif/transform.ts";
export {
  FrameReader,
  type FrameReaderOptions,
  type GifFrame,
  type GifSequence,
  isKeyframe,
  paintsScreen,
} from "./src/gif/frame_reader.ts";
export {
  BlockReader,
  type BlockReaderOptions,
  PART_ROOM_BYTES,
} from "./src/gif/reader.ts";
export type {
  GifBlock,
  GifImage,
  GraphicControl,
  LogicalScreen,
} from "./src/gif/block.ts";
export { GifError } from "./src/gif/error.ts";
export { indexedFrame } from "./src/gif/indexed_frame.ts";
export {
  Canvas,
  type CanvasOptions,
  type PendingDisposal,
} from "./src/gif/canvas.ts";
export {
  type DecodedFrame,
  decodeGif,
  type DecodeGifOptions,
} from "./src/gif/decode_gif.ts";
export { keyframe, type KeyframeOptions } from "./src/gif/keyframe.ts";
export { interlacedRowOrder } from "./src/gif/interlace.ts";
export { encodeLzw } from "./src/gif/lzw_encode.ts";
export { decodeLzw, type LzwResult } from "./src/gif/lzw_decode.ts";
export {
  type DenoServer,
  type DenoServerOptions,
  serveByDeno,
} from "./src/http/deno_server.ts";
export {
  type NodeServer,
  type NodeServerOptions,
  serveByNode,
} from "./src/http/node_server.ts";
export type { ServerNotices } from "./src/http/listening.ts";
export type { ViewerConnection } from "./src/channel/viewer_connection.ts";

export { GifEncoder } from "./src/gif/encoder/gif_encoder.ts";
export type {
  EncodeOptions,
  GifEncoderOptions,
} from "./src/gif/encoder/gif_encoder_options.ts";
export {
  GifEncoderStream,
  type RawFrame,
} from "./src/gif/encoder/gif_encoder_stream.ts";
export type { EncoderMode } from "./src/gif/encoder/effort.ts";
