import { GifEncoder } from "../../gif/encoder/gif_encoder.ts";
import type { Pixels } from "../../image/pixels.ts";
import { scalePixels } from "../../image/scale_pixels.ts";
import type { JpegMoment } from "../jpeg_history.ts";
import { pixelsOf } from "../jpeg_run.ts";

/** Larger pictures make it slower, and no better. */
const MAX_WIDTH = 480;
/** Encodings after which the code is as fast as it ever is, nearly. */
const ENCODINGS = 2;

/**
 * Makes a part of a JPEG and forgets it. A thread that has done so before makes
 * its first clip four times as fast: the codec is started, the code compiled.
 */
export function warmUp(moment: JpegMoment): void {
  let picture: Pixels;
  try {
    picture = pixelsOf(moment);
  } catch {
    // A broken JPEG has started the codec as well.
    return;
  }
  const scaled = scalePixels(picture, {
    width: Math.min(picture.width, MAX_WIDTH),
  });
  const { pixels, width, height } = scaled;
  for (let i = 0; i < ENCODINGS; i++) {
    new GifEncoder({ width, height, mode: "fast", denoise: false })
      .encode(pixels);
  }
}
