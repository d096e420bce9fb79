/**
 * What one picture takes in each format, from the pixels of a film on.
 *
 * @module
 */

import { encode as encodeByFastPng } from "fast-png";
import { encode as encodeByJpegJs } from "jpeg-js";
import { AnsiPainter } from "../../src/picture/ansi_painter.ts";
import { writePicture } from "../../src/picture/write_picture.ts";
import { filmCanvas } from "./film_canvas.ts";

for (const [width, height] of [[480, 270], [1280, 720]]) {
  const canvas = await filmCanvas(width, height);
  const group = `${width}x${height}`;
  for (const format of ["jpeg", "png", "gif"] as const) {
    const { bytes } = writePicture(canvas, { format });
    Deno.bench({
      name: `${format}, ${Math.round(bytes.length / 1000)} KB`,
      group,
      fn: () => void writePicture(canvas, { format }),
    });
  }
  const data = canvas.pixels;
  Deno.bench({
    name: "jpeg by jpeg-js, as before",
    group,
    fn: () => void encodeByJpegJs({ data, width, height }, 80),
  });
  Deno.bench({
    name: "png by fast-png, as before",
    group,
    fn: () => void encodeByFastPng({ data, width, height, channels: 4 }),
  });
  Deno.bench({
    name: "jpeg, a quarter as wide",
    group,
    fn: () => void writePicture(canvas, { format: "jpeg", width: width / 4 }),
  });
  Deno.bench({
    name: "ansi, 80 columns",
    group,
    fn: () => void new AnsiPainter().paint(canvas),
  });
}
