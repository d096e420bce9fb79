import { isExact } from "./quality.ts";

/** Pictures in which a pixel that has not changed may still be improved. */
const CHANCES = 2;
/** The same at quality 100. */
const EXACT_CHANCES = 12;
/** The weight of the loss of a pixel that has not changed for so long. */
const STILL_WEIGHT = 2;
const STILL_PICTURES = 2;
/** With less, pixels are improved anyway. */
const FINE_LAMBDA = 1;
/** Levels of lambda that are a factor of 2 apart. */
const LEVELS_PER_OCTAVE = 8;
/** Levels that lambda must fall by for new chances. */
const NEW_CHANCES_LEVELS = 4;
/** Lambda of level 0. */
const LOWEST_LAMBDA = 2 ** -20;

/**
 * Says which pixels need no more improvement: what stands still has had its
 * chances. Each image has its own colors, so that it could be improved for
 * ever, though each time by less.
 */
export class Patience {
  /** Chances that each pixel has had since it changed, or lambda fell. */
  readonly #chances: Uint8Array;
  /** The level of lambda then. */
  readonly #levels: Uint8Array;
  #level = 0;
  #most = CHANCES;
  #stillWeight = 1;

  /** No pixel has had a chance. */
  constructor(pixels: number) {
    this.#chances = new Uint8Array(pixels);
    this.#levels = new Uint8Array(pixels);
  }

  /** Begins with a picture. */
  start(lambda: number): void {
    const octaves = Math.log2(Math.max(1, lambda / LOWEST_LAMBDA));
    this.#level = Math.min(255, Math.round(octaves * LEVELS_PER_OCTAVE));
    this.#stillWeight = lambda > FINE_LAMBDA ? STILL_WEIGHT : 1;
    this.#most = isExact(lambda) ? EXACT_CHANCES : CHANCES;
  }

  /**
   * Takes the losses of pixels that have had all their chances, of which this
   * is one; those of others that have not changed for two pictures count twice,
   * as these will probably stay. It runs for every pixel, so it is one loop.
   *
   * @param rgb Three bytes a pixel, and so were they `before`.
   * @param losses One a pixel.
   * @param weights Get how often the loss of each pixel counts; without them
   * each counts as it is.
   */
  excuse(
    rgb: Uint8Array,
    before: Uint8Array,
    losses: Int32Array,
    weights: Uint8Array | undefined,
    begin: number,
    end: number,
  ): void {
    const chances = this.#chances, levels = this.#levels;
    const level = this.#level, most = this.#most;
    for (let i = begin, at = begin * 3; i < end; i++, at += 3) {
      if (
        rgb[at] !== before[at] || rgb[at + 1] !== before[at + 1] ||
        rgb[at + 2] !== before[at + 2] ||
        level + NEW_CHANCES_LEVELS <= levels[i]
      ) {
        levels[i] = level;
        chances[i] = 1;
        if (weights !== undefined) weights[i] = 1;
      } else if (chances[i] > most) losses[i] = 0;
      else if (++chances[i] > STILL_PICTURES && weights !== undefined) {
        losses[i] *= this.#stillWeight;
        weights[i] = this.#stillWeight;
      }
    }
  }
}
