import { GifEncoder } from "../gif/encoder/gif_encoder.ts";
import { decodePicture } from "../image/decode_picture.ts";
import type { Pixels } from "../image/pixels.ts";
import type { JpegMoment } from "./jpeg_history.ts";
import type { Moment } from "./history.ts";

/** True for a JPEG, false for a part. */
export function isJpeg(moment: Moment | JpegMoment): moment is JpegMoment {
  return "jpeg" in moment;
}

/**
 * Decodes a JPEG.
 *
 * @throws {PictureError} If it cannot be read.
 */
export function pixelsOf({ jpeg }: JpegMoment): Pixels {
  return decodePicture(jpeg);
}

/** JPEGs that follow each other, as parts that build on each other. */
export class JpegRun {
  #encoder: GifEncoder | undefined;

  /**
   * The next JPEG as a part; undefined if it changes nothing, or is broken.
   * The first one is a keyframe.
   */
  part(moment: JpegMoment): Uint8Array | undefined {
    try {
      const { pixels, width, height } = pixelsOf(moment);
      // Who asks waits for it.
      this.#encoder ??= new GifEncoder({ width, height, mode: "fast" });
      return this.#encoder.encode(pixels)?.bytes;
    } catch {
      // It is shown as it came, too, and the pictures around it are whole.
      return undefined;
    }
  }
}
