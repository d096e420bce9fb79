import type { DecodedPicture } from "./decode_picture.ts";
import type { PictureSize } from "./scale_pixels.ts";

/** The name of threads that decode pictures. */
export const DECODING_THREAD = "gifstream decoding";

/** A file to be decoded. */
export interface DecodingRequest {
  bytes: Uint8Array<ArrayBuffer>;
  options: PictureSize;
}

/** Result of a {@linkcode DecodingRequest}. */
export type DecodingReply = { picture: DecodedPicture } | { error: string };
