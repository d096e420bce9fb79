import type { Pixels } from "../image/pixels.ts";

/** A raw picture as a source gives it. */
export interface PixelFrame extends Pixels {
  /** What the source calls it, for instance the name of its file. */
  name?: string;
  /** When it was complete, in milliseconds since 1970. */
  timestampMilliseconds: number;
  /** The JPEG file that it was decoded from, if it was not scaled. */
  jpeg?: Uint8Array;
}
