import { readNumber, reversedNumber } from "../browser/numbered_frame.ts";
import type { Pixels } from "../browser/pixels.ts";

/** A row of the picture has so many pixels of its colors in a run at least. */
const MIN_RUN_PIXELS = 80;
/** Most pixels between blocks of a JPEG, where colors mix. */
const MAX_GAP_PIXELS = 6;

/**
 * The number on a picture that is somewhere on a screen, if there is one; a
 * wrong one, which changes with the picture, if the lower edge is cut off.
 * Numbers are written in reverse.
 */
export function findNumber(screen: Pixels): number | undefined {
  const rows: { y: number; begin: number; end: number }[] = [];
  for (let y = 0; y < screen.height; y++) {
    const run = longestRun(screen, y);
    if (run.end - run.begin >= MIN_RUN_PIXELS) rows.push({ y, ...run });
  }
  if (rows.length < MIN_RUN_PIXELS) return undefined;
  const { begin, end } = rows[rows.length >> 1];
  const same = rows.filter((row) => row.begin === begin && row.end === end);
  const top = same[0].y;
  const height = same.at(-1)!.y + 1 - top;
  const number = readNumber(cut(screen, begin, top, end - begin, height));
  return number === undefined ? undefined : reversedNumber(number);
}

function longestRun({ width, rgb }: Pixels, y: number) {
  let best = { begin: 0, end: 0 };
  let begin = 0, end = -Infinity;
  for (let x = 0; x < width; x++) {
    const at = 3 * (y * width + x);
    if (!isPictureColor(rgb[at], rgb[at + 1], rgb[at + 2])) continue;
    if (x - end > MAX_GAP_PIXELS) begin = x;
    end = x + 1;
    if (end - begin > best.end - best.begin) best = { begin, end };
  }
  return best;
}

/** Blue or yellow, more or less. */
function isPictureColor(red: number, green: number, blue: number): boolean {
  return Math.abs(red - green) < 40 && Math.abs(red + blue - 255) < 60;
}

function cut(
  { width, rgb }: Pixels,
  left: number,
  top: number,
  columns: number,
  rows: number,
): Pixels {
  const out = new Uint8Array(3 * columns * rows);
  for (let y = 0; y < rows; y++) {
    const at = 3 * ((top + y) * width + left);
    out.set(rgb.subarray(at, at + 3 * columns), 3 * y * columns);
  }
  return { width: columns, height: rows, rgb: out };
}
