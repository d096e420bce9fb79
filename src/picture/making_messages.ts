import type { LogicalScreen } from "../gif/block.ts";
import type { PictureForm } from "./picture_form.ts";

/** The name of threads that make pictures. */
export const MAKING_THREAD = "gifstream making";

/** A request for a picture. */
export interface PictureRequest {
  /**
   * The canvas to draw on, which is kept until {@linkcode CanvasDrop};
   * undefined: a new one, dropped afterwards.
   */
  canvas?: number;
  /** The screen of a new canvas; undefined: the canvas is there already. */
  screen?: LogicalScreen;
  /** The parts to draw first, oldest first. */
  parts: Uint8Array[];
  /** The pixels of a new canvas before that, as `Canvas.pixels`. */
  pixels?: Uint8ClampedArray<ArrayBuffer>;
  /** The JPEG file that shows the picture already: nothing is drawn then. */
  jpeg?: Uint8Array;
  form: PictureForm;
}

/** Drops a canvas that nobody needs any more. */
export interface CanvasDrop {
  drop: number;
}

/** A written picture. */
export interface MadePicture {
  bytes: Uint8Array;
  /**
   * The change from the previous picture of the same canvas, where it is
   * shorter; file formats have none.
   */
  change?: Uint8Array;
  /** Pixels of a row. */
  width: number;
  /** Rows. */
  height: number;
}

/** The answer to a request; answers keep the order of requests. */
export type PictureReply = MadePicture | { error: string };
