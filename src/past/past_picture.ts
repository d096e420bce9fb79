import type { LogicalScreen } from "../gif/block.ts";

/** A picture that viewers saw. */
export interface PastPicture {
  /** Pixels. */
  width: number;
  /** Pixels. */
  height: number;
  /**
   * Red, green, blue and alpha of every pixel, row by row; alpha is 255, or
   * 0 where nothing was drawn. The caller may keep and change the array.
   */
  rgba: Uint8ClampedArray<ArrayBuffer>;
  /** Time when the picture was sent, in milliseconds since 1970. */
  timeMilliseconds: number;
}

/** A picture that viewers saw, as a part. */
export interface PastKeyframe {
  /** The part. The bytes may be shared: do not change them. */
  bytes: Uint8Array;
  /** The logical screen of the part. */
  screen: LogicalScreen;
  /** Time when the picture was sent, in milliseconds since 1970. */
  timeMilliseconds: number;
}

/** A piece of the past, as a finished GIF. */
export interface PastClip {
  /** The file, which loops for ever. */
  gif: Uint8Array<ArrayBuffer>;
  /** Time of the start of the clip, in milliseconds since 1970. */
  startMilliseconds: number;
  /** Time of the end of the clip, in milliseconds since 1970. */
  endMilliseconds: number;
  /** Number of pictures in the clip. */
  pictures: number;
}
