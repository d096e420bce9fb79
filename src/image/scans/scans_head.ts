import { ZIGZAG } from "./zigzag.ts";

/** Frequencies that are given, besides the mean: of brightness, of colors. */
export const GIVEN: readonly number[] = [27, 14, 14];

const MEAN_STEP = 4;
const STEP = 2;
/** Bits of the largest numbers of a JPEG with 8 bits a sample. */
const MAX_MEAN_BITS = 11;
const MAX_BITS = 10;

/** The numbers of codes of each length, from 1 to 16, and their meanings. */
interface Huffman {
  counts: number[];
  sizes: number[];
}

/** Numbers of bits: as many ones as there are more than the fewest, a zero. */
const MEAN_CODE = unary(0, MAX_MEAN_BITS);
const FREQUENCY_CODE = unary(1, MAX_BITS);

const MARKER = 0xff;
const SOI = [MARKER, 0xd8];

/** The end of a JPEG. */
export const SCANS_END: Uint8Array<ArrayBuffer> = Uint8Array.of(MARKER, 0xd9);

/** The beginning of a JPEG: what comes before its scans. */
export function scansHead(
  { width, height }: { width: number; height: number },
): Uint8Array<ArrayBuffer> {
  const steps = ZIGZAG.map((_, i) => stepOf(i));
  return Uint8Array.from([
    ...SOI,
    // Quantization, progressive frame, and Huffman tables.
    ...segment(0xdb, [0, ...steps]),
    ...segment(0xc2, [
      ...[8, ...u16(height), ...u16(width), GIVEN.length],
      ...[1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0],
    ]),
    ...segment(0xc4, [0x00, ...MEAN_CODE.counts, ...MEAN_CODE.sizes]),
    ...segment(0xc4, [0x10, ...FREQUENCY_CODE.counts, ...FREQUENCY_CODE.sizes]),
  ]);
}

/** The beginning of a scan of the frequencies from one to another. */
export function scanHead(
  component: number,
  first: number,
  last: number,
): number[] {
  return segment(0xda, [1, component, 0x00, first, last, 0]);
}

/** The step in which a frequency is given. */
export function stepOf(index: number): number {
  return index === 0 ? MEAN_STEP : STEP;
}

function unary(first: number, last: number): Huffman {
  const sizes = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const counts = Array.from({ length: 16 }, (_, i) => i < sizes.length ? 1 : 0);
  return { counts, sizes };
}

function segment(marker: number, data: number[]): number[] {
  return [MARKER, marker, ...u16(data.length + 2), ...data];
}

function u16(value: number): number[] {
  return [value >> 8, value & 0xff];
}
