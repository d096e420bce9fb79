/**
 * What it takes to decode one picture of a film.
 *
 * @module
 */

import { decodePicture } from "../../src/image/decode_picture.ts";
import { writePicture } from "../../src/picture/write_picture.ts";
import { filmCanvas } from "../picture/film_canvas.ts";

for (const [width, height] of [[480, 270], [1280, 720]]) {
  const canvas = await filmCanvas(width, height);
  for (const format of ["jpeg", "png"] as const) {
    const bytes = Uint8Array.from(writePicture(canvas, { format }).bytes);
    Deno.bench({
      name: `${format}, ${Math.round(bytes.length / 1000)} KB`,
      group: `${width}x${height}`,
      fn: async () => void await decodePicture(bytes),
    });
  }
}
