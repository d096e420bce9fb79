import { type HuffmanCode, huffmanCode, JpegWriter } from "./jpeg_bits.ts";
import { BLOCK_SIDE, forwardDct, stepFactors } from "./jpeg_dct.ts";
import {
  CHROMINANCE,
  type ComponentTables,
  type HuffmanSpec,
  LUMINANCE,
  ZIGZAG,
} from "./jpeg_tables.ts";
import { YcbcrStrip } from "./ycbcr_strip.ts";

/** From here on color is as fine as brightness. */
const FULL_COLOR_QUALITY = 90;

const START_OF_IMAGE = [0xff, 0xd8], END_OF_IMAGE = [0xff, 0xd9];
const APP0 = 0xe0, DQT = 0xdb, SOF0 = 0xc0, DHT = 0xc4, SOS = 0xda;
/** Version 1.1, pixels are square, no thumbnail. */
const JFIF = [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0];

/** How one kind of component is encoded. */
interface Coder {
  steps: Uint8Array;
  factors: Float32Array;
  dc: HuffmanCode;
  ac: HuffmanCode;
}

const CODES = [LUMINANCE, CHROMINANCE].map(({ dc, ac }) => ({
  dc: huffmanCode(dc),
  ac: huffmanCode(ac),
}));

/** The block that is encoded; there is never more than one. */
const block = new Float32Array(BLOCK_SIDE * BLOCK_SIDE);
const quantized = new Int32Array(BLOCK_SIDE * BLOCK_SIDE);

/**
 * Writes a JPEG file: baseline, with the usual tables (ITU-T T.81).
 *
 * @param rgba Red, green, blue and a fourth byte of every pixel, row by row.
 * @param width Pixels of a row, 1 to 65535.
 * @param height Rows, 1 to 65535.
 * @param quality From 1, fewest bytes, to 100. Below 90, four pixels share
 * one color, as in the pictures of cameras.
 */
export function encodeJpeg(
  rgba: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
  quality: number,
): Uint8Array<ArrayBuffer> {
  const sampling = quality < FULL_COLOR_QUALITY ? 2 : 1;
  const luminance = coderFor(LUMINANCE, 0, quality);
  const chrominance = coderFor(CHROMINANCE, 1, quality);
  const writer = new JpegWriter();
  writeHead(writer, width, height, sampling, [luminance, chrominance]);
  const strip = new YcbcrStrip(width, height, sampling);
  const means = [0, 0, 0];
  for (let top = 0; top < height; top += strip.rows) {
    strip.convert(rgba, top);
    writeStrip(writer, strip, means, luminance, chrominance);
  }
  writer.endScan();
  writer.bytes(END_OF_IMAGE);
  return writer.finish();
}

function coderFor(
  { steps }: ComponentTables,
  kind: 0 | 1,
  quality: number,
): Coder {
  // As libjpeg understands quality, and so everybody.
  const percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  const scaled = steps.map((step) =>
    Math.max(1, Math.min(255, Math.floor((step * percent + 50) / 100)))
  );
  return { steps: scaled, factors: stepFactors(scaled), ...CODES[kind] };
}

function writeHead(
  writer: JpegWriter,
  width: number,
  height: number,
  sampling: number,
  coders: Coder[],
): void {
  writer.bytes(START_OF_IMAGE);
  writer.segment(APP0, JFIF);
  coders.forEach(({ steps }, i) =>
    writer.segment(DQT, [i, ...Array.from(ZIGZAG, (at) => steps[at])])
  );
  const size = [height >> 8, height & 255, width >> 8, width & 255];
  const components = [1, sampling << 4 | sampling, 0, 2, 0x11, 1, 3, 0x11, 1];
  writer.segment(SOF0, [8, ...size, 3, ...components]);
  [LUMINANCE, CHROMINANCE].forEach(({ dc, ac }, i) => {
    writer.segment(DHT, [i, ...specBytes(dc)]);
    writer.segment(DHT, [0x10 | i, ...specBytes(ac)]);
  });
  writer.segment(SOS, [3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]);
}

function specBytes({ counts, symbols }: HuffmanSpec): number[] {
  return [...counts, ...symbols];
}

/** Units of one block of each color, and of brightness one or four (A.2.3). */
function writeStrip(
  writer: JpegWriter,
  { luma, blue, red, sampling, columns }: YcbcrStrip,
  means: number[],
  luminance: Coder,
  chrominance: Coder,
): void {
  const side = BLOCK_SIDE * sampling;
  const colorColumns = columns / sampling;
  for (let left = 0; left < columns; left += side) {
    for (let y = 0; y < side; y += BLOCK_SIDE) {
      for (let x = left; x < left + side; x += BLOCK_SIDE) {
        take(luma, y * columns + x, columns);
        means[0] = writeBlock(writer, luminance, means[0]);
      }
    }
    const at = left / sampling;
    take(blue, at, colorColumns);
    means[1] = writeBlock(writer, chrominance, means[1]);
    take(red, at, colorColumns);
    means[2] = writeBlock(writer, chrominance, means[2]);
  }
}

function take(plane: Float32Array, at: number, columns: number): void {
  for (let to = 0; to < block.length; to += BLOCK_SIDE, at += columns) {
    for (let x = 0; x < BLOCK_SIDE; x++) block[to + x] = plane[at + x];
  }
}

/** Encodes the block (F.1.2); returns its mean, for the one that follows. */
function writeBlock(
  writer: JpegWriter,
  { factors, dc, ac }: Coder,
  meanBefore: number,
): number {
  forwardDct(block);
  let last = 0;
  for (let i = 0; i < ZIGZAG.length; i++) {
    const at = ZIGZAG[i], steps = block[at] * factors[at];
    quantized[i] = steps < 0 ? steps - 0.5 : steps + 0.5;
    if (quantized[i] !== 0) last = i;
  }
  writeValue(writer, dc, 0, quantized[0] - meanBefore);
  let zeros = 0;
  for (let i = 1; i <= last; i++) {
    if (quantized[i] === 0) {
      zeros++;
      continue;
    }
    for (; zeros > 15; zeros -= 16) {
      writer.bits(ac.codes[0xf0], ac.lengths[0xf0]);
    }
    writeValue(writer, ac, zeros, quantized[i]);
    zeros = 0;
  }
  if (last < ZIGZAG.length - 1) writer.bits(ac.codes[0], ac.lengths[0]);
  return quantized[0];
}

/** Zeros before it and its size as a symbol, then the value itself. */
function writeValue(
  writer: JpegWriter,
  { codes, lengths }: HuffmanCode,
  zeros: number,
  value: number,
): void {
  const size = 32 - Math.clz32(Math.abs(value));
  const symbol = zeros << 4 | size;
  writer.bits(codes[symbol], lengths[symbol]);
  const bits = value < 0 ? value + (1 << size) - 1 : value;
  if (size > 0) writer.bits(bits, size);
}
