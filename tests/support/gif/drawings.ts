/**
 * Random GIFs of every kind, and a slow model of how they are drawn.
 *
 * @module
 */

import fc from "fast-check";
import {
  bytes,
  graphicControl,
  header,
  image,
  table,
  TRAILER,
} from "./gif_bytes.ts";

/** An image of a random GIF. */
export interface DrawnImage {
  left: number;
  top: number;
  width: number;
  height: number;
  interlaced: boolean;
  /** Colors of its own table, or 0. */
  colors: number;
  disposal: number;
  transparentIndex?: number;
  /** Seed of its indices. */
  seed: number;
}

/** A random GIF. */
export interface Drawing {
  screen: { width: number; height: number };
  /** Colors of the global table. */
  colors: number;
  images: DrawnImage[];
}

const side = fc.integer({ min: 1, max: 20 });
const colors = fc.integer({ min: 1, max: 8 }).map((bits) => 1 << bits);

const drawnImage: fc.Arbitrary<DrawnImage> = fc.record({
  left: fc.integer({ min: 0, max: 20 }),
  top: fc.integer({ min: 0, max: 20 }),
  width: side,
  height: side,
  interlaced: fc.boolean(),
  colors: fc.oneof(fc.constant(0), colors),
  disposal: fc.integer({ min: 0, max: 7 }),
  transparentIndex: fc.option(fc.integer({ min: 0, max: 5 }), {
    nil: undefined,
  }),
  seed: fc.integer({ min: 1, max: 1 << 30 }),
});

/** Images that overhang, overlap and miss the screen; the first one fits. */
export const drawing: fc.Arbitrary<Drawing> = fc.record({
  screen: fc.record({ width: side, height: side }),
  colors,
  images: fc.array(drawnImage, { minLength: 1, maxLength: 6 }),
}).map(({ screen, colors, images: [first, ...rest] }) => {
  // A first image that overhangs would enlarge the screen.
  const left = first.left % screen.width, top = first.top % screen.height;
  const width = Math.min(first.width, screen.width - left);
  const height = Math.min(first.height, screen.height - top);
  const fitting = { ...first, left, top, width, height };
  return { screen, colors, images: [fitting, ...rest] };
});

/** The bits of an index; some have one more than the table needs. */
function codeSizeOf({ colors, seed }: DrawnImage, globalColors: number) {
  const bits = Math.log2(colors || globalColors);
  return Math.min(8, Math.max(2, bits + (seed & 1)));
}

/** Indices from the top row down. */
function indicesOf(drawn: DrawnImage, globalColors: number): Uint8Array {
  const mask = (1 << codeSizeOf(drawn, globalColors)) - 1;
  let state = drawn.seed;
  return Uint8Array.from({ length: drawn.width * drawn.height }, () => {
    state = Math.imul(state, 1103515245) + 12345 >>> 0;
    return state >>> 16 & (state & 0x400000 ? mask : 3);
  });
}

/** Row by row in the order of appendix E, worked out from the row number. */
function interlace(indices: Uint8Array, width: number): Uint8Array {
  const pass = (row: number) =>
    row % 8 === 0 ? 0 : row % 8 === 4 ? 1 : row % 4 === 2 ? 2 : 3;
  const rows = Array.from(
    { length: indices.length / width },
    (_, row) => row,
  ).sort((a, b) => pass(a) - pass(b) || a - b);
  return bytes(
    ...rows.map((row) => indices.subarray(row * width, (row + 1) * width)),
  );
}

/** The GIF as a file. */
export function gifOf({ screen, colors, images }: Drawing): Uint8Array {
  const blocks = images.flatMap((drawn) => {
    const indices = indicesOf(drawn, colors);
    return [
      graphicControl(drawn),
      image({
        ...drawn,
        indices: drawn.interlaced ? interlace(indices, drawn.width) : indices,
        codeSize: codeSizeOf(drawn, colors),
      }),
    ];
  });
  return bytes(
    header(screen.width, screen.height, colors),
    ...blocks,
    TRAILER,
  );
}

/** The pixels after each image, one pixel at a time. */
export function* drawnByModel(
  { screen, colors, images }: Drawing,
): Generator<Uint8ClampedArray<ArrayBuffer>> {
  const { width, height } = screen;
  let pixels = new Uint8ClampedArray(width * height * 4);
  for (const drawn of images) {
    const before = pixels.slice();
    const cleared = pixels.slice();
    const indices = indicesOf(drawn, colors);
    const rgb = table(drawn.colors || colors);
    for (const [i, index] of indices.entries()) {
      const x = drawn.left + i % drawn.width;
      const y = drawn.top + Math.floor(i / drawn.width);
      if (x >= width || y >= height) continue;
      const at = (y * width + x) * 4;
      cleared.fill(0, at, at + 4);
      if (index === drawn.transparentIndex) continue;
      const color = [0, 1, 2].map((channel) => rgb[index * 3 + channel] ?? 0);
      pixels.set([...color, 255], at);
    }
    yield pixels.slice();
    if (drawn.disposal === 2) pixels = cleared;
    if (drawn.disposal === 3 || drawn.disposal === 4) pixels = before;
  }
}
