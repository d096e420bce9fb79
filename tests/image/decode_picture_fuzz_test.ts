import { assert } from "@std/assert";
import { decodePicture } from "../../src/image/decode_picture.ts";
import { PictureError } from "../../src/image/image_file.ts";
import { Mutator } from "../support/gif/mutator.ts";
import { plainJpeg, PROGRESSIVE_JPEG } from "../support/image/jpeg_files.ts";
import { pngFile } from "../support/image/png_writer.ts";

// FUZZ_SEED=7 FUZZ_RUNS=1000000 deno test -A tests/image/decode_picture_fuzz_test.ts
const SEED = Number(Deno.env.get("FUZZ_SEED") ?? 2012);
const RUNS = Number(Deno.env.get("FUZZ_RUNS") ?? 4000);
const MAX_PIXELS = 2 ** 12;

/** Decodes what was changed at random: it works, or says why it does not. */
function fuzz(files: Uint8Array[]): void {
  const mutator = new Mutator(SEED);
  const outcomes = new Set<string>();
  for (let i = 0; i < RUNS; i++) {
    const bytes = Uint8Array.from(mutator.mutate(files));
    try {
      const picture = decodePicture(bytes, { maxPixels: MAX_PIXELS });
      const { width, height, pixels } = picture;
      assert(pixels.length === 3 * width * height, `${width}x${height}`);
      outcomes.add("decoded");
    } catch (cause) {
      if (!(cause instanceof PictureError)) {
        const hex = bytes.toHex();
        throw new Error(`run ${i} of seed ${SEED} failed: ${hex}`, { cause });
      }
      outcomes.add(cause.message.replace(/\d+|0x[0-9a-f]+/g, "#"));
    }
  }
  assert(outcomes.has("decoded"));
  assert(outcomes.size > 3, `saw only ${[...outcomes].join("\n")}`);
}

Deno.test("decodePicture() survives any JPEG", () => {
  fuzz([
    PROGRESSIVE_JPEG,
    plainJpeg(24, 16, [250, 100, 0]),
    plainJpeg(7, 40, [0, 0, 90]),
  ]);
});

Deno.test("decodePicture() survives any PNG", async () => {
  const shape = { width: 24, height: 16, depth: 8 };
  const samplesAt = (x: number, y: number) => [x * 10, y * 10, x ^ y];
  fuzz([
    await pngFile({ ...shape, colorType: 2, samplesAt }),
    await pngFile({ ...shape, colorType: 2, interlaced: true, samplesAt }),
    await pngFile({
      ...{ ...shape, depth: 2, colorType: 3, palette: [9, 8, 7, 6, 5, 4] },
      ...{ transparency: [7], samplesAt: (x, y) => [(x + y) % 2] },
    }),
  ]);
});
