import { EncodedFrames } from "../../encoding/encoded_frames.ts";
import type { SourcePart } from "../../encoding/frame_source.ts";
import type { PixelFrame } from "../../encoding/pixel_frame.ts";
import { drawTimestamp } from "../../image/draw_timestamp.ts";
import { ffmpegFrames } from "../../source/ffmpeg/ffmpeg_frames.ts";
import type { FfmpegOptions } from "../../source/ffmpeg/ffmpeg_options.ts";
import { Loss, withNoSignal } from "../../source/no_signal.ts";
import { warmedUp } from "../../source/warm_up.ts";
import { encodingOf } from "./encoding.ts";
import type { Frames, SourceContext } from "./source_context.ts";

/**
 * Plays an input, or bytes, by ffmpeg.
 *
 * @param input The input; with `bytes` only its name, for messages.
 */
export function playVideo(
  input: string,
  { options, events, signal, jpegs }: SourceContext,
  read: Pick<FfmpegOptions, "bytes" | "live"> = {},
): AsyncIterable<SourcePart> & Frames {
  const { framesPerSecond = 10, loop, inputArguments } = options;
  const loss = new Loss();
  const pictures = ffmpegFrames(input, {
    ...events,
    ...read,
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
