/** A raw picture. */
export interface Pixels {
  /** Red, green and blue of every pixel, row by row. The taker owns it. */
  pixels: Uint8Array<ArrayBuffer>;
  /** Pixels of a row, 1 to 65535. */
  width: number;
  /** Rows, 1 to 65535. */
  height: number;
}
