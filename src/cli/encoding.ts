import type { PictureEncoding } from "../source/folder/directory_source.ts";
import type { CliOptions } from "./options/options.ts";

const BITS_PER_BYTE = 8;

/** How what is no GIF is encoded, wherever it comes from. */
export function encodingOf(
  { quality, mode, bitsPerSecond, dither }: CliOptions,
): PictureEncoding {
  return {
    quality,
    mode,
    bitrate: bitsPerSecond && bitsPerSecond / BITS_PER_BYTE,
    dither: dither ? "ordered" : "none",
  };
}
