import { colorLoss } from "./color_loss.ts";
import { ColorGroups } from "./color_groups.ts";
import type { FewColors } from "./few_colors.ts";
import type { Palette } from "./palette.ts";

/**
 * Bits that a run of pixels takes more, on average, with twice the colors:
 * measured.
 */
const DOUBLING_BITS = 1.5;
/** Bits of a color in a table. */
const COLOR_BITS = 24;
/** Share of the pixels of a group at which it gets their color. */
const MAIN_SHARE = 0.75;
/** Rounds in which groups are made of the colors nearest to each. */
const ROUNDS = 2;

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
  let best = groups.of.slice();
  let leastCost = Infinity, lost = 0;
  for (let count = few.colors;; count--) {
    // Only a table that is full is worth more merging than is needed.
    if (count === few.colors || count === maxColors || isFull(count)) {
      const cost = costOf(count, few.runs) * lambda + lost;
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

/** Bits that a table of so many colors takes, and the runs by it. */
function costOf(colors: number, runs: number): number {
  const table = tableOf(colors);
  return table * COLOR_BITS + runs * DOUBLING_BITS * Math.log2(table);
}

/**
 * Gives each group its color: the one that most of its pixels have, so that
 * graphics stay exact, or else the mean.
 */
function takeGroups(few: FewColors, of: Int32Array, palette: Palette): void {
  const groups = [...new Set(of)];
  for (const [index, group] of groups.entries()) {
    for (let i = 0; i < few.colors; i++) {
      if (of[i] === group) few.index[i] = index;
    }
  }
  palette.colors = groups.length;
  if (groups.length === few.colors) return takeColors(few, palette, 0);
  for (let round = 0; round < ROUNDS; round++) {
    takeColors(few, palette, MAIN_SHARE);
    takeNearest(few, palette);
  }
}

/** Makes each color the main one of those that have its index, or the mean. */
function takeColors(few: FewColors, palette: Palette, mainShare: number): void {
  const { packed, pixels, index } = few;
  const sums = new Float64Array(palette.colors * 4);
  const main = new Int32Array(palette.colors).fill(-1);
  for (let i = 0; i < few.colors; i++) {
    const at = index[i] * 4, count = pixels[i];
    sums[at] += count;
    sums[at + 1] += count * (packed[i] >> 16);
    sums[at + 2] += count * (packed[i] >> 8 & 255);
    sums[at + 3] += count * (packed[i] & 255);
    const most = main[index[i]];
    if (most < 0 || pixels[i] > pixels[most]) main[index[i]] = i;
  }
  for (let color = 0; color < palette.colors; color++) {
    const count = sums[color * 4], most = main[color];
    if (most < 0) continue;
    const isMain = pixels[most] >= mainShare * count;
    const channel = (n: number, shift: number) =>
      isMain
        ? packed[most] >> shift & 255
        : Math.round(sums[color * 4 + n] / count);
    palette.red[color] = channel(1, 16);
    palette.green[color] = channel(2, 8);
    palette.blue[color] = channel(3, 0);
  }
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
