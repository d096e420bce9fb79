import type { PictureEncoding } from "../../source/folder/directory_source.ts";
import type { PictureSize } from "../../image/scale_pixels.ts";
import type { CliOptions } from "../options/options.ts";

const BITS_PER_BYTE = 8;

/** The encoder options for pictures that are not GIF, of any source. */
export function encodingOf(
  { quality, mode, bitsPerSecond, dither }: Pick<
    CliOptions,
    "quality" | "mode" | "bitsPerSecond" | "dither"
  >,
): PictureEncoding {
  return {
    quality,
    mode,
    bitrate: bitsPerSecond && bitsPerSecond / BITS_PER_BYTE,
    dither,
  };
}

/** The size and look of pictures that are not GIF, of any source. */
export function pictureSizeOf(
  { size, maxPixels, turn, timestamp }: Pick<
    CliOptions,
    "size" | "maxPixels" | "turn" | "timestamp"
  >,
): PictureSize {
  return { ...size, maxPixels, turn, timestamp };
}
