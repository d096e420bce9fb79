import { colorLoss } from "./color_loss.ts";
import type { Palette } from "./palette.ts";

/** Neighbors that are kept of each color, itself among them. */
export const NEIGHBORS = 32;

/** Ends a list that is shorter. */
const FAR = 2 ** 31 - 1;

/** The colors of a palette around each of its colors, nearest first. */
export class NeighborColors {
  /** {@linkcode NEIGHBORS} indices for each color. */
  readonly indices = new Uint8Array(256 * NEIGHBORS);
  /** The squared distances of them, up to an end that is far off. */
  readonly distances = new Int32Array(256 * NEIGHBORS);
  /** How many each color has; 0 if they were not asked for yet. */
  readonly counts = new Uint8Array(256);
  #palette: Palette | undefined;

  /** Takes a palette as it is now. */
  reset(palette: Palette): void {
    this.#palette = palette;
    this.counts.fill(0);
  }

  /** Fills the lists of a color. */
  find(color: number): void {
    const { indices, distances } = this;
    const { red, green, blue, colors } = this.#palette!;
    const begin = color * NEIGHBORS;
    let count = 0;
    for (let other = 0; other < colors; other++) {
      const r = red[other] - red[color];
      const g = green[other] - green[color];
      const b = blue[other] - blue[color];
      const distance = colorLoss(r, g, b);
      const full = count === NEIGHBORS;
      if (full && distance >= distances[begin + count - 1]) continue;
      let at = begin + (full ? count - 1 : count++);
      for (; at > begin && distances[at - 1] > distance; at--) {
        distances[at] = distances[at - 1];
        indices[at] = indices[at - 1];
      }
      distances[at] = distance;
      indices[at] = other;
    }
    this.counts[color] = count;
    if (count < NEIGHBORS) distances[begin + count] = FAR;
  }
}
