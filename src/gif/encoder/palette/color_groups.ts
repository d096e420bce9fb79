import type { FewColors } from "./few_colors.ts";

/** No other group. */
const NONE = -1;

/** Groups of colors, each of which is to become one color, their mean. */
export class ColorGroups {
  /** The group of each color: the number of one of its colors. */
  readonly of: Int32Array;
  readonly #pixels: Float64Array;
  readonly #red: Float64Array;
  readonly #green: Float64Array;
  readonly #blue: Float64Array;
  /** The groups that are left. */
  readonly #alive: number[];
  /** Of those after each group the one it is nearest to, and the loss. */
  readonly #nearest: Int32Array;
  readonly #losses: Float64Array;

  /** Each color is a group. */
  constructor({ colors, packed, pixels }: FewColors) {
    this.#alive = Array.from({ length: colors }, (_, i) => i);
    this.of = Int32Array.from(this.#alive);
    this.#pixels = Float64Array.from(this.#alive, (i) => pixels[i]);
    this.#red = Float64Array.from(this.#alive, (i) => packed[i] >> 16);
    this.#green = Float64Array.from(this.#alive, (i) => packed[i] >> 8 & 255);
    this.#blue = Float64Array.from(this.#alive, (i) => packed[i] & 255);
    this.#nearest = new Int32Array(colors);
    this.#losses = new Float64Array(colors);
    for (const i of this.#alive) this.#findNearest(i);
  }

  /**
   * Makes one of the two groups that lose least by it; there must be two.
   *
   * @returns The squared error that this adds, over all their pixels.
   */
  merge(): number {
    const losses = this.#losses, nearest = this.#nearest;
    const first = this.#alive.reduce((a, b) => losses[b] < losses[a] ? b : a);
    const second = nearest[first], lost = losses[first];
    this.#join(first, second);
    for (const i of this.#alive) {
      if (i === first || nearest[i] === first || nearest[i] === second) {
        this.#findNearest(i);
      } else if (i < first) this.#compare(i, first);
    }
    return lost;
  }

  #join(first: number, second: number): void {
    const pixels = this.#pixels, { of } = this;
    const share = pixels[second] / (pixels[first] + pixels[second]);
    for (const channel of [this.#red, this.#green, this.#blue]) {
      channel[first] += (channel[second] - channel[first]) * share;
    }
    pixels[first] += pixels[second];
    this.#alive.splice(this.#alive.indexOf(second), 1);
    for (let i = 0; i < of.length; i++) if (of[i] === second) of[i] = first;
  }

  #findNearest(i: number): void {
    this.#nearest[i] = NONE;
    this.#losses[i] = Infinity;
    const alive = this.#alive;
    for (let at = alive.length - 1; alive[at] > i; at--) {
      this.#compare(i, alive[at]);
    }
  }

  #compare(i: number, j: number): void {
    const pixels = this.#pixels;
    const red = this.#red[i] - this.#red[j];
    const green = this.#green[i] - this.#green[j];
    const blue = this.#blue[i] - this.#blue[j];
    const weight = pixels[i] * pixels[j] / (pixels[i] + pixels[j]);
    const loss = (red * red + green * green + blue * blue) * weight;
    if (loss >= this.#losses[i]) return;
    this.#losses[i] = loss;
    this.#nearest[i] = j;
  }
}
