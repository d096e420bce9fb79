import { colorLoss } from "../palette/color_loss.ts";
import type { LossyImage } from "./lossy_image.ts";

/** More than this share of an error, carried on, is seen as noise. */
const STRENGTH = 0.75;
/** Shares of a pixel's error: to the right, and to the three below. */
const RIGHT = STRENGTH * 7 / 16;
const BELOW_LEFT = STRENGTH * 3 / 16;
const BELOW = STRENGTH * 5 / 16;
const BELOW_RIGHT = STRENGTH * 1 / 16;
/** Most error that is carried, in each channel. */
const MAX_ERROR = 40;

/** An image whose errors are to be carried to neighbors. */
export interface DitheredImage extends LossyImage {
  /** Pixels of a row. */
  width: number;
  /** Three bytes a pixel: what viewers see now. */
  seenRgb: Uint8Array;
  /** 1 for pixels that are as they were, and keep what they got then. */
  still: Uint8Array;
  /** The loss, as it is seen, beyond which a pixel is painted. */
  worth: number;
}

/**
 * Carries the error of each pixel, once its color is chosen, to neighbors that
 * are not (Floyd and Steinberg, 1976): their targets change, and with them
 * what each color, "transparent" among them, loses. So the search is free to
 * choose any pattern whose mean is right, and takes one that is cheap.
 *
 * A quarter of each error is let go: patterns become fainter, which costs
 * hardly any of what is gained.
 */
export class ErrorDiffusion {
  readonly #targets: Uint8Array;
  readonly #errors: Float32Array;
  #source: Uint8Array = new Uint8Array();
  #image!: DitheredImage;
  /** Pixels before it have their targets. */
  #prepared = 0;

  /** Makes room for images of so many pixels. */
  constructor(maxPixels: number) {
    this.#targets = new Uint8Array(maxPixels * 3);
    this.#errors = new Float32Array(maxPixels * 3);
  }

  /** Begins with an image; returns it with targets for its pixels. */
  start(image: DitheredImage): DitheredImage {
    const { rgb } = image;
    this.#source = rgb;
    const targets = this.#targets.subarray(0, rgb.length);
    targets.set(rgb);
    this.#errors.fill(0, 0, rgb.length);
    this.#prepared = 0;
    const losses = image.losses;
    this.#image = { ...image, rgb: targets, losses };
    return this.#image;
  }

  /** Gives targets to pixels that get no more errors of a phrase from here. */
  prepare(begin: number): void {
    const { width, losses } = this.#image;
    const end = Math.min(losses.length, begin + width - 1);
    for (let at = Math.max(this.#prepared, begin); at < end; at++) {
      this.#aim(at);
    }
    this.#prepared = Math.max(this.#prepared, end);
  }

  /** Gives every pixel its index, where no phrases are looked for. */
  run(): void {
    const { length } = this.#image.losses;
    for (let at = 0; at < length; at++) {
      this.prepare(at);
      this.carry(at, at + 1);
    }
  }

  /** Carries the errors of a phrase, whose indices have been painted. */
  carry(begin: number, end: number): void {
    const { width, indices, palette, rgb, seenRgb, still, transparentIndex } =
      this.#image;
    const { red, green, blue } = palette;
    let r = 0, g = 0, b = 0;
    for (let at = begin; at < end; at++) {
      const i = at * 3, index = indices[at];
      if (index === transparentIndex) {
        if (still[at] === 1) {
          r = g = b = 0;
          continue;
        }
        r += rgb[i] - seenRgb[i];
        g += rgb[i + 1] - seenRgb[i + 1];
        b += rgb[i + 2] - seenRgb[i + 2];
      } else {
        r += rgb[i] - red[index];
        g += rgb[i + 1] - green[index];
        b += rgb[i + 2] - blue[index];
      }
      r = bounded(r);
      g = bounded(g);
      b = bounded(b);
      const column = at % width;
      if (column > 0) this.#add(at + width - 1, r, g, b, BELOW_LEFT);
      this.#add(at + width, r, g, b, BELOW);
      if (column === width - 1) {
        r = g = b = 0;
        continue;
      }
      this.#add(at + width + 1, r, g, b, BELOW_RIGHT);
      r *= RIGHT;
      g *= RIGHT;
      b *= RIGHT;
    }
    if (end === this.#image.losses.length) return;
    this.#add(end, r, g, b, 1);
    this.#aim(end);
  }

  #add(at: number, r: number, g: number, b: number, share: number): void {
    const errors = this.#errors, i = at * 3;
    if (i >= this.#source.length) return;
    errors[i] += r * share;
    errors[i + 1] += g * share;
    errors[i + 2] += b * share;
  }

  /** Gives a pixel its target, and what it loses if nothing else counts. */
  #aim(at: number): void {
    const image = this.#image, source = this.#source, errors = this.#errors;
    const { rgb, seenRgb, palette, transparentIndex, still } = image;
    const i = at * 3, weight = image.weights[at];
    const isStill = still[at] === 1;
    const red = rgb[i] = clamped(source[i] + errors[i]);
    const green = rgb[i + 1] = clamped(source[i + 1] + errors[i + 1]);
    const blue = rgb[i + 2] = clamped(source[i + 2] + errors[i + 2]);
    if (transparentIndex >= 0) {
      image.seenLosses[at] = isStill ? 0 : weight * colorLoss(
        red - seenRgb[i],
        green - seenRgb[i + 1],
        blue - seenRgb[i + 2],
      );
    }
    const index = image.nearest.findRoughly(red, green, blue);
    const loss = weight * colorLoss(
      red - palette.red[index],
      green - palette.green[index],
      blue - palette.blue[index],
    );
    const seenLoss = image.seenLosses[at];
    const isLeft = transparentIndex >= 0 && seenLoss - loss <= image.worth;
    image.indices[at] = isLeft ? transparentIndex : index;
    image.losses[at] = isLeft || seenLoss < loss ? seenLoss : loss;
  }
}

function clamped(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : Math.round(value);
}

function bounded(error: number): number {
  return error > MAX_ERROR
    ? MAX_ERROR
    : error < -MAX_ERROR
    ? -MAX_ERROR
    : error;
}
