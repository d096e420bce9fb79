import { assert, assertEquals, assertThrows } from "@std/assert";
import { concat } from "@std/bytes/concat";
import { PictureError } from "../../src/image/image_file.ts";
import { decodePicture } from "../../src/image/decode_picture.ts";
import type { PictureSize } from "../../src/image/scale_pixels.ts";
import { plainJpeg, PROGRESSIVE_JPEG } from "../support/image/jpeg_files.ts";
import { jpegOfInks } from "../support/image/inks.ts";
import { readPnm, writePpm } from "../support/image/pnm.ts";
import { ffmpeg, RAW_RGB, run } from "../support/program/ffmpeg.ts";
import { requireTool } from "../support/require.ts";

const maxPixels = 100_000;

/** Mean of the absolute differences. */
function meanError(a: Uint8Array, b: Uint8Array): number {
  assertEquals(a.length, b.length);
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) /
    a.length;
}

Deno.test("decodePicture() reads baseline files", () => {
  const jpeg = plainJpeg(19, 7, [200, 100, 50]);
  const { width, height, pixels } = decodePicture(jpeg);
  assertEquals([width, height, pixels.length], [19, 7, 19 * 7 * 3]);
  assert(Math.abs(pixels[0] - 200) < 4, `red is ${pixels[0]}`);
  assert(Math.abs(pixels[2] - 50) < 4, `blue is ${pixels[2]}`);
});

Deno.test({
  name: "decodePicture() shows what ffmpeg does",
  ignore: !requireTool("ffmpeg"),
  async fn() {
    const files = [PROGRESSIVE_JPEG];
    for (const format of ["yuvj420p", "yuvj422p", "yuvj444p", "gray"]) {
      files.push(
        await ffmpeg([
          ...["-f", "lavfi", "-i", "testsrc2=s=157x83", "-frames:v", "1"],
          ...["-pix_fmt", format, "-q:v", "3", "-f", "mjpeg", "-"],
        ]),
      );
    }
    for (const [i, file] of files.entries()) {
      const truth = await ffmpeg(
        ["-f", "jpeg_pipe", "-i", "-", ...RAW_RGB],
        file,
      );
      const { pixels } = decodePicture(file);
      // Colors of lower resolution are enlarged in different ways.
      const error = meanError(pixels, truth);
      assert(error < (i === 3 || i === 4 ? 1.5 : 6), `file ${i}: ${error}`);
    }
  },
});

Deno.test({
  name: "decodePicture() reads frames of cameras that leave tables out",
  ignore: !requireTool("ffmpeg"),
  async fn() {
    const whole = await ffmpeg([
      ...["-f", "lavfi", "-i", "testsrc2=s=157x83", "-frames:v", "1"],
      ...["-huffman", "default", "-f", "mjpeg", "-"],
    ]);
    const at = whole.findIndex((b, i) => b === 0xff && whole[i + 1] === 0xc4);
    const length = 2 + (whole[at + 2] << 8 | whole[at + 3]);
    const bare = concat([whole.subarray(0, at), whole.subarray(at + length)]);
    assertEquals(decodePicture(bare), decodePicture(whole));
  },
});

Deno.test({
  name: "decodePicture() shows four inks as djpeg and ffmpeg do",
  ignore: !requireTool("ffmpeg") || !requireTool("cjpeg") ||
    !requireTool("djpeg"),
  async fn() {
    const planes = await Promise.all([1, 2, 3, 4].map((ink) => {
      const gray = (x: number, y: number) => (x * ink + y * (5 - ink)) & 255;
      const picture = writePpm(64, 48, (x, y) => Array(3).fill(gray(x, y)));
      return run("cjpeg", ["-grayscale", "-quality", "90"], picture);
    }));
    // Without a marker, ffmpeg takes them for colors and their opacity.
    for (const transform of [0, 2, undefined]) {
      const file = jpegOfInks(planes, transform);
      const { pixels, width, height, damage } = decodePicture(file);
      assertEquals([width, height, damage], [64, 48, undefined]);
      const truth = readPnm(await run("djpeg", ["-pnm"], file));
      assertEquals(pixels, truth.pixels, `transform ${transform}`);
      if (transform === undefined) continue;
      const input = ["-f", "jpeg_pipe", "-i", "-"];
      const shown = await ffmpeg([...input, ...RAW_RGB], file);
      const error = meanError(pixels, shown);
      assert(error < 3, `transform ${transform}: ${error}`);
    }
  },
});

Deno.test("decodePicture() says what is wrong with a JPEG", () => {
  const jpeg = plainJpeg(9, 9, [9, 99, 199]);
  const frameAt = jpeg.findIndex((b, i) => b === 0xff && jpeg[i + 1] === 0xc0);
  const scanAt = jpeg.findIndex((b, i) => b === 0xff && jpeg[i + 1] === 0xda);
  const wrong: [Uint8Array, string][] = [
    [jpeg.subarray(0, 50), "Bogus DQT index 9"],
    [jpeg.subarray(0, scanAt), "missing SOS marker"],
    [jpeg.with(frameAt + 1, 0xc3), "Unsupported JPEG process"],
    [jpeg.with(frameAt + 4, 12), "Unsupported JPEG data precision 12"],
    [jpeg.with(frameAt + 5, 200), "expected 1 to 100000 pixels, found 9x51209"],
    [jpeg.with(frameAt + 8, 0), "Empty JPEG image"],
    [jpeg.with(frameAt + 1, 0xfe), "Invalid JPEG file structure"],
  ];
  for (const [bytes, message] of wrong) {
    const error = assertThrows(
      () => decodePicture(bytes, { maxPixels }),
      PictureError,
    );
    assert(error.message.includes(message), error.message);
    assert(error.message.startsWith("Cannot read JPEG: "), error.message);
  }
});

Deno.test("decodePicture() bounds the passes over a JPEG", () => {
  const at = PROGRESSIVE_JPEG.findLastIndex((b, i) =>
    b === 0xff && PROGRESSIVE_JPEG[i + 1] === 0xda
  );
  const scan = PROGRESSIVE_JPEG.subarray(at, -2);
  const file = concat([
    PROGRESSIVE_JPEG.subarray(0, at),
    ...Array(600).fill(scan),
    PROGRESSIVE_JPEG.subarray(-2),
  ]);
  assertThrows(() => decodePicture(file), PictureError, "more than 500 scans");
});

Deno.test("decodePicture() reads large pictures at a fraction", () => {
  const jpeg = plainJpeg(1000, 600, [10, 200, 30]);
  const sizes: [PictureSize, number, number][] = [
    [{ width: 250 }, 250, 150],
    [{ width: 240, height: 240 }, 240, 240],
    [{ height: 75 }, 125, 75],
    [{ width: 2000 }, 2000, 1200],
    [{}, 1000, 600],
  ];
  for (const [size, width, height] of sizes) {
    const decoded = decodePicture(jpeg, size);
    assertEquals([decoded.width, decoded.height], [width, height]);
    const middle = 3 * (Math.floor(height / 2) * width + width / 2 | 0);
    const [red, green] = decoded.pixels.subarray(middle);
    assert(Math.abs(red - 10) < 4 && Math.abs(green - 200) < 4);
  }
  const large = decodePicture(plainJpeg(6000, 4000, [9, 9, 9]));
  assertEquals([large.width, large.height], [3000, 2000]);
  assertEquals(large.isOwnSize, false);
});
