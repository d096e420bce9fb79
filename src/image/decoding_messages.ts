import type { DecodePictureOptions } from "./decode_picture.ts";
import type { Pixels } from "./pixels.ts";

/** The name of threads that decode pictures. */
export const DECODING_THREAD = "gifstream decoding";

/** A file to be decoded. */
export interface DecodingRequest {
  bytes: Uint8Array<ArrayBuffer>;
  options: DecodePictureOptions;
}

/** Result of a {@linkcode DecodingRequest}. */
export type DecodingReply = { picture: Pixels } | { error: string };
