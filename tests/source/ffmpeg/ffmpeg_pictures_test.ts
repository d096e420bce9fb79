import { assertEquals, assertRejects } from "@std/assert";
import { readPictures } from "../../../src/source/ffmpeg/ffmpeg_pictures.ts";
import { bytes } from "../../support/gif/gif_bytes.ts";

function read(data: Uint8Array, chunkBytes = data.length, maxPixels = 100) {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < data.length; at += chunkBytes) {
    chunks.push(data.slice(at, at + chunkBytes));
  }
  return Array.fromAsync(readPictures(ReadableStream.from(chunks), maxPixels));
}

Deno.test("readPictures() reads images in pieces of any size", async () => {
  // A size that changes, and pixels that look like a header.
  const data = bytes("P6\n2 1\n255\n", "P6\n2 1", "P6\n1 1\n255\n", [1, 2, 3]);
  for (let chunkBytes = 1; chunkBytes <= data.length; chunkBytes++) {
    assertEquals(await read(data, chunkBytes), [
      { width: 2, height: 1, pixels: bytes("P6\n2 1") },
      { width: 1, height: 1, pixels: bytes([1, 2, 3]) },
    ]);
  }
});

Deno.test("readPictures() leaves out an image that is cut short", async () => {
  const data = bytes("P6\n1 1\n255\n", [1, 2, 3], "P6\n1 1\n255\n", [1, 2]);
  for (let end = 14; end <= data.length; end++) {
    assertEquals((await read(data.slice(0, end))).length, 1);
  }
});

Deno.test("readPictures() throws when there is no image, or a huge one", async () => {
  const cases: [string, string][] = [
    ["GIF89a", 'expected a PPM header, found "G"'],
    ["P5\n1 1\n255\n", "expected a PPM header"],
    ["P6\n1 1\n65535\n" + "x".repeat(40), "expected a PPM header"],
    ["P6\n11 10\n255\n", "expected at most 100 pixels, found 11x10"],
    ["P6\n0 10\n255\n", "found 0x10"],
    ["P6\n70000 1\n255\n", "found 70000x1"],
  ];
  for (const [text, message] of cases) {
    await assertRejects(() => read(bytes(text)), Error, message);
  }
});
