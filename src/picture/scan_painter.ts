import type { Canvas } from "../gif/canvas/canvas.ts";
import { jpegScans } from "../image/scans/jpeg_scans.ts";
import { scalePixels } from "../image/scale_pixels.ts";
import type { MadePicture } from "./making_messages.ts";
import { opaquePixels } from "./write_picture.ts";

/** Makes scans of one JPEG: pictures of other sizes are fitted into it. */
export class ScanPainter {
  #size: { width: number; height: number } | undefined;

  /**
   * Makes the scans of the picture of a canvas.
   *
   * @param canvas The canvas, which is not changed.
   * @param width Most pixels of a row, for the first picture.
   */
  paint(canvas: Canvas, width: number = canvas.screen.width): MadePicture {
    const first = { width: Math.min(width, canvas.screen.width) };
    const picture = scalePixels(opaquePixels(canvas), this.#size ?? first);
    const size = { width: picture.width, height: picture.height };
    this.#size ??= size;
    return { bytes: jpegScans(picture), ...size };
  }
}
