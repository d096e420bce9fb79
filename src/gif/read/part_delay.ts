import { concat } from "@std/bytes/concat";
import { MIN_DELAY_CENTISECONDS } from "../spec.ts";
import { readU16, writeU16 } from "../u16.ts";
import { partMarks } from "./part_marks.ts";

const DELAY_BYTES = 2;

/**
 * The positions of the delays of a part, one for each image with a graphic
 * control extension, which all images of this library have.
 *
 * @param part Blocks without a header, as {@linkcode framePart} makes them.
 * @throws {GifError} If the bytes are no blocks of a GIF.
 */
export function delayPositions(part: Uint8Array): number[] {
  return partMarks(part).flatMap(({ delayPosition }) => delayPosition ?? []);
}

/**
 * The shortest time that a part can be shown for, in hundredths of a second.
 */
export function leastDelay(positions: number[]): number {
  return positions.length * MIN_DELAY_CENTISECONDS;
}

/**
 * A copy of a part that is shown for another time: its last image takes what
 * those before it, which only lead up to it, leave.
 *
 * @param part Stays as it is.
 * @param positions What {@linkcode delayPositions} says of it.
 * @param delayCentiseconds Hundredths of a second for all of it, from
 * {@linkcode leastDelay} on.
 */
export function withDelay(
  part: Uint8Array,
  positions: number[],
  delayCentiseconds: number,
): Uint8Array<ArrayBuffer> {
  return concat(piecesWithDelay(part, positions, delayCentiseconds));
}

/**
 * The same without a copy: pieces of the part, and its new delays between
 * them.
 */
export function piecesWithDelay(
  part: Uint8Array,
  positions: number[],
  delayCentiseconds: number,
): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let left = delayCentiseconds, from = 0;
  for (const [i, position] of positions.entries()) {
    const last = i === positions.length - 1;
    const delay = last ? left : MIN_DELAY_CENTISECONDS;
    pieces.push(part.subarray(from, position), littleEndian(delay));
    from = position + DELAY_BYTES;
    left -= delay;
  }
  return [...pieces, part.subarray(from)];
}

function littleEndian(delay: number): Uint8Array {
  const bytes = new Uint8Array(DELAY_BYTES);
  writeU16(bytes, 0, delay);
  return bytes;
}

/**
 * Sets the delay of a part's last image, in place; those before it, which
 * only lead up to it, keep theirs.
 *
 * @param part Two of its bytes change, if it has another delay so far.
 * @param delayCentiseconds Hundredths of a second, 0 to 65535.
 */
export function setLastDelay(
  part: Uint8Array,
  delayCentiseconds: number,
): void {
  const last = delayPositions(part).at(-1);
  if (last !== undefined) writeU16(part, last, delayCentiseconds);
}

/** Delay of a part's last image, in hundredths of a second. */
export function lastDelay(part: Uint8Array, positions: number[]): number {
  const last = positions.at(-1);
  if (last === undefined) return 0;
  return readU16(part, last);
}
