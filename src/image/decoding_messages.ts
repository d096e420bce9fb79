import type { DecodePictureOptions } from "./decode_picture.ts";
import type { Pixels } from "./pixels.ts";

/** A file to be decoded. */
export interface DecodingRequest {
  bytes: Uint8Array<ArrayBuffer>;
  options: DecodePictureOptions;
}

/** What became of it. */
export type DecodingReply = { picture: Pixels } | { error: string };
