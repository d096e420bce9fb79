/**
 * Random bytes that look like a GIF: sizes, offsets, tables and codes at the
 * edges of what their fields hold, whether they fit each other or not.
 *
 * @module
 */

import fc from "fast-check";
import { encodeLzw } from "../../../src/gif/lzw_encode.ts";
import {
  bytes,
  COMMENT,
  graphicControl,
  NETSCAPE,
  table,
  TRAILER,
  u16,
} from "./gif_bytes.ts";

/** Pixels that image data is made for; others get data of another length. */
const MAX_DATA_PIXELS = 1 << 12;

const small = fc.integer({ min: 0, max: 20 });
const edge = fc.constantFrom(0, 1, 255, 256, 32767, 32768, 65534, 65535);
/** Mostly small: most GIFs are to have a picture that can be shown. */
const side = fc.oneof({ weight: 6, arbitrary: small }, {
  weight: 1,
  arbitrary: edge,
});
const packed = fc.integer({ min: 0, max: 255 });

/** A table, if a packed field announces one. */
function tableFor(packed: number): number[] {
  return packed & 0x80 ? table(2 << (packed & 7)) : [];
}

const header = fc.record({
  version: fc.constantFrom("GIF87a", "GIF89a"),
  width: side,
  height: side,
  packed: fc.oneof(packed, fc.constantFrom(0xf0, 0xf7)),
}).map(({ version, width, height, packed }) =>
  bytes(version, u16(width), u16(height), packed, 0, 0, tableFor(packed))
);

const control = fc.record({
  disposal: fc.integer({ min: 0, max: 7 }),
  transparentIndex: fc.option(fc.integer({ min: 0, max: 255 }), {
    nil: undefined,
  }),
  delayCentiseconds: fc.oneof(small, edge),
}).map(graphicControl);

const codeSize = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 2, max: 8 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 9, 12, 255) },
);

/** Sub-blocks of anything. */
const anyData = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), {
  maxLength: 3,
}).map((blocks) =>
  bytes(...blocks.map((block) => bytes(block.length, block)), 0)
);

/** Data of an image, for so many pixels as it has, or for others. */
function dataFor(codeSize: number, pixels: number, seed: number): Uint8Array {
  const bits = Math.min(8, Math.max(2, codeSize));
  const indices = Uint8Array.from(
    { length: Math.min(pixels, MAX_DATA_PIXELS) },
    (_, i) => Math.imul(seed, i + 1) >>> 8 & (1 << bits) - 1,
  );
  return encodeLzw(indices, bits).subarray(1);
}

const image = fc.record({
  left: side,
  top: side,
  width: side,
  height: side,
  packed,
  codeSize,
  seed: fc.integer({ min: 1, max: 1 << 30 }),
  data: fc.option(anyData, { nil: undefined, freq: 4 }),
}).map(({ left, top, width, height, packed, codeSize, seed, data }) =>
  bytes(
    0x2c,
    [left, top, width, height].flatMap(u16),
    packed,
    tableFor(packed),
    codeSize,
    data ?? dataFor(codeSize, width * height, seed),
  )
);

const block = fc.oneof(
  { weight: 4, arbitrary: image },
  { weight: 2, arbitrary: control },
  { weight: 1, arbitrary: fc.constantFrom(COMMENT, NETSCAPE) },
  { weight: 1, arbitrary: anyData.map((data) => bytes(0x21, 0x01, data)) },
);

/** A byte that is written over, somewhere between the start and the end. */
const change = fc.record({
  place: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  value: packed,
});

/** A GIF, a bare frame, or what may be taken for one at first. */
export const anyGif: fc.Arbitrary<Uint8Array> = fc.record({
  header: fc.option(header, { nil: new Uint8Array(0), freq: 10 }),
  blocks: fc.array(block, { maxLength: 6 }),
  trailer: fc.boolean(),
  changes: fc.oneof(
    fc.constant([]),
    fc.array(change, { minLength: 1, maxLength: 3 }),
  ),
}).map(({ header, blocks, trailer, changes }) => {
  const gif = bytes(header, ...blocks, trailer ? TRAILER : []);
  for (const { place, value } of changes) {
    if (gif.length > 0) gif[Math.floor(place * gif.length)] = value;
  }
  return gif;
});
