/**
 * PNG files of every kind, made from samples.
 *
 * @module
 */

import { concat } from "@std/bytes/concat";

/** What a file is to be. */
export interface PngRecipe {
  width: number;
  height: number;
  depth: number;
  colorType: number;
  interlaced?: boolean;
  /** The filter of each row in turn; all of them by default. */
  filters?: number[];
  palette?: number[];
  transparency?: number[];
  /** The samples of a pixel. */
  samplesAt: (x: number, y: number) => number[];
}

const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];

/** A whole file; its pixels are in two chunks. */
export async function pngFile(
  recipe: PngRecipe,
): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height, depth, colorType, interlaced = false } = recipe;
  const passes = interlaced ? ADAM7 : [[0, 0, 1, 1]];
  const data = await deflated(
    concat(passes.map((pass) => passRows(recipe, pass))),
  );
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  const rest = [depth, colorType, 0, 0, interlaced ? 1 : 0];
  rest.forEach((byte, i) => header.setUint8(8 + i, byte));
  const half = data.length >> 1;
  return concat([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", new Uint8Array(header.buffer)),
    chunk("tEXt", new TextEncoder().encode("Title\0IEND")),
    ...recipe.palette ? [chunk("PLTE", recipe.palette)] : [],
    ...recipe.transparency ? [chunk("tRNS", recipe.transparency)] : [],
    chunk("IDAT", data.subarray(0, half)),
    chunk("IDAT", data.subarray(half)),
    chunk("IEND", []),
  ]);
}

/** A chunk with its checksum. */
export function chunk(type: string, data: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

function passRows(recipe: PngRecipe, [left, top, dx, dy]: number[]) {
  const { width, height, depth, samplesAt } = recipe;
  const { filters = [0, 1, 2, 3, 4] } = recipe;
  if (left >= width) return new Uint8Array(0);
  const rows: Uint8Array[] = [];
  let pixelBytes = 1;
  let above: number[] = [];
  for (let y = top; y < height; y += dy) {
    const samples: number[] = [];
    for (let x = left; x < width; x += dx) {
      const pixel = samplesAt(x, y);
      pixelBytes = Math.max(1, depth * pixel.length >> 3);
      samples.push(...pixel);
    }
    const row = packed(samples, depth);
    const filter = filters[rows.length % filters.length];
    rows.push(
      Uint8Array.of(filter, ...filtered(row, above, filter, pixelBytes)),
    );
    above = row;
  }
  return concat(rows);
}

function packed(samples: number[], depth: number): number[] {
  if (depth === 16) return samples.flatMap((s) => [s >> 8, s & 255]);
  const bits = samples.map((s) => s.toString(2).padStart(depth, "0")).join("");
  return (bits.match(/.{1,8}/g) ?? [])
    .map((byte) => parseInt(byte.padEnd(8, "0"), 2));
}

function filtered(
  row: number[],
  above: number[],
  filter: number,
  pixelBytes: number,
): number[] {
  return row.map((byte, i) => {
    const left = row[i - pixelBytes] ?? 0, up = above[i] ?? 0;
    const corner = i < pixelBytes ? 0 : above[i - pixelBytes] ?? 0;
    const predictions = [
      0,
      left,
      up,
      (left + up) >> 1,
      nearest(left + up - corner, [left, up, corner]),
    ];
    return byte - predictions[filter] & 255;
  });
}

function nearest(value: number, candidates: number[]): number {
  const distances = candidates.map((one) => Math.abs(one - value));
  return candidates[distances.indexOf(Math.min(...distances))];
}

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream()
    .pipeThrough(new CompressionStream("deflate"));
  return await new Response(stream).bytes();
}

function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) {
      crc = crc >>> 1 ^ (crc & 1 ? 0xedb88320 : 0);
    }
  }
  return ~crc >>> 0;
}
