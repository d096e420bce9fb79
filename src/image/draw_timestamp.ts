import { GLYPH_HEIGHT, GLYPH_WIDTH, glyphRows } from "./glyphs.ts";
import type { Pixels } from "./pixels.ts";

const INK = 255, EDGE = 0;
/** Columns of a character and the gap after it. */
const ADVANCE = GLYPH_WIDTH + 1;
/** Share of the width that the text takes, where there is room. */
const TEXT_PART = 1 / 3;

/**
 * Draws date and time into the lower left corner, in the time zone of the
 * program: white with a black edge.
 *
 * @param picture The picture, which is changed.
 * @param milliseconds Milliseconds since 1970.
 */
export function drawTimestamp(picture: Pixels, milliseconds: number): void {
  const text = timeText(new Date(milliseconds));
  const scale = Math.max(
    1,
    Math.floor(picture.width * TEXT_PART / (text.length * ADVANCE)),
  );
  const top = picture.height - (GLYPH_HEIGHT + 3) * scale;
  // The edge first, so that it covers no ink.
  for (const [dx, dy] of [[-1, 0], [1, 0], [0, -1], [0, 1]]) {
    drawText(picture, text, (2 + dx) * scale, top + dy * scale, scale, EDGE);
  }
  drawText(picture, text, 2 * scale, top, scale, INK);
}

/** As `2026-11-27 15:04:05`. */
function timeText(date: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()];
  return `${day.map(two).join("-")} ${time.map(two).join(":")}`;
}

function drawText(
  picture: Pixels,
  text: string,
  left: number,
  top: number,
  scale: number,
  value: number,
): void {
  for (const [i, character] of [...text].entries()) {
    for (const [y, row] of glyphRows(character).entries()) {
      for (let x = 0; x < GLYPH_WIDTH; x++) {
        if ((row >> GLYPH_WIDTH - 1 - x & 1) === 0) continue;
        const column = left + (i * ADVANCE + x) * scale;
        fillSquare(picture, column, top + y * scale, scale, value);
      }
    }
  }
}

function fillSquare(
  { pixels, width, height }: Pixels,
  left: number,
  top: number,
  side: number,
  value: number,
): void {
  const from = Math.max(0, left), to = Math.min(width, left + side);
  if (from >= to) return;
  for (let y = Math.max(0, top); y < Math.min(height, top + side); y++) {
    pixels.fill(value, 3 * (y * width + from), 3 * (y * width + to));
  }
}
