import { assert, assertEquals } from "@std/assert";
import { concat } from "@std/bytes/concat";
import { equals } from "@std/bytes/equals";
import { walk } from "@std/fs/walk";
import { basename } from "@std/path";
import fc from "fast-check";
import { Canvas } from "../../../src/gif/canvas/canvas.ts";
import { decodeGif } from "../../../src/gif/canvas/decode_gif.ts";
import { keyframe } from "../../../src/gif/canvas/keyframe.ts";
import { FrameReader } from "../../../src/gif/read/frame_reader.ts";
import { streamHeader } from "../../../src/gif/write/stream_header.ts";
import {
  CHROMIUM,
  decodedByChromium,
  MAX_FRAMES,
} from "../../support/gif/chromium_decoder.ts";
import { drawing, gifOf } from "../../support/gif/drawings.ts";
import { graphicControl, image, TRAILER } from "../../support/gif/gif_bytes.ts";
import { sharedFolder } from "../../support/require.ts";

const CORPUS = sharedFolder("corpus");
const SEED = 20121;

/** Files of which Chromium decodes nothing, or FrameReader. */
const LEFT_OUT = [
  "hippopotamus.interlaced.truncated.gif",
  "no-frames.gif",
  "pixel-data-none.gif",
  "pixel-data-not-enough.gif",
];

/** The same by Canvas. */
function decodedHere(gif: Uint8Array): Uint8Array {
  const pictures: Uint8Array[] = [];
  for (const { pixels } of decodeGif(gif)) {
    pictures.push(new Uint8Array(pixels.buffer));
    if (pictures.length === MAX_FRAMES) break;
  }
  return concat(pictures);
}

Deno.test({
  name: "Canvas draws the corpus as Chromium does",
  ignore: !CHROMIUM.installed || CORPUS === undefined,
  async fn() {
    const paths = (await Array.fromAsync(walk(CORPUS!, { exts: [".gif"] })))
      .map(({ path }) => path)
      .filter((path) => !LEFT_OUT.includes(basename(path)));
    const gifs = paths.map((path) => Deno.readFileSync(path));
    const expected = await decodedByChromium(gifs);
    for (const [i, gif] of gifs.entries()) {
      assert(equals(decodedHere(gif), expected[i]), `${paths[i]} differs`);
    }
  },
});

Deno.test({
  name: "Canvas draws random GIFs as Chromium does",
  ignore: !CHROMIUM.installed,
  async fn() {
    const gifs = fc.sample(drawing, { numRuns: 150, seed: SEED }).map(gifOf);
    const expected = await decodedByChromium(gifs);
    for (const [i, gif] of gifs.entries()) {
      assertEquals(decodedHere(gif), expected[i], `GIF ${i} of seed ${SEED}`);
    }
  },
});

Deno.test({
  name: "keyframe() makes Chromium show what the canvas shows",
  ignore: !CHROMIUM.installed,
  async fn() {
    const recipes = fc.sample(drawing, { numRuns: 100, seed: SEED });
    const streams: Uint8Array[] = [];
    const shown: Uint8ClampedArray[] = [];
    for (const [i, recipe] of recipes.entries()) {
      const reader = new FrameReader();
      reader.push(gifOf(recipe));
      reader.end();
      const canvas = new Canvas(recipe.screen);
      for (let f = reader.next(); f; f = reader.next()) canvas.draw(f);
      streams.push(concat([
        streamHeader(recipe.screen),
        // What a viewer had before who lagged.
        graphicControl({ disposal: i % 4 }),
        image({ ...recipe.screen, colors: 8 }),
        keyframe(canvas),
        Uint8Array.of(TRAILER),
      ]));
      shown.push(canvas.snapshot());
    }
    const decoded = await decodedByChromium(streams);
    for (const [i, pixels] of shown.entries()) {
      const last = decoded[i].subarray(-pixels.length);
      assertEquals(last, new Uint8Array(pixels.buffer), `stream ${i}`);
    }
  },
});
