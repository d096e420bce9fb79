import { BoundingBox, type Box } from "../box.ts";
import { colorLoss } from "./palette/color_loss.ts";
import { Patience } from "./patience.ts";

/** The pixels of an area, row by row. */
export interface AreaPixels {
  /** The rectangle of the pixels. */
  area: Box;
  /** Three bytes a pixel. */
  rgb: Uint8Array;
  /** The loss of each pixel if it stays as viewers see it. */
  seenLosses: Int32Array;
  /** The weight of the loss of each pixel. */
  weights: Uint8Array;
  /** Pixels that dithering needs. */
  dither?: DitherPixels;
}

/** More of the pixels of an area, for dithering. */
export interface DitherPixels {
  /** Three bytes a pixel: what viewers see now. */
  seenRgb: Uint8Array;
  /** 1 for pixels that are as they were. */
  still: Uint8Array;
}

/** The pictures before a picture, and the worth of its losses. */
export interface Since {
  /** The picture before, three bytes a pixel. */
  before: Uint8Array;
  /**
   * True if pixels that are nearly as they were are to lose less: in noise,
   * what stands still would else be painted again and again.
   */
  isNoisy: boolean;
  /** Squared error that a bit is worth. */
  lambda: number;
  /** Loss above which a pixel makes the area larger. */
  threshold: number;
  /**
   * The weight of the loss of each pixel; if that is not known, it is more
   * where nothing has changed.
   */
  weights: Uint8Array | undefined;
}

/** Stands for the loss of a pixel that viewers cannot keep. */
export const MUST_CHANGE = 1 << 29;

/** Squared difference up to which a pixel counts as still. */
const STILL_LOSS = 12;
/** The same for pixels that keep what dithering gave them. */
const DITHER_STILL_LOSS = 3;
/** The loss of still pixels counts for a quarter. */
const STILL_SHIFT = 2;

/** The pixels that viewers see, and their distance from the source. */
export class Changes {
  /** Red, green and blue of every pixel that viewers see. */
  readonly seen: Uint8Array<ArrayBuffer>;
  readonly #width: number;
  readonly #height: number;
  readonly #losses: Int32Array;
  readonly #areaRgb: Uint8Array;
  readonly #areaLosses: Int32Array;
  readonly #areaWeights: Uint8Array;
  readonly #ones: Uint8Array;
  readonly #stillWeights: Uint8Array;
  readonly #patience: Patience;
  /** For dithering: pixels as they were given when they changed last. */
  #reference: Uint8Array | undefined;

  /** Viewers see black at first. */
  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
    this.seen = new Uint8Array(width * height * 3);
    this.#losses = new Int32Array(width * height);
    this.#areaRgb = new Uint8Array(width * height * 3);
    this.#areaLosses = new Int32Array(width * height);
    this.#patience = new Patience(width * height);
    this.#areaWeights = new Uint8Array(width * height);
    this.#ones = new Uint8Array(width * height).fill(1);
    this.#stillWeights = this.#ones.slice();
  }

  /** The whole picture, all of which must be painted. */
  everything(rgb: Uint8Array, weights: Uint8Array = this.#ones): AreaPixels {
    const width = this.#width, height = this.#height;
    this.#losses.fill(MUST_CHANGE);
    const area = { left: 0, top: 0, width, height };
    return { area, rgb, seenLosses: this.#losses, weights };
  }

  /** The smallest rectangle around the pixels that lose too much. */
  find(rgb: Uint8Array, since: Since): AreaPixels | undefined {
    const { threshold, weights = this.#stillWeights } = since;
    const width = this.#width;
    this.#patience.start(since.lambda);
    const around = new BoundingBox();
    for (let row = 0; row < this.#height; row++) {
      const begin = row * width;
      this.#measureRow(rgb, begin, since.weights ?? this.#ones);
      this.#excuseStill(rgb, since, begin);
      const losses = this.#losses, end = begin + width;
      let first = begin, last = end - 1;
      while (first < end && losses[first] <= threshold) first++;
      if (first === end) continue;
      while (losses[last] <= threshold) last--;
      around.addRow(row, first - begin, last - begin);
    }
    const area = around.box;
    return area && this.#cut(rgb, area, weights);
  }

  /** Works out the losses of a row. */
  #measureRow(rgb: Uint8Array, begin: number, weights: Uint8Array): void {
    const { seen } = this;
    const losses = this.#losses;
    const end = begin + this.#width;
    for (let i = begin, at = begin * 3; i < end; i++, at += 3) {
      const red = rgb[at] - seen[at];
      const green = rgb[at + 1] - seen[at + 1];
      const blue = rgb[at + 2] - seen[at + 2];
      losses[i] = Math.imul(colorLoss(red, green, blue), weights[i]);
    }
  }

  /** Pixels lose less, or nothing, where nothing moved. */
  #excuseStill(
    rgb: Uint8Array,
    { before, isNoisy, weights }: Since,
    begin: number,
  ): void {
    const losses = this.#losses, reference = this.#reference;
    const end = begin + this.#width;
    const own = weights === undefined ? this.#stillWeights : undefined;
    this.#patience.excuse(rgb, before, losses, own, begin, end);
    if (reference === undefined && !isNoisy) return;
    for (let i = begin, at = begin * 3; i < end; i++, at += 3) {
      if (losses[i] === 0) continue;
      if (
        reference !== undefined &&
        isWithin(rgb, reference, at, DITHER_STILL_LOSS)
      ) losses[i] = 0;
      else if (isNoisy && isWithin(rgb, before, at, STILL_LOSS)) {
        losses[i] >>= STILL_SHIFT;
      }
    }
  }

  #cut(rgb: Uint8Array, area: Box, weights: Uint8Array): AreaPixels {
    const { left, top, width, height } = area;
    if (width === this.#width) {
      const begin = top * width, end = begin + width * height;
      return {
        area,
        rgb: rgb.subarray(begin * 3, end * 3),
        seenLosses: this.#losses.subarray(begin, end),
        weights: weights.subarray(begin, end),
      };
    }
    const pixels = width * height;
    const areaRgb = this.#areaRgb.subarray(0, pixels * 3);
    const seenLosses = this.#areaLosses.subarray(0, pixels);
    const areaWeights = this.#areaWeights.subarray(0, pixels);
    for (let row = 0; row < height; row++) {
      const from = (top + row) * this.#width + left, to = row * width;
      areaRgb.set(rgb.subarray(from * 3, (from + width) * 3), to * 3);
      seenLosses.set(this.#losses.subarray(from, from + width), to);
      areaWeights.set(weights.subarray(from, from + width), to);
    }
    return { area, rgb: areaRgb, seenLosses, weights: areaWeights };
  }

  /**
   * Tells what viewers see of an area, and which pixels are as they were when
   * they changed last.
   *
   * @param rgb The whole picture.
   */
  forDither(area: Box, rgb: Uint8Array): DitherPixels {
    const isFirst = this.#reference === undefined;
    const reference = this.#reference ??= new Uint8Array(rgb.length);
    const { left, top, width, height } = area;
    const seenRgb = new Uint8Array(width * height * 3);
    const still = new Uint8Array(width * height);
    for (let row = 0, i = 0; row < height; row++) {
      let from = ((top + row) * this.#width + left) * 3;
      seenRgb.set(this.seen.subarray(from, from + width * 3), i * 3);
      for (const end = i + width; i < end; i++, from += 3) {
        if (!isFirst && isWithin(rgb, reference, from, DITHER_STILL_LOSS)) {
          still[i] = 1;
        } else {
          reference[from] = rgb[from];
          reference[from + 1] = rgb[from + 1];
          reference[from + 2] = rgb[from + 2];
        }
      }
    }
    return { seenRgb, still };
  }

  /**
   * Paints an image, as viewers will.
   *
   * @param colors Red, green and blue of each color.
   */
  paint(
    area: Box,
    indices: Uint8Array,
    colors: Uint8Array,
    transparentIndex: number,
  ): void {
    const { seen } = this;
    const { left, top, width, height } = area;
    for (let row = 0, i = 0; row < height; row++) {
      let to = ((top + row) * this.#width + left) * 3;
      for (const end = i + width; i < end; i++, to += 3) {
        const index = indices[i];
        if (index === transparentIndex) continue;
        const from = index * 3;
        seen[to] = colors[from];
        seen[to + 1] = colors[from + 1];
        seen[to + 2] = colors[from + 2];
      }
    }
  }
}

function isWithin(
  rgb: Uint8Array,
  before: Uint8Array,
  at: number,
  most: number,
): boolean {
  const red = rgb[at] - before[at];
  const green = rgb[at + 1] - before[at + 1];
  const blue = rgb[at + 2] - before[at + 2];
  return colorLoss(red, green, blue) <= most;
}

/** The pixels, none of which may stay. */
export function paintedOf(pixels: AreaPixels): AreaPixels {
  const seenLosses = new Int32Array(pixels.seenLosses.length);
  return { ...pixels, seenLosses: seenLosses.fill(MUST_CHANGE) };
}
