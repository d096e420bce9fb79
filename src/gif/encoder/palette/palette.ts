/** Colors of an image, a channel each, for arithmetic. */
export class Palette {
  /** Red of each color, 0 to 255. */
  readonly red = new Int32Array(256);
  /** Green of each color, 0 to 255. */
  readonly green = new Int32Array(256);
  /** Blue of each color, 0 to 255. */
  readonly blue = new Int32Array(256);
  /** Number of colors. */
  colors = 0;

  /** Another one with the same colors. */
  clone(): Palette {
    const palette = new Palette();
    palette.red.set(this.red);
    palette.green.set(this.green);
    palette.blue.set(this.blue);
    palette.colors = this.colors;
    return palette;
  }

  /** The colors as a color table has them (GIF89a section 21). */
  bytes(): Uint8Array {
    const table = new Uint8Array(this.colors * 3);
    for (let i = 0; i < this.colors; i++) {
      table[i * 3] = this.red[i];
      table[i * 3 + 1] = this.green[i];
      table[i * 3 + 2] = this.blue[i];
    }
    return table;
  }
}

const FIELDS = 4;
/** More of the brightest pixels would overflow a sum. */
const MAX_SUMMED_PIXELS = 2 ** 23;

/** Sums of the pixels that each color of a palette stands for. */
export class ColorSums {
  /** Pixels, red, green and blue of each color, one after another. */
  readonly #sums = new Int32Array(256 * FIELDS);

  /** Forgets all pixels. */
  clear(): void {
    this.#sums.fill(0);
  }

  /** Adds so many pixels, by the sums of their channels. */
  add(
    index: number,
    pixels: number,
    red: number,
    green: number,
    blue: number,
  ): void {
    const sums = this.#sums;
    const at = index * FIELDS;
    sums[at] += pixels;
    sums[at + 1] += red;
    sums[at + 2] += green;
    sums[at + 3] += blue;
  }

  /**
   * Adds the pixels of an image.
   *
   * @param rgb Three bytes a pixel.
   * @param indices The color that each pixel has.
   * @param leftOut The index whose pixels do not count, or -1.
   * @param step 1 adds every pixel, 2 every other; of very large images fewer
   * are added.
   */
  addAll(
    rgb: Uint8Array,
    indices: Uint8Array,
    leftOut: number,
    step: number,
  ): void {
    const sums = this.#sums;
    const least = Math.ceil(indices.length / MAX_SUMMED_PIXELS);
    const stride = Math.max(step, least);
    for (let i = 0; i < indices.length; i += stride) {
      if (indices[i] === leftOut) continue;
      const from = i * 3, at = indices[i] * FIELDS;
      sums[at]++;
      sums[at + 1] += rgb[from];
      sums[at + 2] += rgb[from + 1];
      sums[at + 3] += rgb[from + 2];
    }
  }

  /** Makes each color of a palette the mean of its pixels, if it has any. */
  moveToMeans(palette: Palette): void {
    const sums = this.#sums;
    for (let i = 0; i < palette.colors; i++) {
      const at = i * FIELDS;
      const pixels = sums[at];
      if (pixels === 0) continue;
      palette.red[i] = Math.round(sums[at + 1] / pixels);
      palette.green[i] = Math.round(sums[at + 2] / pixels);
      palette.blue[i] = Math.round(sums[at + 3] / pixels);
    }
  }
}
