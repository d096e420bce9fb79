import { NewestQueue } from "../../encoding/newest_queue.ts";
import type { PixelFrame } from "../../encoding/pixel_frame.ts";
import { stoppable } from "../../encoding/stoppable.ts";
import type { FolderPicture } from "../../encoding/file_frame.ts";
import { PictureFiles } from "../../image/image_splitter.ts";
import { requirePictureFormat } from "../../image/image_file.ts";
import {
  copyArguments,
  ffmpegArguments,
  ffmpegInput,
} from "./ffmpeg_arguments.ts";
import type { FfmpegOptions } from "./ffmpeg_options.ts";
import { readPictures } from "./ffmpeg_pictures.ts";
import { type PictureForm, Playing } from "./playing.ts";

/** Most pictures that wait to be taken. */
const MAX_WAITING = 2;

/**
 * The pictures of anything that ffmpeg plays: a file, a camera, a screen, an
 * address. ffmpeg must be installed. It runs as long as the iteration, and is
 * restarted if it ends before its input does.
 *
 * @param input A path; an address of http, https, rtmp, rtsp, rtp, srt, tcp
 * or udp; `/dev/video0`; or a format and a name, as `lavfi:testsrc2` or
 * `x11grab::0.0`.
 * @param options Size, rate, limits and listeners.
 * @returns The pictures, at their times. If they come faster than they are
 * taken, the oldest are dropped. The iteration ends with a file that does not
 * loop.
 * @throws {RangeError} If an option is out of range.
 * @throws {Error} While iterating, if ffmpeg is not installed, or a file or a
 * device cannot be played at all; the message ends with ffmpeg's own words.
 * Neither the message nor a warning shows the user, password or query of an
 * address.
 *
 * @example
 * ```ts
 * import { ffmpegFrames } from "@x/gifstream";
 *
 * for await (const frame of ffmpegFrames("lavfi:testsrc2", { width: 64 })) {
 *   console.log(frame.width, frame.height, frame.pixels.length);
 *   break;
 * }
 * ```
 */
export function ffmpegFrames(
  input: string,
  options: FfmpegOptions = {},
): AsyncGenerator<PixelFrame, void> {
  const { framesPerSecond = 10, width, height, turn, filter } = options;
  checkOptions(framesPerSecond, width, height);
  // An address that cannot be played is to be refused at once.
  if (options.bytes === undefined) ffmpegInput(input, options);
  const request = { framesPerSecond, width, height, turn, filter };
  return stoppable(
    (signal) =>
      play(
        new Playing(input, request, PIXELS, { ...options, signal }),
        options,
      ),
    options.signal,
  );
}

/**
 * The JPEGs of an input that gives such, as they are: ffmpeg decodes nothing.
 *
 * @param input As of {@linkcode ffmpegFrames}.
 * @param options Of them, those about the input.
 */
export function ffmpegJpegs(
  input: string,
  options: FfmpegOptions = {},
): AsyncGenerator<FolderPicture, void> {
  const { framesPerSecond = 10 } = options;
  return stoppable(
    (signal) =>
      play(
        new Playing(input, { framesPerSecond }, JPEGS, { ...options, signal }),
        options,
      ),
    options.signal,
  );
}

const PIXELS: PictureForm<PixelFrame> = {
  args: ffmpegArguments,
  read: async function* (stream, { maxPixels = 2 ** 25 }) {
    for await (const picture of readPictures(stream, maxPixels)) {
      yield { ...picture, timestampMilliseconds: Date.now() };
    }
  },
};

const JPEGS: PictureForm<FolderPicture> = {
  args: (input, _, majorVersion) => copyArguments(input, majorVersion),
  read: async function* (stream, { onWarning }) {
    const files = new PictureFiles({ onWarning });
    for await (const chunk of stream) {
      for (const bytes of files.push(chunk)) {
        const picture = { format: requirePictureFormat(bytes), bytes };
        yield { picture, timestampMilliseconds: Date.now() };
      }
    }
  },
};

async function* play<Picture>(
  playing: Playing<Picture>,
  options: FfmpegOptions,
): AsyncGenerator<Picture, void> {
  const queue = new NewestQueue<Picture>({
    maxItems: MAX_WAITING,
    onDrop: options.onDrop,
  });
  const ended = playing.run(queue);
  try {
    for (;;) {
      const frame = await queue.next();
      if (frame === undefined) return;
      yield frame;
    }
  } finally {
    queue.close();
    await ended;
  }
}

function checkOptions(
  framesPerSecond: number,
  width: number | undefined,
  height: number | undefined,
): void {
  if (!(framesPerSecond > 0 && framesPerSecond <= 50)) {
    throw new RangeError(
      `Cannot play by ffmpeg: framesPerSecond must be above 0, at most 50: ${framesPerSecond}`,
    );
  }
  for (const [name, side] of [["width", width], ["height", height]] as const) {
    if (side === undefined) continue;
    if (Number.isInteger(side) && side >= 1 && side <= 65535) continue;
    throw new RangeError(
      `Cannot play by ffmpeg: ${name} must be 1 to 65535: ${side}`,
    );
  }
}
