import { assert } from "@std/assert";
import { GifEncoder } from "../../../src/gif/encoder/gif_encoder.ts";
import { film } from "../../support/gif/film.ts";
import { requireTool, sharedFolder } from "../../support/require.ts";

const FFMPEG = requireTool("ffmpeg");
const MEDIA = sharedFolder("media");
const FRAMES_PER_SECOND = 10;
const WINDOW = 5 * FRAMES_PER_SECOND;
/** What needs all of the bytes, and once so many that pictures must go. */
const SIZES = [
  { kilobytes: 30, width: 240, height: 136 },
  { kilobytes: 30, width: 320, height: 180 },
  { kilobytes: 100, width: 320, height: 180 },
  { kilobytes: 300, width: 480, height: 270 },
];

/** Bytes of every 5 seconds. */
function windows(bytes: number[]): number[] {
  return Array.from(
    { length: bytes.length - WINDOW + 1 },
    (_, i) => bytes.slice(i, i + WINDOW).reduce((a, b) => a + b),
  );
}

for (const { kilobytes, width, height } of SIZES) {
  Deno.test({
    name:
      `GifEncoder holds ${kilobytes} kB a second at ${width}x${height} through a cut`,
    ignore: !FFMPEG || MEDIA === undefined,
    async fn() {
      const bitrate = kilobytes * 1000;
      const framesPerSecond = FRAMES_PER_SECOND;
      const shot = { width, height, framesPerSecond, frames: 60 };
      const pictures = [
        ...await film(MEDIA!, "bikes.mp4", shot),
        ...await film(MEDIA!, "bigbuckbunny.mp4", shot),
      ];
      const encoder = new GifEncoder({ ...shot, bitrate, quality: 100 });
      const sums = windows(
        pictures.map((picture) => encoder.encode(picture)?.bytes.length ?? 0),
      );
      const budget = 5 * bitrate;
      const shares = sums.map((sum) => sum / budget);
      assert(Math.max(...shares) < 1.1, `${shares}`);
      assert(Math.min(...shares) > 0.9, `${shares}`);
    },
  });
}
