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
export { type FaultKind, Faults } from "./src/log/faults.ts";
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
} from "./src/channel/past/past.ts";
export { Channels, type ChannelsFollower } from "./src/channel/channels.ts";
export type { SourceState, SourceStatus } from "./src/channel/source_state.ts";
export { Demand } from "./src/channel/demand.ts";
export type { ViewingOptions } from "./src/http/access/access.ts";
export type { IngestAccess } from "./src/http/resources/frames.ts";
export { Ingest, type IngestOptions } from "./src/ingest/ingest.ts";
export {
  type Intake,
  type IntakeCounts,
  IntakeError,
  type IntakeProblem,
} from "./src/channel/intake.ts";
export { RESERVED_NAMES } from "./src/channel/channel_name.ts";
export { ViewerLimit } from "./src/channel/viewers/viewer_limit.ts";
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
} from "./src/channel/viewers/fanout.ts";
export { TooManySubscribersError } from "./src/channel/viewers/too_many_subscribers_error.ts";

export {
  DirectorySource,
  type DirectorySourceOptions,
  type DirectoryStats,
  type PictureEncoding,
} from "./src/source/folder/directory_source.ts";
export {
  byteStreamFrames,
  type ByteStreamOptions,
} from "./src/source/byte_stream_frames.ts";
export { clipFrames, type ClipOptions } from "./src/source/clip_frames.ts";
export {
  testPattern,
  type TestPatternOptions,
} from "./src/source/test_pattern.ts";
export {
  ffmpegFrames,
  type FfmpegOptions,
} from "./src/source/ffmpeg/ffmpeg_frames.ts";
export {
  EncodedFrames,
  type EncodedFramesOptions,
  type EncodingStats,
} from "./src/encoding/encoded_frames.ts";
export type { EncodingSettings } from "./src/encoding/encoding_messages.ts";
export { type NoSignalOptions, withNoSignal } from "./src/source/no_signal.ts";
export type { PixelFrame } from "./src/encoding/pixel_frame.ts";
export type { Pixels } from "./src/image/pixels.ts";
export {
  decodePicture,
  type DecodePictureOptions,
} from "./src/image/decode_picture.ts";
export {
  PictureDecoder,
  type PictureDecoderOptions,
} from "./src/image/picture_decoder.ts";
export { PictureError } from "./src/image/image_file.ts";
export type { PictureSize } from "./src/image/scale_pixels.ts";
export type {
  FrameSource,
  SourceEvents,
  SourceFrame,
  SourcePart,
  SourcePicture,
  SourcePictureInfo,
  SourceStats,
} from "./src/encoding/frame_source.ts";

export {
  framePart,
  type FramePartOptions,
  type Part,
  streamHeader,
} from "./src/gif/write/frame_part.ts";
export {
  FrameReader,
  type FrameReaderOptions,
  type GifFrame,
  type GifSequence,
  isKeyframe,
  paintsScreen,
} from "./src/gif/read/frame_reader.ts";
export {
  BlockReader,
  type BlockReaderOptions,
  PART_ROOM_BYTES,
} from "./src/gif/read/block_reader.ts";
export type {
  GifBlock,
  GifImage,
  GraphicControl,
  LogicalScreen,
} from "./src/gif/block.ts";
export { GifError } from "./src/gif/gif_error.ts";
export { indexedFrame } from "./src/gif/write/indexed_frame.ts";
export {
  Canvas,
  type CanvasOptions,
  type PendingDisposal,
} from "./src/gif/canvas/canvas.ts";
export {
  type DecodedFrame,
  decodeGif,
  type DecodeGifOptions,
} from "./src/gif/canvas/decode_gif.ts";
export { keyframe, type KeyframeOptions } from "./src/gif/canvas/keyframe.ts";
export { interlacedRowOrder } from "./src/gif/interlace.ts";
export { encodeLzw } from "./src/gif/lzw_encode.ts";
export { decodeLzw, type LzwResult } from "./src/gif/lzw_decode.ts";
export {
  type DenoServer,
  type DenoServerOptions,
  serveByDeno,
} from "./src/http/deno/deno_server.ts";
export {
  type NodeServer,
  type NodeServerOptions,
  serveByNode,
} from "./src/http/node/node_server.ts";
export type { ServerNotices } from "./src/http/listening/listening.ts";
export type { ViewerConnection } from "./src/channel/viewers/viewer_connection.ts";

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
