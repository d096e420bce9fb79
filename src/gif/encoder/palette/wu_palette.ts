import { CELL_FIELDS, type ColorHistogram } from "./color_histogram.ts";
import type { Palette } from "./palette.ts";

// Sums are kept for the corner of every cell, so that the sum over any box
// takes eight of them. A side has one corner more than cells.
const SIDE = 33;
const RED_STEP = SIDE * SIDE;
const GREEN_STEP = SIDE;
const CORNERS = SIDE * SIDE * SIDE;
/** Of a corner: pixels, red, green, blue, squared length of the means. */
const MOMENTS = 5;

/** Bounds of a box of cells: from the first corner to the last. */
interface Box {
  /** Red, green and blue of the corner before the first cell. */
  low: number[];
  /** Red, green and blue of the corner after the last cell. */
  high: number[];
  /** Squared distances of its pixels from their mean, summed. */
  variance: number;
}

/** The best cut of a box. */
interface Cut {
  channel: number;
  at: number;
  /** The value to maximize. */
  gain: number;
}

/**
 * Bits that a pixel takes more, on average, with twice the colors: measured.
 */
const DOUBLING_BITS = 0.5;
/** Bits of a color in a table. */
const COLOR_BITS = 4;

const moments = new Float64Array(CORNERS * MOMENTS);
const plane = new Float64Array(SIDE * MOMENTS);
const line = new Float64Array(MOMENTS);
const sums = new Float64Array(MOMENTS);

/**
 * Fills a palette with the mean colors of boxes, cut one after another where
 * that lowers the variance most (Wu, Graphics Gems II, 1991).
 *
 * @param histogram At least one pixel.
 * @param maxColors 1 to 256.
 * @param lambda Squared error that a bit is worth: the table is not doubled
 * for less. It counts for each pixel of the histogram.
 * @param palette Gets the colors.
 */
export function wuPalette(
  histogram: ColorHistogram,
  maxColors: number,
  lambda: number,
  palette: Palette,
): void {
  accumulate(histogram);
  const whole = { low: [0, 0, 0], high: [32, 32, 32], variance: 0 };
  whole.variance = varianceOf(whole);
  const pixels = sums[0];
  const boxes = cutBoxes(whole, maxColors, pixels, lambda);
  palette.colors = boxes.length;
  for (const [i, { low, high }] of boxes.entries()) {
    sumBox(low, high);
    palette.red[i] = Math.round(sums[1] / sums[0]);
    palette.green[i] = Math.round(sums[2] / sums[0]);
    palette.blue[i] = Math.round(sums[3] / sums[0]);
  }
}

/** Cuts until there are enough boxes, and undoes what was not worth it. */
function cutBoxes(
  whole: Box,
  maxColors: number,
  pixels: number,
  lambda: number,
): Box[] {
  const boxes: Box[] = [whole];
  const tables: Box[][] = [];
  while (boxes.length < maxColors) {
    const widest = boxes.reduce((a, b) => b.variance > a.variance ? b : a);
    if (widest.variance <= 0) break;
    if (fillsTable(boxes.length)) tables.push(boxes.map(copyOf));
    const half = cutInTwo(widest);
    if (half === undefined) widest.variance = 0;
    else boxes.push(half);
  }
  let best = boxes;
  for (const smaller of tables.reverse()) {
    const bits = pixels * DOUBLING_BITS + smaller.length * COLOR_BITS;
    const saved = varianceLeft(smaller) - varianceLeft(best);
    if (saved > lambda * bits) break;
    best = smaller;
  }
  return best;
}

function copyOf({ low, high, variance }: Box): Box {
  return { low: [...low], high: [...high], variance };
}

/** With one color more, the table would double. */
function fillsTable(colors: number): boolean {
  return colors >= 7 && (colors & colors + 1) === 0;
}

function varianceLeft(boxes: Box[]): number {
  return boxes.reduce((sum, { variance }) => sum + variance, 0);
}

/** Turns the histogram into sums over all cells up to each corner. */
function accumulate(histogram: ColorHistogram): void {
  moments.fill(0);
  for (let i = 0; i < histogram.occupiedCells; i++) {
    const cell = histogram.occupied[i];
    const corner = ((cell >> 10) + 1) * RED_STEP +
      ((cell >> 5 & 31) + 1) * GREEN_STEP + (cell & 31) + 1;
    fillCorner(corner * MOMENTS, histogram.cells, cell * CELL_FIELDS);
  }
  for (let red = 1; red < SIDE; red++) accumulatePlane(red);
}

function fillCorner(at: number, cells: Uint32Array, from: number): void {
  const pixels = cells[from];
  let squares = 0;
  moments[at] = pixels;
  for (let channel = 1; channel <= 3; channel++) {
    const sum = cells[from + channel];
    moments[at + channel] = sum;
    squares += sum * sum;
  }
  moments[at + 4] = squares / pixels;
}

function accumulatePlane(red: number): void {
  plane.fill(0);
  for (let green = 1; green < SIDE; green++) {
    line.fill(0);
    for (let blue = 1; blue < SIDE; blue++) {
      const at = (red * RED_STEP + green * GREEN_STEP + blue) * MOMENTS;
      for (let moment = 0; moment < MOMENTS; moment++) {
        line[moment] += moments[at + moment];
        plane[blue * MOMENTS + moment] += line[moment];
        moments[at + moment] = plane[blue * MOMENTS + moment] +
          moments[at + moment - RED_STEP * MOMENTS];
      }
    }
  }
}

/** Puts the moments of a box into `sums`. */
function sumBox(low: number[], high: number[]): void {
  const low0 = low[0] * RED_STEP, high0 = high[0] * RED_STEP;
  const low1 = low[1] * GREEN_STEP, high1 = high[1] * GREEN_STEP;
  const low2 = low[2], high2 = high[2];
  for (let moment = 0; moment < MOMENTS; moment++) {
    sums[moment] = moments[(high0 + high1 + high2) * MOMENTS + moment] -
      moments[(high0 + high1 + low2) * MOMENTS + moment] -
      moments[(high0 + low1 + high2) * MOMENTS + moment] +
      moments[(high0 + low1 + low2) * MOMENTS + moment] -
      moments[(low0 + high1 + high2) * MOMENTS + moment] +
      moments[(low0 + high1 + low2) * MOMENTS + moment] +
      moments[(low0 + low1 + high2) * MOMENTS + moment] -
      moments[(low0 + low1 + low2) * MOMENTS + moment];
  }
}

/** The squared length of the sum of colors, by the pixels that make it. */
function concentration(): number {
  const [pixels, red, green, blue] = sums;
  return (red * red + green * green + blue * blue) / pixels;
}

function varianceOf({ low, high }: Box): number {
  sumBox(low, high);
  return sums[0] === 0 ? 0 : sums[4] - concentration();
}

/** Cuts a box, which keeps the first half; undefined: it has one cell. */
function cutInTwo(box: Box): Box | undefined {
  const cuts = [0, 1, 2].map((channel) => bestCut(box, channel));
  const { channel, at, gain } = cuts.reduce((a, b) => b.gain > a.gain ? b : a);
  if (gain <= 0) return undefined;
  const half = { low: [...box.low], high: [...box.high], variance: 0 };
  half.low[channel] = at;
  box.high[channel] = at;
  box.variance = varianceOf(box);
  half.variance = varianceOf(half);
  return half;
}

function bestCut({ low, high }: Box, channel: number): Cut {
  sumBox(low, high);
  const [pixels, red, green, blue] = sums;
  const best: Cut = { channel, at: 0, gain: 0 };
  const end = [...high];
  for (let at = low[channel] + 1; at < high[channel]; at++) {
    end[channel] = at;
    sumBox(low, end);
    if (sums[0] === 0) continue;
    if (sums[0] === pixels) break;
    const first = concentration();
    sums[0] = pixels - sums[0];
    sums[1] = red - sums[1];
    sums[2] = green - sums[2];
    sums[3] = blue - sums[3];
    const gain = first + concentration();
    if (gain > best.gain) Object.assign(best, { at, gain });
  }
  return best;
}
