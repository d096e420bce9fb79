import type { LogicalScreen } from "../gif/block.ts";
import type { PictureForm } from "./picture_form.ts";

/** The name of threads that make pictures. */
export const MAKING_THREAD = "gifstream making";

/** A picture that is to be made. */
export interface PictureRequest {
  /**
   * The canvas to draw on, which is kept until {@linkcode CanvasDrop}; none
   * means one that is gone afterwards.
   */
  canvas?: number;
  /** Begins a new canvas; undefined goes on with the one there is. */
  screen?: LogicalScreen;
  /** What is drawn first: parts, oldest first. */
  parts: Uint8Array[];
  /** What a new canvas shows before that, as `Canvas.pixels`; else nothing. */
  pixels?: Uint8ClampedArray<ArrayBuffer>;
  form: PictureForm;
}

/** A canvas that nobody needs any more. */
export interface CanvasDrop {
  drop: number;
}

/** A picture, written. */
export interface MadePicture {
  bytes: Uint8Array;
  /**
   * What leads here from the picture made before on the same canvas, where
   * that is shorter; formats of files have none.
   */
  change?: Uint8Array;
  /** Pixels of a row. */
  width: number;
  /** Rows. */
  height: number;
}

/** What became of a request; requests are answered in order. */
export type PictureReply = MadePicture | { error: string };
