/** Bits of a channel that tell cells apart. */
const CELL_BITS = 5;
const CELLS = 1 << 3 * CELL_BITS;
/** Numbers of a cell: pixels, and their sums of red, green and blue. */
export const CELL_FIELDS = 4;

/**
 * Counts colors in cells of 8x8x8, with the sums that the mean color of a
 * cell, or of any box of cells, is made of.
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
    const pixels = rgb.length / 3;
    let count = this.occupiedCells, counted = 0;
    for (let i = 0, from = 0; i < pixels; i += step, from += 3 * step) {
      if (losses[i] <= threshold) continue;
      const red = rgb[from], green = rgb[from + 1], blue = rgb[from + 2];
      const cell = red >> 3 << 10 | green >> 3 << 5 | blue >> 3;
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
}
