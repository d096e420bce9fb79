import { EFFORTS, type EncoderMode } from "./effort.ts";

/** The places where errors of colors are carried to neighbors. */
export type Dither = "none" | "auto" | "always";

/** All of them. */
export const DITHERS: readonly Dither[] = ["none", "auto", "always"];

/** Options of {@linkcode GifEncoder}. */
export interface GifEncoderOptions {
  /** Pixels, 1 to 65535. */
  width: number;
  /** Pixels, 1 to 65535. */
  height: number;
  /**
   * `fast` takes each pixel's nearest color and lets pixels be that hardly
   * change. `balanced` chooses colors by what they cost too: about a tenth
   * fewer bytes on films at equal quality, for twice the time. `best` searches
   * further: another sixth fewer, for three to four times the time again.
   *
   * @default {"balanced"}
   */
  mode?: EncoderMode;
  /**
   * From 1, fewest bytes, to 100, as good as 256 colors can be. With
   * `bitrate` it is what pictures that take few bytes get.
   *
   * @default {60}, or 90 with `bitrate`
   */
  quality?: number;
  /**
   * Bytes a second to stay within, above 0: quality, then colors, then
   * pictures are given up for it. Undefined: as many as it takes.
   */
  bitrate?: number;
  /**
   * Expected pictures a second, above 0, for `bitrate`.
   *
   * @default {10}
   */
  framesPerSecond?: number;
  /**
   * Removes the noise of a camera where it is measured.
   *
   * @default {true}
   */
  denoise?: boolean;
  /**
   * Carries the errors of colors to neighbors, which hides the bands of soft
   * gradients: a sixth fewer bytes on films for what looks the same from some
   * distance, a tenth more at equal PSNR, for twice the time. Pixels that do
   * not change keep what they have. `auto` does so but in graphics, whose few
   * colors need no mixing; `always` there, too.
   *
   * @default {"none"}
   */
  dither?: Dither;
  /**
   * Gives the colors of the first picture to the header, so that others need
   * no table if they have these: for files, whose parts are never without it.
   * `GifEncoder.globalColors` has them.
   *
   * @default {false}
   */
  globalTable?: boolean;
  /**
   * Most pixels that there may be.
   *
   * @default {67108864}
   */
  maxPixels?: number;
}

/** Options of {@linkcode GifEncoder.encode}. */
export interface EncodeOptions {
  /**
   * Makes the part a keyframe, which needs nothing before it.
   *
   * @default {false}
   */
  keyframe?: boolean;
  /**
   * Seconds since the picture before, 0 or more, for `bitrate`: where pictures
   * come as they like, this holds the budget.
   *
   * @default {1 / framesPerSecond}
   */
  intervalSeconds?: number;
  /**
   * The weight of the loss of each pixel, 1 to 255: for how many pictures
   * it is going to stay, if that is known.
   *
   * @default 2 where nothing has changed for two pictures, else 1
   */
  weights?: Uint8Array;
}

/** @throws {RangeError} If there are no such pictures, or too large ones. */
export function checkSize(
  width: number,
  height: number,
  maxPixels: number,
): void {
  for (const side of [width, height]) {
    check(
      Number.isInteger(side) && side >= 1 && side <= 65535,
      "width and height must be 1 to 65535",
      `${width}x${height}`,
    );
  }
  check(
    width * height <= maxPixels,
    `there must be at most ${maxPixels} pixels`,
    `${width}x${height}`,
  );
}

/** @throws {RangeError} If there is no such mode. */
export function checkMode(mode: EncoderMode): void {
  check(Object.hasOwn(EFFORTS, mode), "mode is not known", mode);
}

/** @throws {RangeError} If it is not 1 to 100. */
export function checkQuality(quality: number): void {
  check(quality >= 1 && quality <= 100, "quality must be 1 to 100", quality);
}

/** @throws {RangeError} If it is not above 0. */
export function checkBitrate(bitrate: number): void {
  const isRight = bitrate > 0 && bitrate < Infinity;
  check(isRight, "bitrate must be above 0", bitrate);
}

/** @throws {RangeError} If something is not right, by the rule for it. */
export function check(
  isRight: boolean,
  rule: string,
  value: number | string,
): void {
  if (!isRight) throw new RangeError(`Cannot encode GIF: ${rule}: ${value}`);
}
