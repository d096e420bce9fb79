import type { AreaPixels } from "./changes.ts";
import { NeighborColors } from "./palette/neighbor_colors.ts";
import { PaletteMaker } from "./palette/palette_maker.ts";

/** Side of the square of thresholds, in pixels. */
const SIDE = 8;
/** Neighbors of a pixel's color that it may be mixed with. */
const MIXED = 12;
/** Squared distance of colors that are too far apart to be mixed. */
const MOST_DISTANCE = 48 * 48;
const MAX_COLORS = 255;
const EFFORT = { countedColors: 256, step: 4, refine: false, keep: true };

/**
 * Hides bands: pixels that lie between two colors of a palette become the one
 * or the other, by a pattern of thresholds (Bayer, 1973). Its strength is that
 * of the step between the two. Pixels stay what they became as long as they do
 * not change.
 */
export class Ditherer {
  readonly #width: number;
  readonly #maker = new PaletteMaker();
  readonly #neighbors = new NeighborColors(1 + MIXED);
  readonly #thresholds = thresholds();
  readonly #source: Uint8Array;
  readonly #output: Uint8Array;
  /** The color that was mixed in last. */
  #mixed = 0;
  #started = false;

  /** Pictures have three bytes a pixel. */
  constructor(width: number, height: number) {
    this.#width = width;
    this.#source = new Uint8Array(width * height * 3);
    this.#output = new Uint8Array(width * height * 3);
  }

  /**
   * Takes the next picture.
   *
   * @param everything The whole picture.
   * @returns A picture that the next call overwrites.
   */
  filter(everything: AreaPixels, lambda: number): Uint8Array {
    const { rgb } = everything;
    if (this.#maker.make(everything, MAX_COLORS, lambda, EFFORT)) {
      this.#neighbors.reset(this.#maker.palette);
    }
    const source = this.#source;
    for (let at = 0, i = 0; at < rgb.length; at += 3, i++) {
      const stays = this.#started && rgb[at] === source[at] &&
        rgb[at + 1] === source[at + 1] && rgb[at + 2] === source[at + 2];
      if (!stays) this.#dither(rgb, i);
    }
    source.set(rgb);
    this.#started = true;
    return this.#output;
  }

  /** Gives a pixel its color, or another one that it lies near. */
  #dither(rgb: Uint8Array, i: number): void {
    const { red, green, blue } = this.#maker.palette;
    const at = i * 3, output = this.#output;
    const first = this.#maker.nearest.find(rgb[at], rgb[at + 1], rgb[at + 2]);
    const share = this.#mix(rgb, at, first);
    const row = Math.floor(i / this.#width), column = i % this.#width;
    const threshold = this.#thresholds[row % SIDE * SIDE + column % SIDE];
    // From dark to light, or the pattern would turn over where the nearest
    // color changes.
    const isDarker = this.#luma(this.#mixed) < this.#luma(first);
    const isMixed = share > (isDarker ? threshold : 1 - threshold);
    const chosen = isMixed ? this.#mixed : first;
    output[at] = red[chosen];
    output[at + 1] = green[chosen];
    output[at + 2] = blue[chosen];
  }

  #luma(color: number): number {
    const { red, green, blue } = this.#maker.palette;
    return 3 * red[color] + 6 * green[color] + blue[color];
  }

  /**
   * Finds the neighbor that, mixed with a pixel's nearest color, comes nearest
   * to the pixel.
   *
   * @returns The share that it has, at most about a half.
   */
  #mix(rgb: Uint8Array, at: number, first: number): number {
    const { red, green, blue } = this.#maker.palette;
    const neighbors = this.#neighbors;
    if (neighbors.counts[first] === 0) neighbors.find(first);
    const r = rgb[at] - red[first];
    const g = rgb[at + 1] - green[first];
    const b = rgb[at + 2] - blue[first];
    let share = 0, most = 0;
    this.#mixed = first;
    const row = first * neighbors.perColor;
    for (let n = row + 1; n <= row + MIXED; n++) {
      const distance = neighbors.distances[n];
      if (distance > MOST_DISTANCE) break;
      if (distance === 0) continue;
      const other = neighbors.indices[n];
      const along = r * (red[other] - red[first]) +
        g * (green[other] - green[first]) + b * (blue[other] - blue[first]);
      // Squared error that the mix takes off.
      const gain = along * along / distance;
      if (along <= 0 || gain <= most) continue;
      most = gain;
      share = along / distance;
      this.#mixed = other;
    }
    return share;
  }
}

/** Shares, from near 0 to near 1, as even as can be in every small square. */
function thresholds(): Float64Array {
  const values = new Float64Array(SIDE * SIDE);
  for (let i = 0; i < values.length; i++) {
    const x = i % SIDE, y = Math.floor(i / SIDE);
    let rank = 0;
    for (let bit = 0; bit < 3; bit++) {
      const a = x >> bit & 1, b = y >> bit & 1;
      rank = rank << 2 | (a ^ b) << 1 | b;
    }
    values[i] = (rank + 0.5) / values.length;
  }
  return values;
}
