import type { DecodePictureOptions } from "./picture_decode.ts";
import type { Pixels } from "./pixel_frame.ts";

/** A file to be decoded. */
export interface PictureRequest {
  bytes: Uint8Array<ArrayBuffer>;
  options: DecodePictureOptions;
}

/** What became of it. */
export type PictureReply = { picture: Pixels } | { error: string };
