import { colorLoss } from "./color_loss.ts";
import { ColorGroups } from "./color_groups.ts";
import type { FewColors } from "./few_colors.ts";
import type { Palette } from "./palette.ts";

/**
 * Bits that a pixel takes more, on average, with twice the colors: measured.
 */
const DOUBLING_BITS = 0.5;
/** Bits of a color in a table. */
const COLOR_BITS = 24;

/**
 * Fills a palette with few colors, the nearest of which become one while that
 * is needed or worth it (Equitz, 1989), and tells each color its index.
 *
 * @param few At least one color.
 * @param maxColors 1 to 256.
 * @param lambda Squared error that a bit is worth: the table is not doubled
 * for less.
 * @param palette Gets the colors.
 */
export function mergeColors(
  few: FewColors,
  maxColors: number,
  lambda: number,
  palette: Palette,
): void {
  const groups = new ColorGroups(few);
  const pixels = few.pixels.reduce((a, b) => a + b, 0);
  let best = groups.of.slice();
  let leastCost = Infinity, lost = 0;
  for (let count = few.colors;; count--) {
    // Only a table that is full is worth more merging than is needed.
    if (count === few.colors || count === maxColors || isFull(count)) {
      const cost = costOf(count, pixels) * lambda + lost;
      if (count <= maxColors && cost < leastCost) {
        leastCost = cost;
        best = groups.of.slice();
      }
    }
    if (count === 1 || lost > leastCost) break;
    lost += groups.merge();
  }
  takeGroups(few, best, palette);
}

/** With one color more, the table would double. */
function isFull(colors: number): boolean {
  return tableOf(colors) !== tableOf(colors + 1);
}

/** Colors of the smallest table that holds so many and the transparent one. */
function tableOf(colors: number): number {
  return Math.max(4, 2 ** Math.ceil(Math.log2(colors + 1)));
}

/** Bits that a table of so many colors takes, and the pixels by it. */
function costOf(colors: number, pixels: number): number {
  const table = tableOf(colors);
  return table * COLOR_BITS + pixels * DOUBLING_BITS * Math.log2(table);
}

/** The color with most pixels stands for its group: graphics stay exact. */
function takeGroups(few: FewColors, of: Int32Array, palette: Palette): void {
  const indices = new Map<number, number>();
  const most = new Int32Array(256);
  for (let i = 0; i < few.colors; i++) {
    let index = indices.get(of[i]);
    if (index === undefined) {
      index = indices.size;
      indices.set(of[i], index);
    }
    few.index[i] = index;
    if (few.pixels[i] <= most[index]) continue;
    most[index] = few.pixels[i];
    palette.red[index] = few.packed[i] >> 16;
    palette.green[index] = few.packed[i] >> 8 & 255;
    palette.blue[index] = few.packed[i] & 255;
  }
  palette.colors = indices.size;
  takeNearest(few, palette);
}

function takeNearest(few: FewColors, palette: Palette): void {
  const { red, green, blue, colors } = palette;
  for (let i = 0; i < few.colors; i++) {
    const packed = few.packed[i];
    let least = Infinity;
    for (let index = 0; index < colors; index++) {
      const loss = colorLoss(
        (packed >> 16) - red[index],
        (packed >> 8 & 255) - green[index],
        (packed & 255) - blue[index],
      );
      if (loss >= least) continue;
      least = loss;
      few.index[i] = index;
    }
  }
}
