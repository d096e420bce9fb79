/**
 * Draws QR codes; loaded when a person first wants one.
 *
 * @module
 */

import { encode } from "uqr";

/** Modules of white around the code, without which phones do not find it. */
const BORDER = 4;

/**
 * Draws a text as a QR code, a pixel for each module.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {string} text
 */
export function drawQr(canvas, text) {
  /** @type {{ data: boolean[][], size: number }} */
  const { data, size } = encode(text, { border: BORDER });
  canvas.width = canvas.height = size;
  const context = /** @type {CanvasRenderingContext2D} */ (
    canvas.getContext("2d")
  );
  context.fillStyle = "#fff";
  context.fillRect(0, 0, size, size);
  context.fillStyle = "#000";
  data.forEach((row, y) =>
    row.forEach((isDark, x) => {
      if (isDark) context.fillRect(x, y, 1, 1);
    })
  );
}
