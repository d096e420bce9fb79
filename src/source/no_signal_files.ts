import type { FolderFrame } from "../encoding/file_frame.ts";
import type { DecodedPicture } from "../image/decode_picture.ts";
import { PictureError } from "../image/image_file.ts";
import { PictureDecoder } from "../image/picture_decoder.ts";
import { writeJpegFile } from "../image/write_file.ts";
import {
  type NoSignalOptions,
  type StandInOptions,
  withStandIns,
} from "./no_signal.ts";
import { drawNoSignal } from "./no_signal_picture.ts";

/** Options of {@linkcode withNoSignalFiles}. */
export interface NoSignalFilesOptions extends
  NoSignalOptions,
  Pick<
    StandInOptions<FolderFrame>,
    "hasRhythm" | "silenceMilliseconds"
  > {
  /** Most pixels that a picture file may have. */
  maxPixels?: number;
}

const QUALITY = 80;

/**
 * The same frames. While none come, the last JPEG or PNG is shown, dimmed, with
 * "no signal" and the time since. Instead of frames of a GIF nothing is shown:
 * the next ones may build on what viewers see.
 */
export async function* withNoSignalFiles(
  frames: AsyncIterable<FolderFrame>,
  { maxPixels, ...options }: NoSignalFilesOptions,
): AsyncGenerator<FolderFrame, void> {
  const decoder = new PictureDecoder({ maxPixels });
  try {
    yield* withStandIns(frames, {
      ...options,
      keep: (frame) => frame,
      standIn: (last) => dimmed(last, decoder),
    });
  } finally {
    decoder.close();
  }
}

async function dimmed(
  last: FolderFrame,
  decoder: PictureDecoder,
): Promise<FolderFrame | undefined> {
  if (!("picture" in last)) return undefined;
  const { timestampMilliseconds } = last;
  let pixels: DecodedPicture;
  try {
    pixels = await decoder.decode(last.picture.bytes);
  } catch (error) {
    // It was refused when it came.
    if (error instanceof PictureError || decoder.closed) return undefined;
    throw error;
  }
  const now = Date.now();
  const picture = drawNoSignal({ ...pixels, timestampMilliseconds }, now);
  const bytes = writeJpegFile({ ...picture, channels: 3 }, QUALITY);
  return {
    picture: { format: "JPEG", bytes },
    timestampMilliseconds: now,
    standsIn: true,
  };
}
