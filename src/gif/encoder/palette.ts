/** Colors of an image, a channel each, for arithmetic. */
export class Palette {
  /** Red of each color, 0 to 255. */
  readonly red = new Int32Array(256);
  /** Green of each color, 0 to 255. */
  readonly green = new Int32Array(256);
  /** Blue of each color, 0 to 255. */
  readonly blue = new Int32Array(256);
  /** How many colors there are. */
  colors = 0;

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

/** Sums of the pixels that each color of a palette stands for. */
export class ColorSums {
  readonly #pixels = new Float64Array(256);
  readonly #red = new Float64Array(256);
  readonly #green = new Float64Array(256);
  readonly #blue = new Float64Array(256);

  /** Forgets all pixels. */
  clear(): void {
    this.#pixels.fill(0);
    this.#red.fill(0);
    this.#green.fill(0);
    this.#blue.fill(0);
  }

  /** Adds so many pixels, by the sums of their channels. */
  add(
    index: number,
    pixels: number,
    red: number,
    green: number,
    blue: number,
  ): void {
    this.#pixels[index] += pixels;
    this.#red[index] += red;
    this.#green[index] += green;
    this.#blue[index] += blue;
  }

  /**
   * Adds all pixels of an image.
   *
   * @param rgb Three bytes a pixel.
   * @param indices The color that each pixel has.
   */
  addAll(rgb: Uint8Array, indices: Uint8Array): void {
    const pixels = this.#pixels, reds = this.#red;
    const greens = this.#green, blues = this.#blue;
    for (let i = 0, at = 0; i < indices.length; i++, at += 3) {
      const index = indices[i];
      pixels[index]++;
      reds[index] += rgb[at];
      greens[index] += rgb[at + 1];
      blues[index] += rgb[at + 2];
    }
  }

  /** Makes each color of a palette the mean of its pixels, if it has any. */
  moveToMeans(palette: Palette): void {
    for (let i = 0; i < palette.colors; i++) {
      const pixels = this.#pixels[i];
      if (pixels === 0) continue;
      palette.red[i] = Math.round(this.#red[i] / pixels);
      palette.green[i] = Math.round(this.#green[i] / pixels);
      palette.blue[i] = Math.round(this.#blue[i] / pixels);
    }
  }
}
