import { Canvas } from "../gif/canvas/canvas.ts";
import { errorMessage } from "../system/error_message.ts";
import { AnsiPainter } from "./ansi_painter.ts";
import { ScanPainter } from "./scan_painter.ts";
import type {
  CanvasDrop,
  MadePicture,
  PictureReply,
  PictureRequest,
} from "./making_messages.ts";
import { shrinkJpeg, writePicture } from "./write_picture.ts";

/** The canvas of a stream, as its viewers see it. */
interface Watched {
  canvas: Canvas;
  ansi: AnsiPainter;
  /** Stays with the stream, whose canvas may begin anew. */
  scans: ScanPainter;
}

/** Draws parts and makes pictures of them, in any thread. */
export class PictureMaker {
  readonly #watched = new Map<number, Watched>();

  /** Answers a request; mistakes are answers, too, and never thrown. */
  answer(request: PictureRequest): PictureReply {
    try {
      return this.#make(request);
    } catch (error) {
      if (request.canvas !== undefined) this.drop({ drop: request.canvas });
      return { error: errorMessage(error) };
    }
  }

  /** Drops a canvas. */
  drop({ drop }: CanvasDrop): void {
    this.#watched.delete(drop);
  }

  #make(request: PictureRequest): MadePicture {
    const { parts, form, jpeg } = request;
    if (jpeg !== undefined) return shrinkJpeg(jpeg, form);
    const { canvas, ansi, scans } = this.#find(request);
    for (const part of parts) canvas.drawPart(part);
    switch (form.format) {
      case "ansi":
        return ansi.paint(canvas, form.width);
      case "scans":
        return scans.paint(canvas, form.width);
      default:
        return writePicture(canvas, form);
    }
  }

  #find({ canvas: id, screen, pixels }: PictureRequest): Watched {
    const before = id === undefined ? undefined : this.#watched.get(id);
    if (screen === undefined) {
      if (before !== undefined) return before;
      throw new TypeError(`Cannot make picture: no canvas ${id}`);
    }
    const canvas = new Canvas(screen), ansi = new AnsiPainter();
    if (pixels !== undefined) canvas.pixels.set(pixels);
    const watched = { canvas, ansi, scans: before?.scans ?? new ScanPainter() };
    if (id !== undefined) this.#watched.set(id, watched);
    return watched;
  }
}
