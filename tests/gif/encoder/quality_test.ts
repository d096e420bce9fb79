import { assert, assertEquals } from "@std/assert";
import { ENCODER_MODES } from "../../../src/gif/encoder/effort.ts";
import { GifEncoder } from "../../../src/gif/encoder/gif_encoder.ts";
import {
  isExact,
  lambdaOf,
  qualityOf,
} from "../../../src/gif/encoder/quality.ts";
import {
  gradient,
  noisy,
  psnr,
  random,
  scene,
} from "../../support/gif/pictures.ts";

const WIDTH = 120, HEIGHT = 80;
const QUALITIES = [5, 20, 35, 50, 65, 80, 95, 100];
/** A step may take so much less, and be so much worse, by chance. */
const BYTES_TOLERANCE = 0.97;
const PSNR_TOLERANCE = 0.3;

const FILMS: Record<string, (time: number) => Uint8Array> = {
  scene: (time) => scene(WIDTH, HEIGHT, time * 3, 1),
  "noisy scene": (time) =>
    noisy(scene(WIDTH, HEIGHT, time * 3, 1), 3, random(time)),
  gradient: () => gradient(WIDTH, HEIGHT),
  cells: (time) => {
    const next = random(9);
    const rgb = new Uint8Array(WIDTH * HEIGHT * 3);
    for (let i = 0; i < rgb.length; i += 3) {
      const age = Math.floor(next() * 40) - time;
      rgb[i] = age > 0 && age < 20 ? age * 10 : 0;
    }
    return rgb;
  },
};

for (const mode of ENCODER_MODES) {
  for (const [name, picture] of Object.entries(FILMS)) {
    Deno.test(`GifEncoder, ${mode}, takes more bytes and is better at higher quality: ${name}`, () => {
      let bytesBefore = 0, psnrBefore = 0;
      for (const quality of QUALITIES) {
        const encoder = new GifEncoder({
          width: WIDTH,
          height: HEIGHT,
          mode,
          quality,
        });
        let bytes = 0, decibels = 0;
        for (let time = 0; time < 8; time++) {
          const shown = picture(time);
          bytes += encoder.encode(shown)?.bytes.length ?? 0;
          decibels += Math.min(60, psnr(shown, encoder.pixels)) / 8;
        }
        assert(
          bytes >= bytesBefore * BYTES_TOLERANCE,
          `quality ${quality}: ${bytes} bytes after ${bytesBefore}`,
        );
        assert(
          decibels >= psnrBefore - PSNR_TOLERANCE,
          `quality ${quality}: ${decibels} dB after ${psnrBefore}`,
        );
        bytesBefore = Math.max(bytes, bytesBefore);
        psnrBefore = Math.max(decibels, psnrBefore);
      }
    });
  }
}

Deno.test("lambdaOf() falls with quality, and at 100 nothing may be lost", () => {
  for (let quality = 2; quality <= 100; quality++) {
    assert(lambdaOf(quality) < lambdaOf(quality - 1), `${quality}`);
    assertEquals(qualityOf(lambdaOf(quality)), quality);
    assertEquals(isExact(lambdaOf(quality)), quality === 100);
  }
});
