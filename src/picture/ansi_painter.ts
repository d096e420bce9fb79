import type { Canvas } from "../gif/canvas/canvas.ts";
import { scalePixels } from "../image/scale_pixels.ts";
import type { MadePicture } from "./making_messages.ts";
import { opaquePixels } from "./write_picture.ts";

const DEFAULT_COLUMNS = 80;
const UPPER_HALF_BLOCK = "\u2580";
const encoder = new TextEncoder();

/** Two pixels, one above the other, each as 0xRRGGBB. */
interface Cells {
  columns: number;
  rows: number;
  upper: Uint32Array;
  lower: Uint32Array;
}

/**
 * Draws pictures in a terminal: each character is the upper half of a block,
 * colored as one pixel, over the color of the pixel below it, in 24 bits.
 */
export class AnsiPainter {
  #shown: Cells | undefined;

  /**
   * Draws the picture of a canvas.
   *
   * @param canvas The canvas, which is not changed.
   * @param columns Characters of a row.
   * @returns Text that draws the whole picture, and text that turns the
   * previous picture into it.
   */
  paint(canvas: Canvas, columns: number = DEFAULT_COLUMNS): MadePicture {
    const cells = cellsOf(canvas, columns);
    const before = this.#shown;
    this.#shown = cells;
    const comparable = before?.rows === cells.rows &&
      before.columns === cells.columns;
    return {
      bytes: encoder.encode(draw(cells)),
      change: comparable ? encoder.encode(draw(cells, before)) : undefined,
      width: cells.columns,
      height: cells.rows,
    };
  }
}

function cellsOf(canvas: Canvas, columns: number): Cells {
  const { width, height } = canvas.screen;
  const rows = Math.max(1, Math.round(columns * height / width / 2));
  const { pixels } = scaleExactly(canvas, columns, 2 * rows);
  const upper = new Uint32Array(columns * rows);
  const lower = new Uint32Array(columns * rows);
  for (let i = 0; i < upper.length; i++) {
    const row = Math.floor(i / columns), column = i % columns;
    upper[i] = colorAt(pixels, 2 * row * columns + column);
    lower[i] = colorAt(pixels, (2 * row + 1) * columns + column);
  }
  return { columns, rows, upper, lower };
}

/** The rows by the aspect, or one row more or less. */
function scaleExactly(canvas: Canvas, width: number, height: number) {
  return scalePixels(opaquePixels(canvas), { width, height });
}

function colorAt(pixels: Uint8Array, index: number): number {
  const at = 3 * index;
  return pixels[at] << 16 | pixels[at + 1] << 8 | pixels[at + 2];
}

/** The text of all cells, or of those that have changed. */
function draw(cells: Cells, before?: Cells): string {
  const { columns, upper, lower } = cells;
  let text = "";
  let next = -1, foreground = -1, background = -1;
  for (let i = 0; i < upper.length; i++) {
    if (before?.upper[i] === upper[i] && before.lower[i] === lower[i]) continue;
    const column = i % columns;
    if (i !== next || column === 0) {
      text += moveTo(Math.floor(i / columns), column);
    }
    if (lower[i] !== background) text += colored(48, background = lower[i]);
    const flat = upper[i] === lower[i];
    if (!flat && upper[i] !== foreground) {
      text += colored(38, foreground = upper[i]);
    }
    text += flat ? " " : UPPER_HALF_BLOCK;
    next = i + 1;
  }
  return text === "" ? "" : text + "\x1b[0m";
}

/** ECMA-48, CUP: rows and columns count from 1. */
function moveTo(row: number, column: number): string {
  return `\x1b[${row + 1};${column + 1}H`;
}

/** ECMA-48, SGR: 38 for the block's color, 48 for the background. */
function colored(plane: 38 | 48, color: number): string {
  return `\x1b[${plane};2;${color >> 16};${color >> 8 & 255};${color & 255}m`;
}
