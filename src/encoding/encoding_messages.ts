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
  /** The forms that are wanted. */
  forms: { gif: boolean; jpeg: boolean };
  /**
   * True if the part must be a keyframe.
   *
   * @default {false}
   */
  anew?: boolean;
  settings: EncodingSettings;
}

/** The answer to a request. */
export type EncodingReply =
  | {
    /**
     * The part; undefined if none was wanted, or the picture is unchanged or
     * dropped.
     */
    part?: Part;
    /** The JPEG, if it was wanted. */
    jpeg?: Uint8Array<ArrayBuffer>;
    /** The pixels, given back if no part was wanted. */
    pixels?: Uint8Array<ArrayBuffer>;
    /** True if the picture was dropped to hold the bitrate. */
    isDropped: boolean;
    /** Time that the part took. */
    milliseconds: number;
  }
  | { error: string };
