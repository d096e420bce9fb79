import type { Pixels } from "./pixels.ts";

/** The size and the look that are wanted, and the largest size taken. */
export interface PictureSize {
  /**
   * Pixels of a row, 1 to 65535; the height follows from the aspect if it is
   * not given.
   *
   * @default {undefined} the picture's own
   */
  width?: number;
  /**
   * Rows, 1 to 65535; with `width`, black bars fill what the picture leaves.
   *
   * @default {undefined} as the width and the aspect make it
   */
  height?: number;
  /**
   * Most pixels that a picture file may have. Those of more than 2^23 are read
   * at a half, a quarter or an eighth of their size.
   *
   * @default {40000000}
   */
  maxPixels?: number;
  /**
   * The turn of pictures that are upright, as EXIF numbers orientations: 6 is a
   * quarter to the right, 2 mirrors left and right.
   *
   * @default {1} not at all
   */
  turn?: number;
  /**
   * Draws the time of each picture into it.
   *
   * @default {false}
   */
  timestamp?: boolean;
}

/** True if pictures stay as they are, but for those that are too large. */
export function keepsPictures(size: PictureSize): boolean {
  const { width, height, turn = 1, timestamp = false } = size;
  return width === undefined && height === undefined && turn === 1 &&
    !timestamp;
}

/** Source pixels of each pixel of a row or a column. */
interface Taps {
  /** The first source pixel. */
  first: Uint32Array;
  /** Number of source pixels. */
  count: number;
  /** The share of each, `count` for each pixel. */
  weights: Float32Array;
}

/**
 * Scales a picture: each pixel is the mean of what it covers, or where it is
 * enlarged lies between its neighbors.
 *
 * @param picture Taken over; given back if it has the size already.
 * @param size The size that is wanted.
 */
export function scalePixels(picture: Pixels, size: PictureSize): Pixels {
  const { width, height } = size;
  const fitted = fittedSize(picture, size);
  const scaled = resample(picture, fitted.width, fitted.height);
  return width === undefined || height === undefined
    ? scaled
    : centered(scaled, width, height);
}

/** As large as it fits into the size, with its aspect kept. */
function fittedSize(picture: Pixels, { width, height }: PictureSize) {
  if (width === undefined && height === undefined) return picture;
  const scale = Math.min(
    (width ?? Infinity) / picture.width,
    (height ?? Infinity) / picture.height,
  );
  return {
    width: Math.max(1, Math.round(picture.width * scale)),
    height: Math.max(1, Math.round(picture.height * scale)),
  };
}

function resample(picture: Pixels, width: number, height: number): Pixels {
  if (width === picture.width && height === picture.height) return picture;
  const across = tapsOf(picture.width, width);
  const down = tapsOf(picture.height, height);
  const rows = new Float32Array(picture.height * width * 3);
  for (let y = 0; y < picture.height; y++) {
    const row = picture.pixels.subarray(
      y * picture.width * 3,
      (y + 1) * picture.width * 3,
    );
    scaleRow(row, across, rows.subarray(y * width * 3, (y + 1) * width * 3));
  }
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    mixRows(rows, down, y, pixels.subarray(y * width * 3, (y + 1) * width * 3));
  }
  return { pixels, width, height };
}

function tapsOf(from: number, to: number): Taps {
  const scale = from / to, reach = Math.max(1, scale);
  const count = Math.min(from, Math.ceil(reach) + 1);
  const first = new Uint32Array(to), weights = new Float32Array(to * count);
  for (let i = 0; i < to; i++) {
    const center = (i + 0.5) * scale;
    const begin = Math.floor(center - reach / 2);
    first[i] = Math.max(0, Math.min(from - count, begin));
    let sum = 0;
    for (let j = 0; j < count; j++) {
      const weight = shareOf(first[i] + j, center, reach);
      weights[i * count + j] = weight;
      sum += weight;
    }
    for (let j = 0; j < count; j++) weights[i * count + j] /= sum;
  }
  return { first, count, weights };
}

/** Share of a pixel that lies within reach of a center. */
function shareOf(pixel: number, center: number, reach: number): number {
  const begin = Math.max(pixel, center - reach / 2);
  const end = Math.min(pixel + 1, center + reach / 2);
  return Math.max(0, end - begin);
}

function scaleRow(row: Uint8Array, taps: Taps, scaled: Float32Array): void {
  const { first, count, weights } = taps;
  for (let x = 0; x < first.length; x++) {
    let red = 0, green = 0, blue = 0;
    for (let j = 0, at = 3 * first[x]; j < count; j++, at += 3) {
      const weight = weights[x * count + j];
      red += row[at] * weight;
      green += row[at + 1] * weight;
      blue += row[at + 2] * weight;
    }
    scaled[3 * x] = red;
    scaled[3 * x + 1] = green;
    scaled[3 * x + 2] = blue;
  }
}

function mixRows(
  rows: Float32Array,
  taps: Taps,
  y: number,
  mixed: Uint8Array,
): void {
  const { first, count, weights } = taps;
  for (let i = 0; i < mixed.length; i++) {
    let sum = 0.5;
    for (let j = 0; j < count; j++) {
      sum += rows[(first[y] + j) * mixed.length + i] * weights[y * count + j];
    }
    mixed[i] = sum;
  }
}

function centered(picture: Pixels, width: number, height: number): Pixels {
  if (picture.width === width && picture.height === height) return picture;
  const pixels = new Uint8Array(width * height * 3);
  const left = (width - picture.width) >> 1;
  const top = (height - picture.height) >> 1;
  const rowBytes = 3 * picture.width;
  for (let y = 0; y < picture.height; y++) {
    const row = picture.pixels.subarray(y * rowBytes, (y + 1) * rowBytes);
    pixels.set(row, 3 * ((top + y) * width + left));
  }
  return { pixels, width, height };
}
