import type { PixelFrame } from "../encoding/pixel_frame.ts";
import { GLYPH_HEIGHT, GLYPH_WIDTH, glyphRows } from "../image/glyphs.ts";

/** Rows from the top, the leftmost pixel in the highest of five bits. */
const LETTERS: Record<string, readonly number[]> = {
  A: [0b01110, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001, 0b10001],
  G: [0b01110, 0b10001, 0b10000, 0b10111, 0b10001, 0b10001, 0b01111],
  I: [0b01110, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110],
  L: [0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b11111],
  N: [0b10001, 0b11001, 0b10101, 0b10011, 0b10001, 0b10001, 0b10001],
  O: [0b01110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110],
  S: [0b01111, 0b10000, 0b10000, 0b01110, 0b00001, 0b00001, 0b11110],
};

/** Brightness of the dimmed picture, as a share of the original. */
const DIMMED = 0.35;
const INK = 235;
const TEXT = "NO SIGNAL";
/** Columns of a letter and the gap after it. */
const ADVANCE = GLYPH_WIDTH + 1;
/** Rows between the two lines. */
const LINE_GAP = 3;

/**
 * The last picture, dimmed, with "no signal" and the time since.
 *
 * @param last The last picture, which is not changed.
 * @param nowMilliseconds Milliseconds since 1970.
 */
export function drawNoSignal(
  last: PixelFrame,
  nowMilliseconds: number,
): PixelFrame {
  const { width, height, pixels } = last;
  const picture: PixelFrame = {
    pixels: pixels.map((value) => value * DIMMED),
    width,
    height,
    timestampMilliseconds: nowMilliseconds,
    standsIn: true,
  };
  const away = nowMilliseconds - last.timestampMilliseconds;
  const scale = Math.max(
    1,
    Math.floor(width / (2 * TEXT.length * ADVANCE)),
  );
  const lineHeight = (GLYPH_HEIGHT + LINE_GAP) * scale;
  const middle = Math.round(height / 2);
  drawLine(picture, TEXT, middle - lineHeight, scale);
  drawLine(picture, durationText(away), middle + LINE_GAP * scale, scale);
  return picture;
}

/** Hours, minutes and seconds, as in `1:02:03` or `0:07`. */
function durationText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const padded = (number: number) => String(number).padStart(2, "0");
  const minutes = Math.floor(seconds / 60), hours = Math.floor(minutes / 60);
  return hours === 0
    ? `${minutes}:${padded(seconds % 60)}`
    : `${hours}:${padded(minutes % 60)}:${padded(seconds % 60)}`;
}

/** Writes a line of text across the middle. */
function drawLine(
  picture: PixelFrame,
  text: string,
  top: number,
  scale: number,
): void {
  const textWidth = (text.length * ADVANCE - 1) * scale;
  let left = Math.round((picture.width - textWidth) / 2);
  for (const character of text) {
    const rows = LETTERS[character] ?? glyphRows(character);
    rows.forEach((row, y) => {
      for (let x = 0; x < GLYPH_WIDTH; x++) {
        if ((row >> GLYPH_WIDTH - 1 - x & 1) === 0) continue;
        drawSquare(picture, left + x * scale, top + y * scale, scale);
      }
    });
    left += ADVANCE * scale;
  }
}

/** Draws a square, clipped to the picture. */
function drawSquare(
  { pixels, width, height }: PixelFrame,
  left: number,
  top: number,
  side: number,
): void {
  const from = Math.max(0, left), to = Math.min(width, left + side);
  if (from >= to) return;
  const bottom = Math.min(height, top + side);
  for (let y = Math.max(0, top); y < bottom; y++) {
    pixels.fill(INK, 3 * (y * width + from), 3 * (y * width + to));
  }
}
