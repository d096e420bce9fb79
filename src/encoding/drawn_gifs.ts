import { Canvas } from "../gif/canvas/canvas.ts";
import { GifError } from "../gif/gif_error.ts";
import { onBlack } from "../gif/on_black.ts";
import { showableImage } from "../gif/read/image_data.ts";
import { drawTimestamp } from "../image/draw_timestamp.ts";
import { turnPixels } from "../image/turn_pixels.ts";
import { type PictureSize, scalePixels } from "../image/scale_pixels.ts";
import type { SourceFrame } from "./frame_source.ts";
import type { PixelFrame } from "./pixel_frame.ts";

/** Changes to the look of pictures. */
export type PictureLook = Pick<PictureSize, "turn" | "timestamp">;

/** True if pictures are to be turned, or drawn into. */
export function changesLook(
  { turn = 1, timestamp = false }: PictureLook,
): boolean {
  return turn !== 1 || timestamp;
}

/**
 * Draws frames of a GIF as viewers would see them, to turn them and to draw
 * into them, which cannot be done to a difference.
 */
export class DrawnGifs {
  readonly #look: PictureLook;
  readonly #size: PictureSize | undefined;
  #canvas: Canvas | undefined;

  /**
   * Draws nothing yet.
   *
   * @param look How the pictures are to look.
   * @param size The size to scale them to; undefined: their own.
   */
  constructor(look: PictureLook, size?: PictureSize) {
    this.#look = look;
    this.#size = size;
  }

  /**
   * The picture after a frame.
   *
   * @throws {GifError} If browsers could not show the frame.
   */
  draw({ frame, name, timestampMilliseconds }: SourceFrame): PixelFrame {
    const { screen: { width, height } } = frame;
    frame.image = showableImage(frame.image);
    let canvas = this.#canvas;
    if (canvas?.screen.width !== width || canvas.screen.height !== height) {
      canvas = this.#canvas = new Canvas({ width, height });
    }
    canvas.draw(frame);
    const pixels = onBlack(canvas.pixels, width * height);
    const { turn = 1, timestamp = false } = this.#look;
    const turned = turnPixels({ pixels, width, height }, turn);
    const drawn = this.#size === undefined
      ? turned
      : scalePixels(turned, this.#size);
    if (timestamp) drawTimestamp(drawn, timestampMilliseconds);
    return { ...drawn, name, timestampMilliseconds };
  }
}

/** The pictures of a GIF, turned and drawn into. */
export async function* drawnGifs(
  frames: AsyncIterable<SourceFrame>,
  look: PictureLook,
  onWarning: (message: string) => void,
): AsyncGenerator<PixelFrame, void> {
  const gifs = new DrawnGifs(look);
  for await (const frame of frames) {
    try {
      yield gifs.draw(frame);
    } catch (error) {
      if (!(error instanceof GifError)) throw error;
      onWarning(error.message);
    }
  }
}
