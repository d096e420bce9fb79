import { Canvas } from "../gif/canvas/canvas.ts";
import { errorMessage } from "../system/error_message.ts";
import { AnsiPainter } from "./ansi_painter.ts";
import type {
  CanvasDrop,
  MadePicture,
  PictureReply,
  PictureRequest,
} from "./making_messages.ts";
import { writePicture } from "./write_picture.ts";

/** The canvas of a stream, as its viewers see it. */
interface Watched {
  canvas: Canvas;
  painter: AnsiPainter;
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
    const { parts, form } = request;
    const { canvas, painter } = this.#find(request);
    for (const part of parts) canvas.drawPart(part);
    return form.format === "ansi"
      ? painter.paint(canvas, form.width)
      : writePicture(canvas, form);
  }

  #find({ canvas: id, screen, pixels }: PictureRequest): Watched {
    if (screen === undefined) {
      const watched = id === undefined ? undefined : this.#watched.get(id);
      if (watched !== undefined) return watched;
      throw new TypeError(`Cannot make picture: no canvas ${id}`);
    }
    const canvas = new Canvas(screen), painter = new AnsiPainter();
    if (pixels !== undefined) canvas.pixels.set(pixels);
    const watched = { canvas, painter };
    if (id !== undefined) this.#watched.set(id, watched);
    return watched;
  }
}
