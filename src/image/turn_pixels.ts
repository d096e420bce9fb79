import type { Pixels } from "./pixels.ts";

/** The turn of a picture by its EXIF data: 1 is upright, 6 a quarter right. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** True if rows become columns. */
export function isTurnedAside(orientation: number): boolean {
  return orientation >= 5;
}

/**
 * Turns and mirrors a picture to be upright.
 *
 * @param picture Taken over; given back if it is upright.
 * @param orientation Its orientation; any other number is upright.
 */
export function turnPixels(picture: Pixels, orientation: number): Pixels {
  if (!(orientation >= 2 && orientation <= 8)) return picture;
  const { pixels, width, height } = picture;
  const aside = isTurnedAside(orientation);
  const toWidth = aside ? height : width, toHeight = aside ? width : height;
  const turned = new Uint8Array(pixels.length);
  // Columns run backwards for 2, 3, 7 and 8; rows for 3, 4, 6 and 7.
  const fromRight = [2, 3, 7, 8].includes(orientation);
  const fromBottom = [3, 4, 6, 7].includes(orientation);
  const first = 3 * ((fromRight ? width - 1 : 0) +
    (fromBottom ? (height - 1) * width : 0));
  const right = fromRight ? -3 : 3, down = (fromBottom ? -3 : 3) * width;
  const step = aside ? down : right, rowStep = aside ? right : down;
  for (let y = 0, to = 0; y < toHeight; y++) {
    let from = first + y * rowStep;
    for (let x = 0; x < toWidth; x++, from += step, to += 3) {
      turned[to] = pixels[from];
      turned[to + 1] = pixels[from + 1];
      turned[to + 2] = pixels[from + 2];
    }
  }
  return { ...picture, pixels: turned, width: toWidth, height: toHeight };
}
