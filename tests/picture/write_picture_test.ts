import { assert, assertEquals } from "@std/assert";
import { decode } from "jpeg-js";
import { Canvas } from "../../src/gif/canvas/canvas.ts";
import { writePicture } from "../../src/picture/write_picture.ts";
import { run } from "../support/program/ffmpeg.ts";
import { requireTool } from "../support/require.ts";

type ColorAt = (x: number, y: number, channel: number) => number;

function canvasOf(width: number, height: number, colorAt: ColorAt): Canvas {
  const canvas = new Canvas({ width, height });
  canvas.pixels.forEach((_, i) => {
    const pixel = i >> 2, x = pixel % width, y = Math.floor(pixel / width);
    canvas.pixels[i] = (i & 3) === 3 ? 255 : colorAt(x, y, i & 3);
  });
  return canvas;
}

/** A smooth picture with an edge in it, as those of cameras. */
const PHOTO: ColorAt = (x, y, channel) =>
  90 + (x > 30 ? 60 : 0) + 50 * Math.sin(x / 17 + channel) * Math.cos(y / 11);
const NOISE: ColorAt = () => Math.random() * 256;
/** As far as coefficients can be from zero. */
const STRIPES: ColorAt = (x) => [255, 0, 0, 255][x % 4];

/** The mean square of how far colors of a JPEG are off. */
function errorOf({ pixels }: Canvas, file: Uint8Array): number {
  const { data } = decode(file, { useTArray: true });
  assertEquals(data.length, pixels.length);
  const sum = data.reduce((sum, byte, i) => sum + (byte - pixels[i]) ** 2, 0);
  return sum / (data.length * 3 / 4);
}

Deno.test("writePicture() makes nearer and larger JPEG at more quality", () => {
  const canvas = canvasOf(93, 61, PHOTO);
  const files = [1, 25, 50, 80, 95, 100].map((quality) =>
    writePicture(canvas, { format: "jpeg", quality }).bytes
  );
  const errors = files.map((file) => errorOf(canvas, file));
  assertEquals(errors, errors.toSorted((a, b) => b - a));
  assert(errors[3] < 5 && errors.at(-1)! < 1, `${errors}`);
  const sizes = files.map(({ length }) => length);
  assertEquals(sizes, sizes.toSorted((a, b) => a - b));
});

Deno.test("writePicture() makes JPEG of any size and any content", () => {
  for (const [width, height] of [[1, 1], [8, 8], [16, 16], [17, 1], [3, 50]]) {
    for (const colorAt of [() => 0, () => 255, NOISE, STRIPES]) {
      const canvas = canvasOf(width, height, colorAt);
      const { bytes } = writePicture(canvas, { format: "jpeg", quality: 100 });
      assert(errorOf(canvas, bytes) < 8);
    }
  }
});

Deno.test({
  name: "writePicture() makes JPEG that ffmpeg reads without an error",
  ignore: !requireTool("ffmpeg"),
  async fn() {
    const canvas = canvasOf(75, 45, NOISE);
    const { bytes } = writePicture(canvas, { format: "jpeg" });
    const decode = ["-v", "error", "-xerror", "-f", "mjpeg", "-i", "-"];
    const raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-"];
    const pixels = await run("ffmpeg", [...decode, ...raw], bytes);
    assertEquals(pixels.length, 3 * 75 * 45);
  },
});
