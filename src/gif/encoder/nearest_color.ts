import type { Palette } from "./palette.ts";

/** Stands for a color that was not asked for; 255 itself is found anew. */
const UNKNOWN = 255;

/** Finds the color of a palette that is nearest to another. */
export class NearestColor {
  // The palette by rising green: a search goes both ways from where the
  // green is, and ends where green alone is further off than the best.
  readonly #red = new Int32Array(256);
  readonly #green = new Int32Array(256);
  readonly #blue = new Int32Array(256);
  readonly #index = new Uint8Array(256);
  /** Where each green would stand. */
  readonly #start = new Int32Array(256);
  #colors = 0;
  /** Answers by cell of colors, filled as they are asked for. */
  readonly #answers: Uint8Array;
  readonly #bits: number;

  /**
   * Makes one that has no palette yet.
   *
   * @param bits Of a channel, 4 to 8, that tell cells of colors apart: fewer
   * are faster and less exact.
   */
  constructor(bits: number) {
    this.#bits = bits;
    this.#answers = new Uint8Array(1 << 3 * bits);
  }

  /** Takes a palette as it is now, of at least one color. */
  reset(palette: Palette): void {
    const count = new Int32Array(257);
    this.#colors = palette.colors;
    for (let i = 0; i < palette.colors; i++) count[palette.green[i] + 1]++;
    for (let green = 0; green < 256; green++) {
      count[green + 1] += count[green];
      this.#start[green] = Math.min(count[green], palette.colors - 1);
    }
    for (let i = 0; i < palette.colors; i++) {
      const place = count[palette.green[i]]++;
      this.#red[place] = palette.red[i];
      this.#green[place] = palette.green[i];
      this.#blue[place] = palette.blue[i];
      this.#index[place] = i;
    }
    this.#answers.fill(UNKNOWN);
  }

  /** The index of the nearest color. */
  find(red: number, green: number, blue: number): number {
    const reds = this.#red, greens = this.#green, blues = this.#blue;
    const colors = this.#colors;
    let up = this.#start[green], down = up - 1;
    let least = Infinity, best = 0;
    for (;;) {
      let open = false;
      if (up < colors) {
        const g = greens[up] - green;
        if (g * g < least) {
          open = true;
          const r = reds[up] - red, b = blues[up] - blue;
          const error = g * g + r * r + b * b;
          if (error < least) {
            least = error;
            best = up;
          }
          up++;
        } else up = colors;
      }
      if (down >= 0) {
        const g = greens[down] - green;
        if (g * g < least) {
          open = true;
          const r = reds[down] - red, b = blues[down] - blue;
          const error = g * g + r * r + b * b;
          if (error < least) {
            least = error;
            best = down;
          }
          down--;
        } else down = -1;
      }
      if (!open) return this.#index[best];
    }
  }

  /** As `find()`, for the middle of the color's cell of colors: see `map()`. */
  findRoughly(red: number, green: number, blue: number): number {
    const bits = this.#bits, shift = 8 - bits;
    const cell = red >> shift << 2 * bits | green >> shift << bits |
      blue >> shift;
    const index = this.#answers[cell];
    return index === UNKNOWN ? this.#search(cell) : index;
  }

  /**
   * Finds the colors of pixels: of each, the one nearest to the middle of its
   * cell of colors, which is searched for only once.
   *
   * @param rgb Three bytes a pixel.
   * @param palette The palette that was taken last.
   * @param indices Gets the index of each pixel's color.
   * @param errors Gets the squared distance of each pixel from its color.
   */
  map(
    rgb: Uint8Array,
    palette: Palette,
    indices: Uint8Array,
    errors: Int32Array,
  ): void {
    const answers = this.#answers, bits = this.#bits, shift = 8 - bits;
    const { red: reds, green: greens, blue: blues } = palette;
    for (let i = 0, at = 0; i < indices.length; i++, at += 3) {
      const red = rgb[at], green = rgb[at + 1], blue = rgb[at + 2];
      const cell = red >> shift << 2 * bits | green >> shift << bits |
        blue >> shift;
      let index = answers[cell];
      if (index === UNKNOWN) index = this.#search(cell);
      const r = red - reds[index];
      const g = green - greens[index];
      const b = blue - blues[index];
      indices[i] = index;
      errors[i] = r * r + g * g + b * b;
    }
  }

  /**
   * As `map()`, but pixels that are hardly worth to be painted become
   * transparent, which loses what they lose as they are.
   *
   * @param seenLosses What each pixel loses if it is left as it is.
   * @param worth How much less it must lose in its color.
   */
  mapChanges(
    rgb: Uint8Array,
    palette: Palette,
    indices: Uint8Array,
    errors: Int32Array,
    seenLosses: Int32Array,
    worth: number,
    transparentIndex: number,
  ): void {
    const answers = this.#answers, bits = this.#bits, shift = 8 - bits;
    const { red: reds, green: greens, blue: blues } = palette;
    for (let i = 0; i < indices.length; i++) {
      const seen = seenLosses[i];
      if (seen > worth) {
        const at = i * 3;
        const red = rgb[at], green = rgb[at + 1], blue = rgb[at + 2];
        const cell = red >> shift << 2 * bits | green >> shift << bits |
          blue >> shift;
        let index = answers[cell];
        if (index === UNKNOWN) index = this.#search(cell);
        const r = red - reds[index];
        const g = green - greens[index];
        const b = blue - blues[index];
        const error = r * r + g * g + b * b;
        if (seen - error > worth) {
          indices[i] = index;
          errors[i] = error;
          continue;
        }
      }
      indices[i] = transparentIndex;
      errors[i] = seen;
    }
  }

  #search(cell: number): number {
    const bits = this.#bits, shift = 8 - bits;
    const mask = (1 << bits) - 1, half = 1 << shift >> 1;
    const index = this.find(
      (cell >> 2 * bits) << shift | half,
      (cell >> bits & mask) << shift | half,
      (cell & mask) << shift | half,
    );
    this.#answers[cell] = index;
    return index;
  }
}
