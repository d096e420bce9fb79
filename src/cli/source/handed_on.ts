import { encodePictures } from "../../encoding/encode_pictures.ts";
import type { FolderFrame } from "../../encoding/file_frame.ts";
import type { SourcePicture } from "../../encoding/frame_source.ts";
import { keepsPictures } from "../../image/scale_pixels.ts";
import {
  type NoSignalFilesOptions,
  withNoSignalFiles,
} from "../../source/no_signal_files.ts";
import { warmedUp } from "../../source/warm_up.ts";
import { encodingOf, pictureSizeOf } from "./encoding.ts";
import type { SourceContext } from "./source_context.ts";

/** Options of {@linkcode handedOn}. */
export interface HandedOnOptions extends
  Pick<
    NoSignalFilesOptions,
    "hasRhythm" | "silenceMilliseconds" | "loss"
  > {
  /** Called with the number of pictures that were dropped. */
  onDrop: (frames: number) => void;
  /** Called when the iteration is left: the frames must end then. */
  onLeave: () => void;
  /** Ends the pictures. */
  signal: AbortSignal;
}

/**
 * The frames of a camera: JPEGs as they are where the options allow it, with
 * "no signal" while none come.
 */
export function handedOn(
  frames: AsyncIterable<FolderFrame>,
  { options, events, jpegs }: SourceContext,
  { onDrop, onLeave, ...noSignal }: HandedOnOptions,
): AsyncIterable<SourcePicture> {
  const { framesPerSecond, maxPixels, warmUpPictures } = options;
  const shown = withNoSignalFiles(warmedUp(frames, warmUpPictures), {
    onSignal: events.onSignal,
    maxPixels,
    ...noSignal,
  });
  const size = pictureSizeOf(options);
  const handsOn = keepsPictures(size);
  return encodePictures(shown, {
    size,
    scalesGifs: true,
    jpegs: handsOn ? jpegs : undefined,
    encoding: {
      ...events,
      framesPerSecond,
      jpegs: handsOn ? undefined : jpegs,
      onDrop,
      onUnchanged: ({ wasPublished }) => {
        // A JPEG that was handed on is counted.
        if (!wasPublished) events.onUnchanged();
      },
      ...encodingOf(options),
    },
    onError: (_, error) => events.onRefused(error),
    onLeave,
  });
}
