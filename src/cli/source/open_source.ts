import type { SourceState } from "../../channel/source_state.ts";
import type { PixelFrame } from "../../encoding/pixel_frame.ts";
import { drawTimestamp } from "../../image/draw_timestamp.ts";
import { basename, dirname } from "@std/path";
import { EncodedFrames } from "../../encoding/encoded_frames.ts";
import type {
  FollowedNeed,
  JpegTaker,
  SourceEvents,
  SourceFrame,
  SourcePicture,
  SourceStats,
} from "../../encoding/frame_source.ts";
import { byteStreamFrames } from "../../source/byte_stream_frames.ts";
import { clipFrames } from "../../source/clip_frames.ts";
import { ffmpegFrames } from "../../source/ffmpeg/ffmpeg_frames.ts";
import { DirectorySource } from "../../source/folder/directory_source.ts";
import { Loss, withNoSignal } from "../../source/no_signal.ts";
import {
  channelOfRedis,
  withoutChannel,
} from "../../source/redis/redis_address.ts";
import { warmedUp } from "../../source/warm_up.ts";
import { testPattern } from "../../source/test_pattern.ts";
import { errorMessage } from "../../system/error_message.ts";
import { loadModule } from "../../system/load_module.ts";
import { encodingOf, pictureSizeOf } from "./encoding.ts";
import type { SourceKind } from "./source_kind.ts";
import type { Form, SourceOptions } from "./source_messages.ts";

/** Frames of a source, and its counts if it keeps any. */
export interface Frames extends AsyncIterable<SourcePicture> {
  /** Frames that were lost, kept up to date. */
  readonly stats?: Pick<SourceStats, "dropped"> & { late?: number };
}

/** Listeners of a source. */
export interface Events extends Required<SourceEvents> {
  /** A picture came that viewers see already. */
  onUnchanged: () => void;
  /** Called when the pictures of ffmpeg stop (false) or come back (true). */
  onSignal: (present: boolean) => void;
  /** The source has begun: no picture that comes from now on is missed. */
  onBegin: () => void;
  /** Called by sources that tell their state themselves. */
  onState: (state: SourceState, message: string | null) => void;
}

/** Options of a source besides the input. */
export interface SourceContext {
  options: SourceOptions;
  events: Events;
  /** Ends the source. */
  signal: AbortSignal;
  /**
   * Takes JPEGs as they come.
   *
   * @default {undefined} every picture is encoded
   */
  jpegs?: JpegTaker & Record<Form, FollowedNeed>;
}

/** Opens an INPUT of the command line whose kind is known. */
export function openSource(
  input: string,
  kind: SourceKind,
  context: SourceContext,
): Frames {
  const { options, events, signal } = context;
  const { framesPerSecond, loop } = options;
  switch (kind) {
    case "test":
      return testPattern({ framesPerSecond, signal });
    case "stdin":
      return byteStreamFrames(Deno.stdin.readable, events);
    case "pipe":
      return readPipe(input, events, signal);
    case "finished":
      return clipFrames(input, { ...events, loop, signal });
    case "growing":
      return followFolder(dirname(input), context, basename(input));
    case "video":
      return playVideo(input, context);
    case "folder":
      return followFolder(input, context);
    case "redis":
      return readRedis(input, context);
  }
}

function playVideo(
  input: string,
  { options, events, signal, jpegs }: SourceContext,
): Frames {
  const { framesPerSecond = 10, loop, inputArguments } = options;
  const loss = new Loss();
  const pictures = ffmpegFrames(input, {
    ...events,
    onLost: loss.note,
    ...options.size,
    turn: options.turn,
    filter: options.filter,
    framesPerSecond,
    loop,
    inputArguments,
    rtspTransport: options.rtspTransport,
    signal,
  });
  const warm = options.warmUpPictures === 0
    ? pictures
    : warmedUp(pictures, options.warmUpPictures);
  const shown = options.timestamp ? withTimestamps(warm) : warm;
  return new EncodedFrames(withNoSignal(shown, { ...events, loss, signal }), {
    ...events,
    framesPerSecond,
    jpegs,
    ...encodingOf(options),
  });
}

async function* withTimestamps(
  pictures: AsyncIterable<PixelFrame>,
): AsyncGenerator<PixelFrame, void> {
  for await (const picture of pictures) {
    drawTimestamp(picture, picture.timestampMilliseconds);
    yield picture;
  }
}

/** Kinds that say by themselves when they have begun. */
export const BEGINNING_KINDS: readonly SourceKind[] = ["folder", "growing"];

function followFolder(
  folder: string,
  { options, events, signal, jpegs }: SourceContext,
  only?: string,
): Frames {
  return new DirectorySource(folder, {
    ...events,
    only,
    makesFolder: options.isSubfolder !== true,
    framesPerSecond: options.framesPerSecond,
    deleteAfterSeconds: options.deleteAfterSeconds,
    pollMilliseconds: options.pollMilliseconds,
    pictureSize: pictureSizeOf(options),
    encoding: encodingOf(options),
    jpegs,
    signal,
  });
}

/** Reads one channel of Redis. */
async function* readRedis(
  address: string,
  { options, events, signal, jpegs }: SourceContext,
): AsyncGenerator<SourcePicture> {
  if (jpegs === undefined) {
    throw new TypeError("Cannot read Redis: nobody takes its JPEGs");
  }
  // Few need it, and its library is large.
  const { redisChannelPictures } = await loadModule(() =>
    import("../../source/redis/redis_channels.ts")
  );
  const place = {
    address: withoutChannel(address),
    prefix: options.redisPrefix,
    ca: options.redisCa,
  };
  yield* redisChannelPictures(place, {
    name: channelOfRedis(address) ?? "",
    jpegs,
    signal,
    onState: ({ state, message }) => events.onState(state, message),
    onUnchanged: events.onUnchanged,
    onRefused: (error) => events.onWarning(errorMessage(error)),
  });
}

/** Reads a named pipe, which writers may open one after another. */
async function* readPipe(
  path: string,
  events: Required<SourceEvents>,
  signal: AbortSignal,
): AsyncGenerator<SourceFrame> {
  while (!signal.aborted) {
    events.onNotice(`Waiting for a program to write to ${path}`);
    const pipe = await Deno.open(path);
    yield* byteStreamFrames(pipe.readable, events);
    events.onNotice(`The writer of ${path} is done: the last picture stays`);
  }
}
