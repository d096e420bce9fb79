/**
 * Pixels of your own in a GIF file that loops. To run it:
 *
 *     deno run --allow-write examples/file.ts [FILE]
 *     deno bundle -o file.mjs examples/file.ts && node file.mjs [FILE]
 */
import { encodeGif, type RawFrame } from "@x/gifstream/gif";
import { writeFileSync } from "node:fs";
import process from "node:process";

const [width, height] = [160, 90];
function* frames(): Generator<RawFrame> {
  for (let step = 0; step < 20; step++) {
    const pixels = new Uint8ClampedArray(4 * width * height).map((_, at) =>
      128 + 127 * Math.sin(at % (4 * width) / 99 + at % 4 + step * 0.314)
    );
    yield { pixels, delayCentiseconds: 5 };
  }
}

const file = process.argv[2] ?? "waves.gif";
writeFileSync(file, encodeGif(frames(), { width, height }));
console.log(`Wrote ${file}`);
