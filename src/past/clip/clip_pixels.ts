import type { Canvas } from "../../gif/canvas/canvas.ts";
import { onBlack } from "../../gif/on_black.ts";
import type { Pixels } from "../../image/pixels.ts";
import type { History, Moment } from "../history.ts";
import type { JpegMoment } from "../jpeg_history.ts";
import { isJpeg, pixelsOf } from "../jpeg_run.ts";

/** The pixels of some pictures of a clip, one after the other. */
export class ClipPixels {
  readonly #moments: readonly (Moment | JpegMoment)[];
  readonly #history: History;
  /** The canvas of viewers after the part at the index. */
  #drawn: { canvas: Canvas; index: number } | undefined;

  /**
   * @param moments The pictures of the clip, oldest first.
   * @param history The history of the parts.
   */
  constructor(
    moments: readonly (Moment | JpegMoment)[],
    history: History,
  ) {
    this.#moments = moments;
    this.#history = history;
  }

  /**
   * The pixels of a picture, on black; undefined for a broken JPEG.
   *
   * @param index Its place, never before that of the call before.
   */
  at(index: number): Pixels | undefined {
    const moment = this.#moments[index];
    if (isJpeg(moment)) return decoded(moment);
    const { pixels, screen } = this.#canvas(moment, index);
    const { width, height } = screen;
    return { pixels: onBlack(pixels, width * height), width, height };
  }

  #canvas(moment: Moment, index: number): Canvas {
    const parts = this.#partsUntil(index);
    if (this.#drawn === undefined || parts === undefined) {
      // Later parts are drawn on it, so it must be a copy.
      const canvas = this.#history.canvas(moment).copy();
      this.#drawn = { canvas, index };
      return canvas;
    }
    const { canvas } = this.#drawn;
    for (const { part } of parts) canvas.drawPart(part.bytes);
    this.#drawn.index = index;
    return canvas;
  }

  /**
   * The parts from what is drawn up to an index, from the last keyframe on;
   * undefined if there is no such way.
   */
  #partsUntil(index: number): Moment[] | undefined {
    const parts: Moment[] = [];
    for (let i = index; i > (this.#drawn?.index ?? index); i--) {
      const moment = this.#moments[i];
      if (isJpeg(moment)) return undefined;
      parts.unshift(moment);
      if (moment.part.keyframe) break;
    }
    return parts;
  }
}

function decoded(moment: JpegMoment): Pixels | undefined {
  try {
    return pixelsOf(moment);
  } catch {
    // The pictures around it are whole.
    return undefined;
  }
}
