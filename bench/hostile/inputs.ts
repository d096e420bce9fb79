/**
 * Small files that take long: what the server must survive without its
 * viewers noticing.
 *
 * @module
 */

import { concat } from "@std/bytes/concat";
import { encode as encodeJpeg } from "jpeg-js";
import { deflateSync } from "node:zlib";
import { encodeLzw } from "../../src/gif/lzw_encode.ts";
import { TRAILER_BYTES } from "../../src/gif/markers.ts";
import { imagePart } from "../../src/gif/write/image_part.ts";
import { streamHeader } from "../../src/gif/write/stream_header.ts";
import { chunk } from "../../tests/support/image/png_writer.ts";

/** An input that somebody sends. */
export interface HostileInput {
  name: string;
  /** The ending of a file that holds it. */
  extension: "gif" | "jpg" | "png";
  /** Whole files, in turn. */
  files(): Iterable<Uint8Array>;
}

const SCREEN = { width: 4096, height: 2047 };
const WIDER = { ...SCREEN, width: SCREEN.width + 1 };
const COLORS = Uint8Array.of(255, 0, 0, 0, 255, 0);

interface Picture {
  width: number;
  height: number;
  left?: number;
  index?: number;
  disposal?: number;
}

/** An image with its control and a table of two colors. */
function image(
  { width, height, left = 0, index = 0, disposal = 0 }: Picture,
): Uint8Array {
  const u16 = (value: number) => [value & 255, value >> 8];
  const head = [
    ...[0x21, 0xf9, 4, disposal << 2, 2, 0, 0, 0],
    ...[0x2c, ...u16(left), 0, 0, ...u16(width), ...u16(height), 0x80],
  ];
  const indices = new Uint8Array(width * height).fill(index);
  return concat([Uint8Array.from(head), COLORS, encodeLzw(indices, 2)]);
}

function* repeated(count: number, of: (i: number) => Uint8Array) {
  for (let i = 0; i < count; i++) yield of(i);
}

/** A GIF of these images. */
function gif(
  screen: { width: number; height: number },
  images: Iterable<Uint8Array>,
): Uint8Array {
  return concat([streamHeader(screen), ...images, TRAILER_BYTES]);
}

/** A PNG of nothing but black, which unpacks to a gigapixel. */
function png(side: number): Uint8Array {
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, side);
  header.setUint32(4, side);
  header.setUint8(8, 8);
  const data = deflateSync(new Uint8Array((side + 1) * side));
  return concat([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", new Uint8Array(header.buffer)),
    chunk("IDAT", new Uint8Array(data)),
    chunk("IEND", []),
  ]);
}

/** Made once: the benchmark must not be busy while it measures. */
const GIGAPIXEL_PNG = png(32_000);

/** A JPEG whose head says that it has four gigapixels. */
function jpeg(side: number): Uint8Array {
  const data = new Uint8Array(4 * 64).fill(255);
  const bytes = new Uint8Array(encodeJpeg({ data, width: 8, height: 8 }).data);
  const frame = bytes.findIndex((byte, i) =>
    byte === 0xff && bytes[i + 1] === 0xc0
  );
  for (const at of [frame + 5, frame + 7]) {
    bytes.set([side >> 8, side & 255], at);
  }
  return bytes;
}

const PIXEL = { width: 1, height: 1 };

/** An image of noise in 256 colors of its own. */
function noise(
  { width, height, left = 0, top = 0 }: Picture & { top?: number },
): Uint8Array {
  const random = () => Math.floor(256 * Math.random());
  return imagePart({
    ...{ left, top, width, height },
    indices: new Uint8Array(width * height).map(random),
    colors: new Uint8Array(768).map(random),
    disposal: 1,
    delayCentiseconds: 10,
  });
}

const FULL_HD = { width: 1920, height: 1080 };

/** Changes in thousands of colors to a picture of 1920x1080. */
function fullHdChanges(): Uint8Array[] {
  return Array.from(
    { length: 40 },
    (_, i) =>
      noise({ width: 480, height: 270, left: i % 4 * 480, top: i % 3 * 270 }),
  );
}

/** A GIF of 1920x1080 in thousands of colors that never ends, in pieces. */
export function* endlessFullHd(): Generator<Uint8Array, never> {
  yield concat([streamHeader(FULL_HD), noise(FULL_HD)]);
  const changes = fullHdChanges();
  for (let i = 0;; i++) yield changes[i % changes.length];
}

/** All that is tried. */
export const INPUTS: readonly HostileInput[] = [
  {
    name: "two screens in turn, 1000 GIFs of 43 bytes",
    extension: "gif",
    files: () =>
      repeated(1000, (i) => gif(i % 2 ? SCREEN : WIDER, [image(PIXEL)])),
  },
  {
    name: "two pictures of 8 megapixels in turn, 100 GIFs",
    extension: "gif",
    *files() {
      const two = [SCREEN, WIDER].map((size) => gif(size, [image(size)]));
      yield* repeated(100, (i) => two[i % 2]);
    },
  },
  {
    name: "300 pictures of 8 megapixels with disposal 3",
    extension: "gif",
    *files() {
      const pictures = [0, 1].map((index) =>
        image({ ...SCREEN, index, disposal: 3 })
      );
      yield gif(SCREEN, repeated(300, (i) => pictures[i % 2]));
    },
  },
  {
    name: "a million pictures of 1x1",
    extension: "gif",
    *files() {
      const pictures = [0, 1].map((index) => image({ ...PIXEL, index }));
      yield gif(PIXEL, repeated(1e6, (i) => pictures[i % 2]));
    },
  },
  {
    name: "100,000 changes of 1x1 on 8 megapixels",
    extension: "gif",
    *files() {
      const changes = Array.from(
        { length: 500 },
        (_, left) => image({ ...PIXEL, left, index: left % 2 }),
      );
      const images = repeated(1e5, (i) => changes[i % changes.length]);
      yield gif(SCREEN, [image(SCREEN), ...images]);
    },
  },
  {
    name: '100 MB of "GIF89a"',
    extension: "gif",
    files: () => {
      const words = new TextEncoder().encode("GIF89a".repeat(1e5));
      return repeated(167, () => words);
    },
  },
  {
    name: "joins at 1920x1080, in thousands of colors",
    extension: "gif",
    *files() {
      const changes = fullHdChanges();
      const images = repeated(400, (i) => changes[i % changes.length]);
      yield gif(FULL_HD, [noise(FULL_HD), ...images]);
    },
  },
  {
    name: "a PNG that unpacks to a gigapixel",
    extension: "png",
    files: () => [GIGAPIXEL_PNG],
  },
  {
    name: "a JPEG of four gigapixels",
    extension: "jpg",
    files: () => [jpeg(65_000)],
  },
];
