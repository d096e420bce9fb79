import type { GifImage } from "../block.ts";
import { GifError } from "../gif_error.ts";
import { decodeLzw, type LzwResult } from "../lzw_decode.ts";
import { encodeLzw } from "../lzw_encode.ts";
import { MIN_LZW_CODE_SIZE } from "../spec.ts";

/** Takes the pixels, which nobody wants; kept between calls. */
let scratch = new Uint8Array(0);

/**
 * Makes sure that browsers can show an image (GIF89a section 22).
 *
 * They take image data that ends early or is broken badly: a stream that
 * holds one such image goes blank in Chromium for good, and some stop
 * Firefox, as does a minimum code size of 0 or 1. Such data is compressed anew.
 * Surplus data is no mistake to them.
 *
 * @param image As {@linkcode FrameReader} gives it.
 * @returns The same image, or one like it that all can show.
 * @throws {GifError} If there are too few pixels; its offset is the position
 * in the image data.
 */
export function showableImage(image: GifImage): GifImage {
  const pixels = image.width * image.height;
  if (scratch.length < pixels) scratch = new Uint8Array(pixels);
  const indices = scratch.subarray(0, pixels);
  const { bytes, dataStart, dataEnd } = image;
  const result = decodeLzw(bytes.subarray(dataStart, dataEnd), indices);
  if (result.end !== "complete") throw incomplete(result, pixels);
  if (bytes[dataStart] >= MIN_LZW_CODE_SIZE) return image;
  const data = encodeLzw(indices, MIN_LZW_CODE_SIZE);
  return {
    ...image,
    bytes: data,
    roomStart: 0,
    dataStart: 0,
    dataEnd: data.length,
  };
}

function incomplete(result: LzwResult, pixels: number): GifError {
  const found = {
    "complete": "all",
    "end-code": "the end code",
    "end-of-data": "the end of the data",
    "invalid-code": "an invalid code",
    "invalid-code-size": "an invalid code size",
  }[result.end];
  return new GifError(
    `Cannot show image: expected ${pixels} pixels, found ${found} after ` +
      `${result.pixels} of them, at byte ${result.offset} of the image data`,
    result.offset,
  );
}
