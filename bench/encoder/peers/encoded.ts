/** What an encoder made of a film. */
export interface Encoded {
  /** The encoder, with its main option. */
  name: string;
  gif: Uint8Array<ArrayBuffer>;
  /**
   * CPU time of a picture: the median, or the mean of another program's. NaN
   * of those whose time is not told apart from that of reading pictures.
   */
  millisecondsPerFrame: number;
}
