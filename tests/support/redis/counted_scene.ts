/**
 * Pictures of 8x8 pixels that carry a number and a bit of each of the pictures
 * before: whoever lacks one of them, or draws one twice, shows wrong pixels.
 *
 * @module
 */

import { encodeLzw } from "../../../src/gif/lzw_encode.ts";
import { bytes, u16 } from "../gif/gif_bytes.ts";

/** Width and height. */
const SIDE = 8;
const PIXELS = SIDE * SIDE;
/** The number stands in the first pixels, by this base. */
const BASE = 64, DIGITS = 3;
const CELLS = PIXELS - DIGITS;
const TRANSPARENT = BASE;
const CODE_SIZE = 7;
const COLORS = 1 << CODE_SIZE;

/** The grays of a number's picture, each less than 64. */
function graysOf(number: number): Uint8Array {
  const grays = new Uint8Array(PIXELS);
  for (let digit = 0, rest = number; digit < DIGITS; digit++) {
    grays[digit] = rest % BASE;
    rest = Math.floor(rest / BASE);
  }
  for (let cell = 0; cell < CELLS; cell++) {
    const step = number - ((number - cell) % CELLS + CELLS) % CELLS;
    if (step >= 0) grays[DIGITS + cell] = step * 7 % BASE;
  }
  return grays;
}

/** The beginning of an endless GIF that shows a number. */
export function firstPicture(number: number): Uint8Array {
  const table = Array.from(
    { length: COLORS },
    (_, i) => Array(3).fill(Math.min(255, 4 * i)),
  ).flat();
  return bytes(
    ...["GIF89a", u16(SIDE), u16(SIDE), 0xf0 | CODE_SIZE - 1, [0, 0], table],
    image(graysOf(number)),
  );
}

/** The difference to the picture of a number from that of the number before. */
export function nextPicture(number: number): Uint8Array {
  const grays = graysOf(number), indices = new Uint8Array(PIXELS);
  indices.fill(TRANSPARENT);
  for (let digit = 0; digit < DIGITS; digit++) indices[digit] = grays[digit];
  const changed = DIGITS + number % CELLS;
  indices[changed] = grays[changed];
  const control = [0x21, 0xf9, 4, 1 << 2 | 1, 2, 0, TRANSPARENT, 0];
  return bytes(control, image(indices));
}

function image(indices: Uint8Array): Uint8Array {
  return bytes(
    ...[0x2c, u16(0), u16(0), u16(SIDE), u16(SIDE), 0],
    encodeLzw(indices, CODE_SIZE),
  );
}

/**
 * Reads the number of a picture.
 *
 * @param pixels Red, green, blue and alpha of each pixel.
 * @throws {Error} If a pixel is not as it is to be.
 */
export function numberOf(pixels: Uint32Array): number {
  if (pixels.length !== PIXELS) throw new Error(`${pixels.length} pixels`);
  let number = 0;
  for (let digit = DIGITS - 1; digit >= 0; digit--) {
    number = number * BASE + (pixels[digit] & 255) / 4;
  }
  const grays = graysOf(number);
  for (const [i, gray] of grays.entries()) {
    const wanted = (gray * 4 * 0x10101 | 255 << 24) >>> 0;
    if (pixels[i] === wanted) continue;
    throw new Error(
      `Wrong pixel ${i} in picture ${number}: expected ${wanted.toString(16)}` +
        `, found ${pixels[i].toString(16)}`,
    );
  }
  return number;
}
