import type { EncoderMode } from "../gif/encoder/effort.ts";
import type { GifEncoderOptions } from "../gif/encoder/gif_encoder_options.ts";
import type { Part } from "../gif/write/frame_part.ts";

/** The name of threads that encode pictures. */
export const ENCODING_THREAD = "gifstream encoding";

/** What holds for all pictures, whatever their size. */
export type EncodingSettings = Omit<
  GifEncoderOptions,
  "width" | "height" | "mode"
>;

/** A picture to be encoded. */
export interface EncodingRequest {
  /** Red, green and blue of every pixel, row by row. */
  pixels: Uint8Array<ArrayBuffer>;
  /** Pixels of a row. */
  width: number;
  /** Rows. */
  height: number;
  /** It may change at any picture; another size begins with a keyframe. */
  mode: EncoderMode;
  /** Time since the one before. */
  intervalSeconds?: number;
  settings: EncodingSettings;
}

/** What became of it. */
export type EncodingReply =
  | {
    /** Undefined: viewers see the picture already, or it was left out. */
    part: Part | undefined;
    /** Whether it was left out to stay within the bitrate. */
    isDropped: boolean;
    /** Time that it took. */
    milliseconds: number;
  }
  | { error: string };
