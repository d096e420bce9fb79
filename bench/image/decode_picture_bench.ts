/**
 * What it takes to decode one picture of a film, beside what did it before.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { decode as decodeByJpegJs } from "jpeg-js";
import { PNG } from "pngjs";
import { decodePicture } from "../../src/image/decode_picture.ts";
import { onBlack } from "../../src/gif/on_black.ts";
import { writePicture } from "../../src/picture/write_picture.ts";
import { filmCanvas } from "../picture/film_canvas.ts";

const OTHERS = {
  jpeg: [
    "jpeg-js",
    (bytes: Uint8Array) =>
      void decodeByJpegJs(bytes, { useTArray: true, formatAsRGBA: false }),
  ],
  png: ["pngjs", (bytes: Uint8Array) => {
    const file = Buffer.from(bytes.buffer as ArrayBuffer);
    const { data, width, height } = PNG.sync.read(file, { checkCRC: false });
    onBlack(data, width * height);
  }],
} as const;

for (const [width, height] of [[480, 270], [1280, 720]]) {
  const canvas = await filmCanvas(width, height);
  for (const format of ["jpeg", "png"] as const) {
    const bytes = Uint8Array.from(writePicture(canvas, { format }).bytes);
    const size = `${width}x${height}, ${Math.round(bytes.length / 1000)} KB`;
    const group = `${format}, ${size}`, [other, decode] = OTHERS[format];
    Deno.bench({
      name: "gifstream",
      group,
      baseline: true,
      fn: () => void decodePicture(bytes),
    });
    Deno.bench({ name: other, group, fn: () => decode(bytes) });
    Deno.bench({
      name: "gifstream, a quarter as wide",
      group,
      fn: () => void decodePicture(bytes, { width: width / 4 }),
    });
  }
}
