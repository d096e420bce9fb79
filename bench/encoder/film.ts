/** Pictures that ffmpeg decoded and scaled, or that were drawn. */
export interface Film {
  name: string;
  width: number;
  height: number;
  /** Red, green and blue of every pixel of a picture. */
  frames: Uint8Array<ArrayBuffer>[];
}

/** Pictures a second, of every film. */
export const FRAMES_PER_SECOND = 10;

/** How a film is taken from a clip. */
export interface Shot {
  /** Pixels. */
  width: number;
  /** Pixels. */
  height: number;
  /** Pictures a second. */
  framesPerSecond: number;
  /** Most pictures. */
  frames: number;
}
