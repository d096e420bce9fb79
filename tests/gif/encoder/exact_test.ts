import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { decodeGif } from "../../../src/gif/canvas/decode_gif.ts";
import { ENCODER_MODES } from "../../../src/gif/encoder/effort.ts";
import { encodeGif } from "../../../src/gif/encoder/encode_gif.ts";
import { GifEncoder } from "../../../src/gif/encoder/gif_encoder.ts";
import { opaque, random } from "../../support/gif/pictures.ts";

const SIZE = { width: 48, height: 40 };
const PIXELS = SIZE.width * SIZE.height;

/** Films whose pictures have at most 256 colors each, but not always the same. */
const FILMS: Record<string, (seed: number) => Uint8Array[]> = {
  /** Each cell fades by a step a picture, which looks like noise. */
  "cells that fade": (seed) => {
    const next = random(seed);
    const level = Array.from({ length: PIXELS }, () => Math.floor(next() * 25));
    return film((i) => {
      level[i] = level[i] === 0 ? (next() < 0.05 ? 25 : 0) : level[i] - 1;
      return [level[i] * 6 + 7, level[i] * 2, 0];
    });
  },
  "256 colors that change everywhere": (seed) => {
    const next = random(seed);
    return film((i, time) => {
      const color = i < 256 ? i : Math.floor(next() * 256);
      return [color, (color + time * 3) % 256, 255 - color];
    });
  },
  "neighboring colors": (seed) => {
    const next = random(seed);
    return film(() => {
      const n = Math.floor(next() * 27);
      return [100 + n % 3, 50 + Math.floor(n / 3) % 3, Math.floor(n / 9)];
    });
  },
  "other colors in each picture": (seed) => {
    const next = random(seed);
    return film((_, time) => {
      const n = Math.floor(next() * 200);
      return [(n * 7 + time * 31) % 256, n, (n * 3 + time * 17) % 256];
    });
  },
};

function film(
  colorOf: (pixel: number, time: number) => [number, number, number],
): Uint8Array[] {
  return Array.from({ length: 6 }, (_, time) => {
    const rgb = new Uint8Array(PIXELS * 3);
    for (let i = 0; i < PIXELS; i++) rgb.set(colorOf(i, time), i * 3);
    return rgb;
  });
}

for (const mode of ENCODER_MODES) {
  for (const [name, pictures] of Object.entries(FILMS)) {
    Deno.test(`GifEncoder, ${mode}, shows ${name} exactly at quality 100`, () => {
      const property = fc.property(fc.integer(), (seed) => {
        const encoder = new GifEncoder({ ...SIZE, mode, quality: 100 });
        for (const picture of pictures(seed)) {
          encoder.encode(picture);
          assertEquals(encoder.pixels, picture);
        }
      });
      fc.assert(property, { numRuns: 5 });
    });
  }
}

Deno.test("encodeGif() shows few colors exactly at quality 100, looking ahead", () => {
  for (const pictures of Object.values(FILMS)) {
    const frames = pictures(1).map((pixels) => ({
      pixels,
      delayCentiseconds: 10,
    }));
    const gif = encodeGif(frames, { ...SIZE, mode: "best", quality: 100 });
    const shown = [...decodeGif(gif)].map(({ pixels }) => opaque(pixels));
    assertEquals(shown, frames.map(({ pixels }) => pixels));
  }
});
