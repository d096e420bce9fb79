import type { Pixels } from "../image/pixels.ts";

/** A raw picture as a source gives it. */
export interface PixelFrame extends Pixels {
  /** Its name in the source, for instance that of its file. */
  name?: string;
  /** The time when it was complete, in milliseconds since 1970. */
  timestampMilliseconds: number;
  /** The JPEG file that it was decoded from, if it was not scaled. */
  jpeg?: Uint8Array;
  /** True if viewers of JPEG have that file already. */
  wasPublished?: boolean;
  /** Its fault, if a part of it is damaged. */
  damage?: string;
  /** True if it stands in for pictures that do not come: "no signal". */
  standsIn?: boolean;
}
