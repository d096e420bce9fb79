import type { EncoderMode } from "../gif/encoder/effort.ts";
import type { GifEncoderOptions } from "../gif/encoder/gif_encoder_options.ts";
import type { Part } from "../gif/write/frame_part.ts";

/** The name of threads that encode pictures. */
export const ENCODING_THREAD = "gifstream encoding";

/** Settings of all pictures, whatever their size. */
export type EncodingSettings = Omit<
  GifEncoderOptions,
  "width" | "height" | "mode"
>;

/** A request to encode a picture. */
export interface EncodingRequest {
  /** Red, green and blue of every pixel, row by row. */
  pixels: Uint8Array<ArrayBuffer>;
  /** Pixels of a row. */
  width: number;
  /** Rows. */
  height: number;
  /** It may change at any picture; another size begins with a keyframe. */
  mode: EncoderMode;
  /** Time since the picture before. */
  intervalSeconds?: number;
  settings: EncodingSettings;
}

/** The answer to a request. */
export type EncodingReply =
  | {
    /** The part; undefined if the picture is unchanged or dropped. */
    part: Part | undefined;
    /** True if the picture was dropped to hold the bitrate. */
    isDropped: boolean;
    /** Time of the encoding. */
    milliseconds: number;
  }
  | { error: string };
