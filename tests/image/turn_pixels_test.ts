import { assertEquals } from "@std/assert";
import { decodePicture } from "../../src/image/decode_picture.ts";
import { drawTimestamp } from "../../src/image/draw_timestamp.ts";
import { turnPixels } from "../../src/image/turn_pixels.ts";
import { pngFile } from "../support/image/png_writer.ts";
import { ffmpeg, RAW_RGB } from "../support/program/ffmpeg.ts";
import { requireTool } from "../support/require.ts";

const WIDTH = 5, HEIGHT = 3;
const samplesAt = (x: number, y: number) => [40 * x, 60 * y, 7];
const SHAPE = { width: WIDTH, height: HEIGHT, depth: 8, colorType: 2 };
/** ffmpeg's filters for each orientation. */
const FILTERS = [
  ...["null", "hflip", "hflip,vflip", "vflip"],
  ...["transpose=0", "transpose=1", "transpose=3", "transpose=2"],
];

Deno.test({
  name: "turnPixels() turns as ffmpeg does",
  ignore: !requireTool("ffmpeg"),
  async fn() {
    const png = await pngFile({ ...SHAPE, samplesAt });
    for (const [i, filter] of FILTERS.entries()) {
      const args = ["-f", "png_pipe", "-i", "-", "-vf", filter, ...RAW_RGB];
      const truth = await ffmpeg(args, png);
      const turned = turnPixels(decodePicture(png), i + 1);
      assertEquals(turned.pixels, truth, filter);
      assertEquals(turned.width, i < 4 ? WIDTH : HEIGHT);
      assertEquals(decodePicture(png, { turn: i + 1 }).pixels, truth, filter);
    }
  },
});

Deno.test("decodePicture() fits what it turns into the size", async () => {
  const png = await pngFile({ ...SHAPE, width: 40, height: 20, samplesAt });
  const size = ({ width, height }: { width: number; height: number }) => [
    width,
    height,
  ];
  assertEquals(size(decodePicture(png, { width: 10, turn: 6 })), [10, 20]);
  assertEquals(size(decodePicture(png, { height: 10, turn: 8 })), [5, 10]);
  assertEquals(size(decodePicture(png, { width: 10, turn: 3 })), [10, 5]);
});

Deno.test("drawTimestamp() writes into any picture, and only below", () => {
  for (const [width, height] of [[1, 1], [30, 9], [320, 180], [1280, 720]]) {
    const pixels = new Uint8Array(3 * width * height).fill(100);
    drawTimestamp({ pixels, width, height }, Date.UTC(2026, 10, 27));
    if (height < 100) continue;
    const values = new Set(pixels);
    assertEquals(values, new Set([100, 0, 255]));
    const above = pixels.subarray(0, 3 * width * Math.floor(height * 0.8));
    assertEquals(above.every((value) => value === 100), true);
  }
});
