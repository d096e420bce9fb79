import { colorLoss } from "./color_loss.ts";
import type { Palette } from "./palette.ts";

/** Ends a list that is shorter. */
const FAR = 2 ** 31 - 1;

/** The colors of a palette around each of its colors, nearest first. */
export class NeighborColors {
  /** Neighbors that are kept of each color, itself among them. */
  readonly perColor: number;
  /** So many indices for each color. */
  readonly indices: Uint8Array;
  /** The squared distances of them, up to an end that is far off. */
  readonly distances: Int32Array;
  /** Number of neighbors of each color; 0 before the first request. */
  readonly counts = new Uint8Array(256);
  #palette: Palette | undefined;

  /** Makes one that keeps so many, 1 to 255; it has no palette yet. */
  constructor(perColor: number) {
    this.perColor = perColor;
    this.indices = new Uint8Array(256 * perColor);
    this.distances = new Int32Array(256 * perColor);
  }

  /** Takes a palette as it is now. */
  reset(palette: Palette): void {
    this.#palette = palette;
    this.counts.fill(0);
  }

  /** Fills the lists of a color. */
  find(color: number): void {
    const { indices, distances, perColor } = this;
    const { red, green, blue, colors } = this.#palette!;
    const begin = color * perColor;
    let count = 0;
    for (let other = 0; other < colors; other++) {
      const r = red[other] - red[color];
      const g = green[other] - green[color];
      const b = blue[other] - blue[color];
      const distance = colorLoss(r, g, b);
      const full = count === perColor;
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
    if (count < perColor) distances[begin + count] = FAR;
  }
}
