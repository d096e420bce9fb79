/** A raw picture. */
export interface Pixels {
  /** Red, green and blue of every pixel, row by row. The taker owns it. */
  pixels: Uint8Array<ArrayBuffer>;
  /** Pixels of a row, 1 to 65535. */
  width: number;
  /** Rows, 1 to 65535. */
  height: number;
}

/** A raw picture as a source gives it. */
export interface PixelFrame extends Pixels {
  /** What the source calls it, for instance the name of its file. */
  name?: string;
  /** When it was complete, in milliseconds since 1970. */
  timestampMilliseconds: number;
  /** The JPEG file that it was decoded from, if it was not scaled. */
  jpeg?: Uint8Array;
}
