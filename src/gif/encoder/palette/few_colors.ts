/** More colors are not counted. */
const MAX_COLORS = 1024;
/**
 * Loss from which a pixel counts in full: with less, there is less to gain by a
 * color of its own.
 */
const FULL_LOSS = 12;
const SLOT_BITS = 12;
const SLOTS = 1 << SLOT_BITS;
const FREE = -1;

/**
 * Counts the colors of pictures that have few, as graphics do, one by one.
 * Nothing is rounded, so that all of them can be shown as they are.
 */
export class FewColors {
  /** Red, green and blue of each color, 8 bits each. */
  readonly packed = new Int32Array(MAX_COLORS);
  /** Pixels of each color; those that hardly change count for less. */
  readonly pixels = new Float64Array(MAX_COLORS);
  /** The index that each color gets in a palette. */
  readonly index = new Uint8Array(MAX_COLORS);
  /** Number of colors. */
  colors = 0;
  /** Runs of pixels of one color. */
  runs = 0;
  readonly #slots = new Int16Array(SLOTS).fill(FREE);

  /** Forgets all colors. */
  clear(): void {
    this.#slots.fill(FREE);
    this.pixels.fill(0);
    this.colors = 0;
    this.runs = 0;
  }

  /**
   * Counts pixels whose loss is above a threshold.
   *
   * @param rgb Three bytes a pixel.
   * @param losses One a pixel.
   * @param threshold Pixels at or below it are skipped.
   * @param maxColors At most 1024.
   * @returns False if there are more colors than that; those that are known
   * then are no use.
   */
  add(
    rgb: Uint8Array,
    losses: Int32Array,
    threshold: number,
    maxColors: number,
  ): boolean {
    const { pixels } = this;
    let last = -1, number = 0;
    for (let i = 0, at = 0; i < losses.length; i++, at += 3) {
      if (losses[i] <= threshold) continue;
      const color = rgb[at] << 16 | rgb[at + 1] << 8 | rgb[at + 2];
      if (color !== last) {
        number = this.#numberOf(color, maxColors);
        if (number === FREE) return false;
        last = color;
        this.runs++;
      }
      const loss = losses[i];
      pixels[number] += loss >= FULL_LOSS || loss < 1 ? 1 : loss / FULL_LOSS;
    }
    return true;
  }

  /** The number of a color, or -1 if it has not been counted. */
  find(color: number): number {
    const slots = this.#slots;
    let slot = slotOf(color);
    for (;;) {
      const number = slots[slot];
      if (number === FREE || this.packed[number] === color) return number;
      slot = slot + 1 & SLOTS - 1;
    }
  }

  /** The number of a color, a new one if it is new; -1: no room. */
  #numberOf(color: number, maxColors: number): number {
    const slots = this.#slots;
    let slot = slotOf(color);
    for (;;) {
      const number = slots[slot];
      if (number === FREE) break;
      if (this.packed[number] === color) return number;
      slot = slot + 1 & SLOTS - 1;
    }
    if (this.colors === maxColors) return FREE;
    slots[slot] = this.colors;
    this.packed[this.colors] = color;
    return this.colors++;
  }
}

function slotOf(color: number): number {
  return Math.imul(color, 0x9e3779b1) >>> 32 - SLOT_BITS;
}
