import { assert, assertEquals, assertThrows } from "@std/assert";
import { concat } from "@std/bytes/concat";
import { PictureError } from "../../src/image/image_file.ts";
import { decodeJpeg } from "../../src/image/jpeg_decode.ts";
import { jpegStructure } from "../../src/image/jpeg_structure.ts";
import { plainJpeg, PROGRESSIVE_JPEG } from "../support/image/jpeg_files.ts";
import { ffmpeg, RAW_RGB } from "../support/program/ffmpeg.ts";
import { requireTool } from "../support/require.ts";

const MAX_PIXELS = 100_000;

/** Mean of the absolute differences. */
function meanError(a: Uint8Array, b: Uint8Array): number {
  assertEquals(a.length, b.length);
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) /
    a.length;
}

Deno.test("decodeJpeg() reads baseline files", () => {
  const jpeg = plainJpeg(19, 7, [200, 100, 50]);
  const { width, height, pixels } = decodeJpeg(jpeg, MAX_PIXELS);
  assertEquals([width, height, pixels.length], [19, 7, 19 * 7 * 3]);
  assert(Math.abs(pixels[0] - 200) < 4, `red is ${pixels[0]}`);
  assert(Math.abs(pixels[2] - 50) < 4, `blue is ${pixels[2]}`);
});

Deno.test({
  name: "decodeJpeg() shows what ffmpeg does",
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
      const { pixels } = decodeJpeg(file, MAX_PIXELS);
      // Colors of lower resolution are enlarged in different ways.
      const error = meanError(pixels, truth);
      assert(error < (i === 3 || i === 4 ? 1.5 : 4), `file ${i}: ${error}`);
    }
  },
});

Deno.test({
  name: "decodeJpeg() reads frames of cameras that leave tables out",
  ignore: !requireTool("ffmpeg"),
  async fn() {
    const whole = await ffmpeg([
      ...["-f", "lavfi", "-i", "testsrc2=s=157x83", "-frames:v", "1"],
      ...["-huffman", "default", "-f", "mjpeg", "-"],
    ]);
    const at = whole.findIndex((b, i) => b === 0xff && whole[i + 1] === 0xc4);
    const length = 2 + (whole[at + 2] << 8 | whole[at + 3]);
    const bare = concat([whole.subarray(0, at), whole.subarray(at + length)]);
    assertEquals(jpegStructure(bare)?.end, bare.length);
    assertEquals(decodeJpeg(bare, MAX_PIXELS), decodeJpeg(whole, MAX_PIXELS));
  },
});

Deno.test("jpegStructure() tells size, scans and end", () => {
  const end = PROGRESSIVE_JPEG.length;
  const padded = concat([PROGRESSIVE_JPEG, new Uint8Array(9)]);
  const structure = jpegStructure(padded);
  assertEquals(structure, {
    width: 24,
    height: 16,
    scans: 10,
    tablesMissingAt: undefined,
    end,
  });
});

Deno.test("jpegStructure() waits for the end", () => {
  for (const jpeg of [plainJpeg(9, 9, [9, 99, 199]), PROGRESSIVE_JPEG]) {
    for (let length = 2; length < jpeg.length; length++) {
      assertEquals(jpegStructure(jpeg.subarray(0, length)), undefined);
    }
  }
});

Deno.test("decodeJpeg() says what is wrong", () => {
  const jpeg = plainJpeg(9, 9, [9, 99, 199]);
  const frameAt = jpeg.findIndex((b, i) => b === 0xff && jpeg[i + 1] === 0xc0);
  const scanAt = jpeg.findIndex((b, i) => b === 0xff && jpeg[i + 1] === 0xda);
  const scan = jpeg.subarray(scanAt, -2);
  const wrong: [Uint8Array, string][] = [
    [
      jpeg.subarray(0, 50),
      "expected its end marker, found the end of the data",
    ],
    [jpeg.with(2, 7), "expected a marker at byte 2, found 0x07"],
    [jpeg.with(frameAt + 1, 0xc9), "expected baseline or progressive coding"],
    [jpeg.with(frameAt + 5, 200), "expected 1 to 100000 pixels, found 9x51209"],
    [jpeg.with(frameAt + 8, 0), "found 0x9"],
    [jpeg.with(frameAt + 1, 0xfe), "expected a picture before its end"],
    [
      concat([
        jpeg.subarray(0, scanAt),
        ...Array(101).fill(scan),
        jpeg.slice(-2),
      ]),
      "expected at most 100 scans, found 101",
    ],
    [jpeg.with(frameAt + 10, 77), "expected coded blocks, found damaged data"],
  ];
  for (const [bytes, message] of wrong) {
    const error = assertThrows(
      () => decodeJpeg(bytes, MAX_PIXELS),
      PictureError,
    );
    assert(error.message.includes(message), error.message);
    assert(error.message.startsWith("Cannot read JPEG: "), error.message);
  }
});
