import type { AreaPixels } from "../changes.ts";
import { isExact } from "../quality.ts";
import { ColorHistogram } from "./color_histogram.ts";
import { colorLoss } from "./color_loss.ts";
import { FewColors } from "./few_colors.ts";
import { mergeColors } from "./merge_colors.ts";
import { NearestColor } from "./nearest_color.ts";
import { ColorSums, Palette } from "./palette.ts";
import { wuPalette } from "./wu_palette.ts";

/** Options for making palettes. */
export interface PaletteEffort {
  /** So many colors are counted one by one, at most 1024. */
  countedColors: number;
  /** If there are more: 1 looks at every pixel, 2 at every other. */
  step: number;
  /** True to move colors to the means of their pixels. */
  refine: boolean;
  /** True to keep the palette of the last image while it fits. */
  keep: boolean;
}

/** Loss below which what viewers see is as good as new: 2 in each channel. */
const LEAST_LOSS = 12;
/** The same, where nothing is to be lost but more colors change than counted. */
const NEAR_LOSS = 4;
/** Colors that a table has room for. */
const TABLE_COLORS = 256;
const FEW_COLORS = 16;
/** Pixels of a sample that is large enough. */
const SAMPLE_PIXELS = 5000;
/** Of every so many pixels one is looked at to refine, or to judge. */
const REFINE_STEP = 11;
const JUDGE_STEP = 13;
/** A kept palette may lose this much more than it did when it was made. */
const KEEP_RATIO = 1.2;
/**
 * The pictures that may have it where little is to be lost: as each loses a
 * little more, it would else be kept while all that is seen becomes worse.
 */
const FINE_LAMBDA = 3;
const FINE_KEPT_PICTURES = 4;
/** Share of pixels that may lose far more than the others in a kept palette. */
const MAX_MISFITS = 0.005;

/** Makes the palettes of images, for those of their pixels that change. */
export class PaletteMaker {
  /** The palette made last. */
  readonly palette = new Palette();
  /** Finds colors in it. */
  readonly nearest = new NearestColor();
  readonly #few = new FewColors();
  /** True if the palette was made of colors that were counted one by one. */
  #isExact = false;
  /** Colors that were counted then, before any were merged. */
  #counted = 0;
  readonly #histogram = new ColorHistogram();
  readonly #sums = new ColorSums();
  /** Mean loss of changed pixels when the palette was made. */
  #meanLoss = 0;
  #madeForColors = 0;
  #madeForLambda = 0;
  /** Pictures that have had the palette. */
  #pictures = 0;

  /**
   * Makes a palette of at most so many colors, or keeps the last one.
   *
   * @returns Whether it is another.
   */
  make(
    pixels: AreaPixels,
    maxColors: number,
    lambda: number,
    effort: PaletteEffort,
  ): boolean {
    const fine = Math.min(1, lambda) * LEAST_LOSS + lambda / 2;
    // If there are too many to be exact, those count that are far from it.
    for (const least of [fine, NEAR_LOSS]) {
      if (least < fine) break;
      if (this.#makeOfFew(pixels, least, maxColors, lambda, effort)) {
        return true;
      }
    }
    const threshold = LEAST_LOSS + lambda / 2;
    if (
      effort.keep && !isExact(lambda) && this.#madeForColors === maxColors &&
      lambda < this.#madeForLambda * 2 && lambda > this.#madeForLambda / 2 &&
      (lambda > FINE_LAMBDA || this.#pictures < FINE_KEPT_PICTURES) &&
      this.#fits(pixels, threshold)
    ) {
      this.#pictures++;
      return false;
    }
    this.#pictures = 1;
    this.#isExact = false;
    this.#madeForColors = maxColors;
    this.#madeForLambda = lambda;
    this.#count(pixels, threshold, effort.step);
    wuPalette(this.#histogram, maxColors, lambda, this.palette);
    this.nearest.reset(this.palette);
    if (effort.refine) this.#refine(pixels, threshold);
    if (effort.keep) this.#meanLoss = this.#judge(pixels, threshold).meanLoss;
    return true;
  }

  /**
   * True if the pixels of an area that change have all the colors of a table,
   * and the others too: transparent has no room then, and needs none.
   */
  fillsTable(pixels: AreaPixels): boolean {
    const few = this.#few;
    few.clear();
    return few.add(pixels.rgb, pixels.seenLosses, 0, TABLE_COLORS) &&
      few.colors === TABLE_COLORS && this.holdsAll(pixels);
  }

  /** True if a table holds the colors of all pixels of an area. */
  holdsAll({ rgb, seenLosses }: AreaPixels): boolean {
    this.#few.clear();
    return this.#few.add(rgb, seenLosses, -1, TABLE_COLORS);
  }

  /** True if the colors were counted one by one, and are right as they are. */
  get isExact(): boolean {
    return this.#isExact;
  }

  /** True if so few colors were counted that a wrong one is far off. */
  get isOfFew(): boolean {
    return this.#isExact && this.#counted <= FEW_COLORS;
  }

  /**
   * Moves colors to the means of the pixels that were painted in them; those
   * of graphics are right as they are.
   *
   * @returns Whether they have moved.
   */
  refit(
    rgb: Uint8Array,
    indices: Uint8Array,
    transparentIndex: number,
    step: number,
  ): boolean {
    if (this.#isExact) return false;
    this.#sums.clear();
    this.#sums.addAll(rgb, indices, transparentIndex, step);
    this.#sums.moveToMeans(this.palette);
    return true;
  }

  #makeOfFew(
    { rgb, seenLosses }: AreaPixels,
    threshold: number,
    maxColors: number,
    lambda: number,
    { countedColors }: PaletteEffort,
  ): boolean {
    const few = this.#few;
    few.clear();
    if (!few.add(rgb, seenLosses, threshold, countedColors)) return false;
    if (few.colors === 0) return false;
    this.#counted = few.colors;
    mergeColors(few, maxColors, lambda, this.palette);
    this.nearest.reset(this.palette, few);
    this.#isExact = true;
    this.#madeForColors = 0;
    return true;
  }

  /** Counts the pixels that change, or all if none changes enough. */
  #count({ rgb, seenLosses }: AreaPixels, threshold: number, step: number) {
    const histogram = this.#histogram;
    histogram.clear();
    histogram.add(rgb, seenLosses, threshold, step);
    if (step > 1 && histogram.pixels < SAMPLE_PIXELS) {
      histogram.clear();
      histogram.add(rgb, seenLosses, threshold, 1);
    }
    if (histogram.pixels === 0) histogram.add(rgb, seenLosses, -1, 1);
  }

  #refine({ rgb, seenLosses }: AreaPixels, threshold: number): void {
    const sums = this.#sums;
    sums.clear();
    for (let i = 0; i < seenLosses.length; i += REFINE_STEP) {
      if (seenLosses[i] <= threshold) continue;
      const red = rgb[i * 3], green = rgb[i * 3 + 1], blue = rgb[i * 3 + 2];
      sums.add(this.nearest.find(red, green, blue), 1, red, green, blue);
    }
    sums.moveToMeans(this.palette);
    this.nearest.reset(this.palette);
  }

  #fits(pixels: AreaPixels, threshold: number): boolean {
    const { meanLoss, misfits } = this.#judge(pixels, threshold);
    return misfits <= MAX_MISFITS &&
      meanLoss <= this.#meanLoss * KEEP_RATIO + LEAST_LOSS / 4;
  }

  /** The fit of the palette to a sample of the pixels that change. */
  #judge({ rgb, seenLosses }: AreaPixels, threshold: number) {
    const { red: reds, green: greens, blue: blues } = this.palette;
    const great = 16 * this.#meanLoss + 20 * LEAST_LOSS;
    let sum = 0, count = 0, misfits = 0;
    for (let i = 0; i < seenLosses.length; i += JUDGE_STEP) {
      if (seenLosses[i] <= threshold) continue;
      const red = rgb[i * 3], green = rgb[i * 3 + 1], blue = rgb[i * 3 + 2];
      const index = this.nearest.findRoughly(red, green, blue);
      const r = red - reds[index];
      const g = green - greens[index];
      const b = blue - blues[index];
      const loss = colorLoss(r, g, b);
      sum += loss;
      count++;
      if (loss > great) misfits++;
    }
    return {
      meanLoss: count === 0 ? 0 : sum / count,
      misfits: count === 0 ? 0 : misfits / count,
    };
  }
}
