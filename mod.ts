/**
 * Live video in a plain `<img>` tag: a GIF that never ends.
 *
 * - {@linkcode Channel} and {@linkcode createHandler}: publish pictures, and
 *   serve them over HTTP to any number of viewers.
 * - {@linkcode publishPixels}: a canvas, live, in one call.
 *   {@linkcode publishFrame}: a frame of a GIF.
 * - {@linkcode framePart} and {@linkcode Broadcaster}: the two halves of
 *   that, the transformer of GIF frames and the broadcaster, each by itself.
 * - {@linkcode DirectorySource}, {@linkcode ffmpegFrames},
 *   {@linkcode byteStreamFrames}, {@linkcode clipFrames},
 *   {@linkcode testPattern}: where frames come from.
 *
 * `@x/gifstream/gif` has the format and the encoder, `@x/gifstream/channel`
 * the parts of the fan-out for servers of other kinds, `@x/gifstream/deno` and
 * `@x/gifstream/node` two servers that withstand hostile clients. The program
 * is `@x/gifstream/cli`.
 *
 * @example A drawing of your own, live
 * ```ts
 * import { Channel, createHandler, publishPixels } from "@x/gifstream";
 *
 * const channel = new Channel();
 * const server = Deno.serve({ port: 0 }, createHandler(channel));
 *
 * // Red and blue in turn, ten times a second, in <img src="/live.gif">.
 * const [width, height] = [64, 64];
 * for (let i = 0; i < 4; i++) {
 *   const color = i % 2 === 0 ? [255, 0, 0] : [0, 0, 255];
 *   const data = Uint8Array.from({ length: width * height * 3 }, (_, at) => color[at % 3]);
 *   publishPixels(channel, { data, width, height });
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

import { sayHowToRun } from "./src/system/say_how_to_run.ts";

export { createHandler } from "./src/http/handler.ts";
export type { HandlerOptions } from "./src/http/routing/handler_options.ts";
export type { UpgradeWebSocket } from "./src/http/connection/upgrade.ts";
export type { ServerPlace } from "./src/http/listening/server_place.ts";
export type { ServerNotices } from "./src/http/listening/listening.ts";
export type { ViewingOptions } from "./src/http/access/access.ts";
export type { IngestAccess } from "./src/http/access/ingest_access.ts";

export { Channel } from "./src/channel/channel.ts";
export type { ChannelOptions } from "./src/channel/channel_options.ts";
export { Channels, type ChannelsOptions } from "./src/channel/channels.ts";
export { ViewerLimit } from "./src/channel/viewers/viewer_limit.ts";
export {
  type PixelPicture,
  publishPixels,
  type PublishPixelsOptions,
} from "./src/ingest/publish_pixels.ts";
export { publishFrame } from "./src/ingest/publish_frame.ts";
export { Ingest, type IngestOptions } from "./src/ingest/ingest.ts";
export {
  type Intake,
  type IntakeCounts,
  IntakeError,
  type IntakeProblem,
} from "./src/channel/intake.ts";

export { framePart } from "./src/gif/write/frame_part.ts";
export { Broadcaster } from "./src/channel/broadcaster.ts";
export { GifError } from "./src/gif/gif_error.ts";

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
export { ffmpegFrames } from "./src/source/ffmpeg/ffmpeg_frames.ts";
export type { FfmpegOptions } from "./src/source/ffmpeg/ffmpeg_options.ts";
export type { RtspTransport } from "./src/source/ffmpeg/ffmpeg_arguments.ts";
export {
  testPattern,
  type TestPatternOptions,
} from "./src/source/test_pattern.ts";
export {
  Loss,
  type NoSignalOptions,
  withNoSignal,
} from "./src/source/no_signal.ts";
export {
  EncodedFrames,
  type EncodedFramesOptions,
  type EncodingStats,
} from "./src/encoding/encoded_frames.ts";
export type { EncodingSettings } from "./src/encoding/encoding_messages.ts";
export type {
  FrameSource,
  JpegTaker,
  SourceEvents,
  SourceFrame,
  SourceJpeg,
  SourcePart,
  SourcePicture,
  SourcePictureInfo,
  SourceStats,
} from "./src/encoding/frame_source.ts";
export type { PixelFrame } from "./src/encoding/pixel_frame.ts";
export type { Pixels } from "./src/image/pixels.ts";
export type { PictureSize } from "./src/image/scale_pixels.ts";

if (import.meta.main) sayHowToRun(import.meta.url);
