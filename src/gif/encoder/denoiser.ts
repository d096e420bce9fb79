/** Side of the squares that noise is measured in, in pixels. */
const SQUARE = 8;
/** Pixels between the corners of squares. */
const STRIDE = 24;
/** Share of the squares, the stillest, that count. */
const STILL_SHARE = 0.3;
/** Standard deviations above and below which there is nothing to remove. */
const LEAST_SIGMA = 1.2;
const MOST_SIGMA = 8;
/** Noise has 1: how much neighbors differ, by how much time does. */
const LEAST_WHITENESS = 0.75;
/**
 * Of noise, each change undoes half of the one before; what fades goes on.
 * This share of that must be found.
 */
const LEAST_RETURN = 0.4;
/** Deviations from its mean at which a pixel has changed for real. */
const CHANGE_SIGMAS = 4.5;
/** Stands for the deviation of a square that something moves in. */
const MOVING = Infinity;
/** Most ratio between the noise of two squares. */
const MOST_SPREAD = 1.35;
/** Fraction bits of the means. */
const MEAN_BITS = 4;
/** A mean moves by a quarter of the way to each new pixel. */
const MEAN_SHIFT = 2;
/** Share of each picture in the measure. */
const SIGMA_RATE = 0.3;

/**
 * Takes the noise of a camera out of what stands still, by means over time.
 *
 * Noise is what differs from picture to picture in the stillest squares and
 * from pixel to pixel too, and goes back as often as it goes on. Where there is none, pictures pass as they are.
 */
export class Denoiser {
  readonly #width: number;
  readonly #height: number;
  readonly #previous: Uint8Array;
  /** The last change of the pixels of each square. */
  readonly #changes: Int16Array;
  readonly #means: Int16Array;
  readonly #output: Uint8Array;
  #sigma = 0;
  #started = false;
  #filtering = false;

  /** Pictures have three bytes a pixel. */
  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
    const length = width * height * 3;
    this.#previous = new Uint8Array(length);
    const squares = Math.ceil(width / STRIDE) * Math.ceil(height / STRIDE);
    this.#changes = new Int16Array(squares * SQUARE * SQUARE);
    this.#means = new Int16Array(length);
    this.#output = new Uint8Array(length);
  }

  /** True if the last picture had noise. */
  get foundNoise(): boolean {
    return this.#filtering;
  }

  /**
   * Takes the next picture.
   *
   * @returns The picture itself, or one that the next call overwrites.
   */
  filter(rgb: Uint8Array): Uint8Array {
    if (this.#started) {
      const sigma = this.#measure(rgb);
      this.#sigma += (sigma - this.#sigma) * SIGMA_RATE;
    }
    this.#previous.set(rgb);
    this.#started = true;
    if (this.#sigma < LEAST_SIGMA || this.#sigma > MOST_SIGMA) {
      this.#filtering = false;
      return rgb;
    }
    if (this.#filtering) this.#move(rgb);
    else this.#begin(rgb);
    return this.#output;
  }

  #begin(rgb: Uint8Array): void {
    this.#filtering = true;
    for (let i = 0; i < rgb.length; i++) this.#means[i] = rgb[i] << MEAN_BITS;
    this.#output.set(rgb);
  }

  #move(rgb: Uint8Array): void {
    const means = this.#means, output = this.#output;
    const most = Math.ceil(CHANGE_SIGMAS * this.#sigma * (1 << MEAN_BITS));
    const half = 1 << MEAN_BITS - 1;
    for (let at = 0; at < rgb.length; at += 3) {
      const red = (rgb[at] << MEAN_BITS) - means[at];
      const green = (rgb[at + 1] << MEAN_BITS) - means[at + 1];
      const blue = (rgb[at + 2] << MEAN_BITS) - means[at + 2];
      const still = red < most && red > -most && green < most &&
        green > -most && blue < most && blue > -most;
      const shift = still ? MEAN_SHIFT : 0;
      means[at] += red >> shift;
      means[at + 1] += green >> shift;
      means[at + 2] += blue >> shift;
      output[at] = Math.min(255, means[at] + half >> MEAN_BITS);
      output[at + 1] = Math.min(255, means[at + 1] + half >> MEAN_BITS);
      output[at + 2] = Math.min(255, means[at + 2] + half >> MEAN_BITS);
    }
  }

  /** The deviation that the stillest squares have, in time and in space. */
  #measure(rgb: Uint8Array): number {
    const sigmas: number[] = [];
    let square = 0;
    for (let top = 0; top + SQUARE <= this.#height; top += STRIDE) {
      for (let left = 0; left + SQUARE <= this.#width; left += STRIDE) {
        const begin = top * this.#width + left;
        sigmas.push(this.#measureSquare(rgb, begin, square++));
      }
    }
    if (sigmas.length === 0) return 0;
    sigmas.sort((a, b) => a - b);
    const sigma = sigmas[Math.floor(sigmas.length * STILL_SHARE)];
    const least = sigmas[Math.floor(sigmas.length * STILL_SHARE / 3)];
    // Noise is alike everywhere; what moves is not.
    return sigma < MOVING && sigma <= least * MOST_SPREAD ? sigma : 0;
  }

  /** By green alone, which is what cameras see best. */
  #measureSquare(rgb: Uint8Array, begin: number, square: number): number {
    const previous = this.#previous, changes = this.#changes;
    let inTime = 0, inSpace = 0, onward = 0;
    let pixel = square * SQUARE * SQUARE;
    for (let row = 0; row < SQUARE; row++) {
      const start = (begin + row * this.#width) * 3 + 1;
      let last = 0;
      for (let column = 0; column < SQUARE; column++) {
        const at = start + column * 3;
        const change = rgb[at] - previous[at];
        inTime += change * change;
        onward += change * changes[pixel];
        changes[pixel++] = change;
        // Noise is new everywhere, so it changes between neighbors too;
        // what moves changes alike.
        if (column > 0) inSpace += (change - last) * (change - last);
        last = change;
      }
    }
    const time = inTime / (SQUARE * SQUARE) / 2;
    const space = inSpace / (SQUARE * (SQUARE - 1)) / 4;
    const back = -onward / (SQUARE * SQUARE);
    const isNoise = space >= time * LEAST_WHITENESS &&
      back >= time * LEAST_RETURN;
    return isNoise ? Math.sqrt(space) : MOVING;
  }
}
