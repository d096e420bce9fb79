/** A picture of a film. */
export interface FilmPicture {
  /**
   * Red, green and blue of every pixel, row by row, or these and alpha. They
   * may change when the next picture is asked for.
   */
  pixels: Uint8Array | Uint8ClampedArray;
  /** Pixels of a row, 1 to 65535. */
  width: number;
  /** Rows, 1 to 65535. */
  height: number;
  /**
   * Time that it is shown for, in hundredths of a second.
   *
   * @default {undefined} as pictures a second make it
   */
  delayCentiseconds?: number;
}
