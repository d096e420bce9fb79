/** Bits of a channel that tell cells apart. */
const CELL_BITS = 5;
const CELLS = 1 << 3 * CELL_BITS;
const LEVELS = 1 << CELL_BITS;
/** Of every so many pixels one is looked at to place the cells. */
const PLACE_STEP = 7;
/** Share of the levels that are placed evenly, whatever the colors are. */
const EVEN_SHARE = 0.3;
/** Numbers of a cell: pixels, and their sums of red, green and blue. */
export const CELL_FIELDS = 4;

/**
 * Counts colors in cells of about 8x8x8, with the sums that the mean color of
 * a cell, or of any box of cells, is made of.
 *
 * Where a picture has many pixels of like colors, as in a sky or at night,
 * cells are smaller, so that these are told apart: each channel is cut into
 * levels by the third root of how often its values are, as a quantizer of
 * least error has them.
 */
export class ColorHistogram {
  /** Pixels, red, green and blue of every cell, one after another. */
  readonly cells = new Uint32Array(CELLS * CELL_FIELDS);
  /** Numbers of the cells that have pixels: red, green, blue, 5 bits each. */
  readonly occupied = new Uint16Array(CELLS);
  /** Number of cells with pixels. */
  occupiedCells = 0;
  /** Pixels counted. */
  pixels = 0;
  /** The level of each value of red, green and blue. */
  readonly #levels = [0, 1, 2].map(() => new Uint16Array(256));

  /** Forgets all pixels. */
  clear(): void {
    const { cells, occupied } = this;
    for (let i = 0; i < this.occupiedCells; i++) {
      const at = occupied[i] * CELL_FIELDS;
      cells[at] =
        cells[at + 1] =
        cells[at + 2] =
        cells[at + 3] =
          0;
    }
    this.occupiedCells = 0;
    this.pixels = 0;
  }

  /**
   * Counts pixels whose loss is above a threshold.
   *
   * @param rgb Three bytes a pixel.
   * @param losses One a pixel.
   * @param threshold Pixels at or below it are skipped.
   * @param step 1 counts every pixel, 2 every other.
   */
  add(
    rgb: Uint8Array,
    losses: Int32Array,
    threshold: number,
    step: number,
  ): void {
    const { cells, occupied } = this;
    if (this.pixels === 0) this.#place(rgb, losses, threshold);
    const [reds, greens, blues] = this.#levels;
    const pixels = rgb.length / 3;
    let count = this.occupiedCells, counted = 0;
    for (let i = 0, from = 0; i < pixels; i += step, from += 3 * step) {
      if (losses[i] <= threshold) continue;
      const red = rgb[from], green = rgb[from + 1], blue = rgb[from + 2];
      const cell = reds[red] << 10 | greens[green] << 5 | blues[blue];
      const at = cell * CELL_FIELDS;
      counted++;
      if (cells[at]++ === 0) occupied[count++] = cell;
      cells[at + 1] += red;
      cells[at + 2] += green;
      cells[at + 3] += blue;
    }
    this.occupiedCells = count;
    this.pixels += counted;
  }

  /** Makes cells small where there are many pixels. */
  #place(rgb: Uint8Array, losses: Int32Array, threshold: number): void {
    for (const [channel, levels] of this.#levels.entries()) {
      const counts = new Float64Array(256);
      for (let i = 0; i < losses.length; i += PLACE_STEP) {
        if (losses[i] > threshold) counts[rgb[i * 3 + channel]]++;
      }
      const density = counts.map(Math.cbrt);
      const whole = density.reduce((a, b) => a + b);
      let sum = 0;
      for (let value = 0; value < 256; value++) {
        const even = value / 256, own = whole === 0 ? even : sum / whole;
        const at = own + (even - own) * EVEN_SHARE;
        levels[value] = Math.min(LEVELS - 1, Math.floor(at * LEVELS));
        sum += density[value];
      }
    }
  }
}
