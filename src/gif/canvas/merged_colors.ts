import type { ColorCensus } from "./color_census.ts";
import { HOLE } from "./hole.ts";

/**
 * Squared error of a channel, on average over the pixels, that colors are told
 * apart for: 38.5 dB.
 */
const TOLERATED_ERROR = 255 ** 2 / 10 ** 3.85;
const OPAQUE = 255;
/** Of the boxes, this share is cut before they are ranked again. */
const CUT_SHARE = 1 / 4;

/** Bounds on the colors that remain, but for {@linkcode HOLE}. */
export interface MergeBounds {
  /** So many are there whatever they are good for. */
  fewest: number;
  /** More are there only as far as the error is above what is tolerated. */
  most: number;
}

/** Colors that become one, alike as far as it goes. */
interface ColorBox {
  /** Position of the first of its colors. */
  begin: number;
  /** Position after the last of them. */
  end: number;
  pixels: number;
  /** Squared error of all its pixels and channels, if it is one color. */
  error: number;
  /** Red, green and blue of that color. */
  color: number[];
  /** The channel that differs most, 0 to 2, and its mean. */
  channel: number;
  mean: number;
}

/**
 * Makes do with fewer colors: boxes of colors are cut in two at their mean,
 * where they are widest and those with the largest error first, until the
 * error is tolerable; each box becomes its mean color. As the error is
 * measured, not estimated, that holds for noise as for gradients.
 *
 * It takes time linear in pixels, and in colors for each doubling of those
 * that remain.
 *
 * @param census More opaque colors than `bounds.fewest`; it stays as it is.
 * @param bounds Bounds on the colors that remain.
 */
export function mergedColors(
  census: ColorCensus,
  { fewest, most }: MergeBounds,
): ColorCensus {
  const boxes = new ColorBoxes(census);
  for (;;) {
    const ranked = boxes.all.toSorted((a, b) => b.error - a.error);
    const cuts = Math.ceil(ranked.length * CUT_SHARE);
    for (const box of ranked.slice(0, cuts)) {
      const tolerable = boxes.error <= TOLERATED_ERROR * 3 * boxes.pixels;
      if (boxes.all.length >= (tolerable ? fewest : most)) {
        return boxes.census();
      }
      if (box.error > 0) boxes.cut(box);
    }
  }
}

/** The colors of a census in boxes: in one at first. */
class ColorBoxes {
  readonly all: ColorBox[];
  /** Pixels in all boxes. */
  readonly pixels: number;
  /** Squared error of all boxes. */
  error: number;
  readonly #source: ColorCensus;
  /** Red, green, blue and alpha of each color. */
  readonly #rgba: Uint8Array;
  /** Numbers of the colors, box by box. */
  readonly #order: Uint32Array;
  readonly #placeOf = new Map<ColorBox, number>();

  constructor(source: ColorCensus) {
    this.#source = source;
    this.#rgba = new Uint8Array(source.colors.slice().buffer);
    const { colors } = source;
    this.#order = Uint32Array.from(colors.keys())
      .filter((number) => colors[number] !== HOLE);
    const whole = this.#measure(0, this.#order.length);
    this.all = [whole];
    this.#placeOf.set(whole, 0);
    this.pixels = whole.pixels;
    this.error = whole.error;
  }

  /** Cuts a box, which must have an error, in two. */
  cut(box: ColorBox): void {
    const middle = this.#partition(box);
    const low = this.#measure(box.begin, middle);
    const high = this.#measure(middle, box.end);
    const place = this.#placeOf.get(box)!;
    this.#placeOf.delete(box);
    this.#placeOf.set(low, place).set(high, this.all.length);
    this.all[place] = low;
    this.all.push(high);
    this.error += low.error + high.error - box.error;
  }

  /** The picture in the color of each box. */
  census(): ColorCensus {
    const { all } = this;
    const source = this.#source;
    const hole = source.colors.indexOf(HOLE);
    const size = all.length + (hole < 0 ? 0 : 1);
    const rgba = new Uint8Array(size * 4);
    const counts = new Uint32Array(size);
    const boxOf = new Uint32Array(source.colors.length);
    for (const [number, { begin, end, color, pixels }] of all.entries()) {
      rgba.set([...color, OPAQUE], number * 4);
      counts[number] = pixels;
      for (let i = begin; i < end; i++) boxOf[this.#order[i]] = number;
    }
    if (hole >= 0) {
      boxOf[hole] = all.length;
      counts[all.length] = source.counts[hole];
    }
    return {
      numbers: source.numbers.map((number) => boxOf[number]),
      colors: new Uint32Array(rgba.buffer),
      counts,
    };
  }

  /** Brings colors up to the mean to the front; returns where others begin. */
  #partition({ begin, end, channel, mean }: ColorBox): number {
    const order = this.#order, rgba = this.#rgba;
    let middle = begin;
    for (let i = begin; i < end; i++) {
      const number = order[i];
      if (rgba[number * 4 + channel] > mean) continue;
      order[i] = order[middle];
      order[middle++] = number;
    }
    return middle;
  }

  #measure(begin: number, end: number): ColorBox {
    const { counts } = this.#source;
    const order = this.#order, rgba = this.#rgba;
    let pixels = 0, red = 0, green = 0, blue = 0;
    let reds = 0, greens = 0, blues = 0;
    for (let i = begin; i < end; i++) {
      const number = order[i], at = number * 4, count = counts[number];
      const r = rgba[at], g = rgba[at + 1], b = rgba[at + 2];
      pixels += count;
      red += r * count;
      green += g * count;
      blue += b * count;
      reds += r * r * count;
      greens += g * g * count;
      blues += b * b * count;
    }
    const means = [red / pixels, green / pixels, blue / pixels];
    const squares = [reds, greens, blues];
    const spreads = squares.map((sum, i) => sum - means[i] ** 2 * pixels);
    const color = means.map(Math.round);
    const error = squares.reduce(
      (sum, square, i) =>
        sum + square + pixels * color[i] * (color[i] - 2 * means[i]),
      0,
    );
    const channel = spreads.indexOf(Math.max(...spreads));
    // A single color has none, whatever the rounding of sums.
    return {
      ...{ begin, end, pixels, color, channel, mean: means[channel] },
      error: end - begin === 1 ? 0 : error,
    };
  }
}
