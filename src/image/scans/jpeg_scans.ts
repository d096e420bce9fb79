/**
 * A JPEG that never ends: a progressive JPEG is refined by one scan after
 * another, and decoders that show it while it loads show each. Here the scans
 * do not refine the picture but replace it: each gives the lowest frequencies
 * of every block anew.
 *
 * A scan can set a frequency, but not to zero, since zeros are what it leaves
 * out. So a zero is written as the smallest number that there is, which nobody
 * sees: the steps are small.
 *
 * @module
 */

import type { Pixels } from "../pixels.ts";
import { BitWriter } from "./bit_writer.ts";
import { Frequencies } from "./frequencies.ts";
import { type Plane, planesOf } from "./planes.ts";
import { GIVEN, scanHead, stepOf } from "./scans_head.ts";
import { SIDE, ZIGZAG } from "./zigzag.ts";

/** Frequencies that are weaker than so many steps are as good as none. */
const WEAK = 6;

/** Scans that show a picture, whatever was shown before. */
export function jpegScans(picture: Pixels): Uint8Array<ArrayBuffer> {
  const writer = new BitWriter();
  planesOf(picture).forEach((plane, i) => {
    const given = GIVEN[i], numbers = quantized(plane, given);
    writeMeans(writer, i + 1, numbers, given + 1);
    writeFrequencies(writer, i + 1, numbers, given + 1);
  });
  return writer.take();
}

/** The numbers of all blocks, one block after another. */
function quantized(plane: Plane, given: number): Int16Array {
  const columns = Math.ceil(plane.width / SIDE);
  const rows = Math.ceil(plane.height / SIDE);
  const frequencies = new Frequencies(plane), { values } = frequencies;
  const numbers = new Int16Array(columns * rows * (given + 1));
  let at = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      frequencies.look(column * SIDE, row * SIDE);
      for (let i = 0; i <= given; i++) {
        const value = values[ZIGZAG[i]] / stepOf(i);
        const isWeak = i > 0 && Math.abs(value) < WEAK;
        numbers[at++] = isWeak ? 0 : Math.round(value);
      }
    }
  }
  return numbers;
}

function writeMeans(
  writer: BitWriter,
  component: number,
  numbers: Int16Array,
  stride: number,
): void {
  writer.bytes(scanHead(component, 0, 0));
  let before = 0;
  for (let at = 0; at < numbers.length; at += stride) {
    const difference = numbers[at] - before;
    const size = sizeOf(difference);
    writeUnary(writer, size);
    writer.bits(difference < 0 ? difference - 1 : difference, size);
    before = numbers[at];
  }
  writer.align();
}

function writeFrequencies(
  writer: BitWriter,
  component: number,
  numbers: Int16Array,
  stride: number,
): void {
  writer.bytes(scanHead(component, 1, stride - 1));
  for (let at = 0; at < numbers.length; at += stride) {
    for (let i = 1; i < stride; i++) {
      // Signs change, so that those of neighbors do not add up.
      const value = numbers[at + i] || (i & 1 ? 1 : -1);
      const size = sizeOf(value);
      writeUnary(writer, size - 1);
      writer.bits(value < 0 ? value - 1 : value, size);
    }
  }
  writer.align();
}

/** The longest code has a zero, too: one of ones alone is not allowed. */
function writeUnary(writer: BitWriter, ones: number): void {
  writer.bits((1 << ones + 1) - 2, ones + 1);
}

/** Bits of a number without its sign. */
function sizeOf(value: number): number {
  return 32 - Math.clz32(Math.abs(value));
}
