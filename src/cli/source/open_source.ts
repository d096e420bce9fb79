import { basename, dirname } from "@std/path";
import { changesLook, drawnGifs } from "../../encoding/drawn_gifs.ts";
import { EncodedFrames } from "../../encoding/encoded_frames.ts";
import type {
  SourceFrame,
  SourcePicture,
} from "../../encoding/frame_source.ts";
import { clipFrames } from "../../source/clip_frames.ts";
import { DirectorySource } from "../../source/folder/directory_source.ts";
import {
  channelOfRedis,
  withoutChannel,
} from "../../source/redis/redis_address.ts";
import { testPattern } from "../../source/test_pattern.ts";
import { errorMessage } from "../../system/error_message.ts";
import { loadModule } from "../../system/load_module.ts";
import { AddressSource, readsItself } from "./address_source.ts";
import { CameraSource, isJpegCamera } from "./camera_source.ts";
import { bytePictures } from "./byte_pictures.ts";
import { commandPictures } from "./command_pictures.ts";
import { encodingOf, pictureSizeOf } from "./encoding.ts";
import { playVideo } from "./play_video.ts";
import { PlayedAgain } from "./played_again.ts";
import type { SourceKind } from "./source_kind.ts";
import type { Frames, SourceContext } from "./source_context.ts";

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
      return asAskedFor(testPattern({ framesPerSecond, signal }), context);
    case "stdin":
      return bytePictures(
        Deno.stdin.readable,
        { name: "standard input", live: false },
        context,
      );
    case "exec":
      return commandPictures(input, context);
    case "pipe":
      return readPipe(input, context);
    case "finished":
      return new PlayedAgain(
        input,
        context,
        () =>
          asAskedFor(clipFrames(input, { ...events, loop, signal }), context),
      );
    case "growing":
    case "picture":
      return followFolder(dirname(input), context, basename(input));
    case "video": {
      if (isJpegCamera(input, options)) return new CameraSource(input, context);
      const play = () =>
        new PlayedAgain(input, context, () => playVideo(input, context));
      return readsItself(input, options)
        ? new AddressSource(input, context, play)
        : play();
    }
    case "folder":
      return followFolder(input, context);
    case "redis":
      return readRedis(input, context);
  }
}

/** Kinds that say by themselves when they have begun. */
export const BEGINNING_KINDS: readonly SourceKind[] = [
  "folder",
  "growing",
  "picture",
];

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
  context: SourceContext,
): AsyncGenerator<SourcePicture> {
  const { events, signal } = context;
  while (!signal.aborted) {
    try {
      yield* readWriter(path, context);
    } catch (error) {
      // The next writer may do better.
      events.onWarning(errorMessage(error));
      continue;
    }
    events.onNotice(`The writer of ${path} is done: the last picture stays`);
  }
}

/** Reads what one program writes into a named pipe. */
export async function* readWriter(
  path: string,
  context: SourceContext,
): AsyncGenerator<SourcePicture> {
  context.events.onNotice(`Waiting for a program to write to ${path}`);
  const pipe = await Deno.open(path);
  yield* bytePictures(pipe.readable, { name: path, live: false }, context);
}

/** The frames of a GIF, turned and drawn into if that is asked for. */
function asAskedFor(
  frames: AsyncIterable<SourceFrame>,
  { options, events, jpegs }: SourceContext,
): Frames {
  const look = pictureSizeOf(options);
  if (!changesLook(look)) return frames;
  return new EncodedFrames(drawnGifs(frames, look, events.onWarning), {
    ...events,
    framesPerSecond: options.framesPerSecond,
    jpegs,
    ...encodingOf(options),
  });
}
