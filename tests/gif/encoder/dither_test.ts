import { assert, assertEquals } from "@std/assert";
import { ENCODER_MODES } from "../../../src/gif/encoder/effort.ts";
import { GifEncoder } from "../../../src/gif/encoder/gif_encoder.ts";

const SIZE = { width: 160, height: 96 };
const SQUARE = 8;

/** Soft, and of far more colors than a table has. */
function sky(): Uint8Array<ArrayBuffer> {
  const rgb = new Uint8Array(SIZE.width * SIZE.height * 3);
  for (let at = 0, i = 0; at < rgb.length; at += 3, i++) {
    const x = i % SIZE.width, y = Math.floor(i / SIZE.width);
    rgb.set([20 + x * 1.4, 250 - y * 2.4, 40 + (x + y) * 0.8], at);
  }
  return rgb;
}

/** Mean distance of the mean colors of squares from those of the source. */
function banding(source: Uint8Array, picture: Uint8Array): number {
  let sum = 0, squares = 0;
  for (let top = 0; top < SIZE.height; top += SQUARE) {
    for (let left = 0; left < SIZE.width; left += SQUARE) {
      for (let channel = 0; channel < 3; channel++) {
        let difference = 0;
        for (let i = 0; i < SQUARE * SQUARE; i++) {
          const x = left + i % SQUARE, y = top + Math.floor(i / SQUARE);
          const at = (y * SIZE.width + x) * 3 + channel;
          difference += source[at] - picture[at];
        }
        sum += Math.abs(difference) / (SQUARE * SQUARE);
        squares++;
      }
    }
  }
  return sum / squares;
}

for (const mode of ENCODER_MODES) {
  Deno.test(`GifEncoder, ${mode}, hides bands when it dithers`, () => {
    const source = sky();
    const bands = (["none", "always"] as const).map((dither) => {
      const encoder = new GifEncoder({ ...SIZE, mode, dither, quality: 90 });
      encoder.encode(source);
      return banding(source, encoder.pixels);
    });
    assert(bands[1] < bands[0] * 0.95, `${bands}`);
  });

  Deno.test(`GifEncoder, ${mode}, dithers what is still but once`, () => {
    const encoder = new GifEncoder({ ...SIZE, mode, dither: "always" });
    const picture = sky();
    const whole = encoder.encode(picture)!.bytes.length;
    assertEquals(encoder.encode(picture), undefined);
    for (let i = 0; i < 5; i++) {
      picture.fill(255, 9000 + 90 * i, 9030 + 90 * i);
      const bytes = encoder.encode(picture)!.bytes.length;
      assert(bytes < whole / 10, `${bytes} of ${whole}`);
    }
  });
}
