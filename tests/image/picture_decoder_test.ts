import { assert, assertEquals, assertRejects } from "@std/assert";
import { PictureError } from "../../src/image/image_file.ts";
import { PictureDecoder } from "../../src/image/picture_decoder.ts";
import { plainJpeg } from "../support/image/jpeg_files.ts";
import { pngFile } from "../support/image/png_writer.ts";

const PNG = {
  ...{ width: 5, height: 3, depth: 8, colorType: 0 },
  samplesAt: (x: number, y: number) => [x + 10 * y],
};

Deno.test("PictureDecoder decodes in turn, and leaves the bytes", async () => {
  using decoder = new PictureDecoder();
  const png = await pngFile(PNG), jpeg = plainJpeg(8, 4, [10, 200, 30]);
  const [first, second] = await Promise.all([
    decoder.decode(png),
    // What lies around the file in its buffer stays here.
    decoder.decode(new Uint8Array([0, ...jpeg, 0]).subarray(1, -1)),
  ]);
  assertEquals([...first.pixels.subarray(3, 9)], [1, 1, 1, 2, 2, 2]);
  assertEquals([second.width, second.height], [8, 4]);
  assert(png.length > 0 && jpeg.length > 0);
});

Deno.test("PictureDecoder scales to the size that is asked for", async () => {
  using decoder = new PictureDecoder({ width: 4, height: 4 });
  const { width, height, pixels } = await decoder.decode(
    await pngFile({ ...PNG, width: 8, height: 4, samplesAt: () => [99] }),
  );
  assertEquals([width, height], [4, 4]);
  const rows = [0, 1, 2, 3].map((y) => pixels[12 * y]);
  assertEquals(rows, [0, 99, 99, 0]);
});

Deno.test("PictureDecoder fails for one picture, not for the next", async () => {
  using decoder = new PictureDecoder({ maxPixels: 100 });
  const large = await pngFile({ ...PNG, width: 101, height: 1 });
  const error = await assertRejects(
    () => decoder.decode(large),
    PictureError,
  );
  assertEquals(
    error.message,
    "Cannot read PNG: expected 1 to 100 pixels, found 101x1",
  );
  const noPicture = await assertRejects(
    () => decoder.decode(Uint8Array.of(71, 73, 70, 56)),
    PictureError,
  );
  assertEquals(
    noPicture.message,
    "Cannot read picture: expected JPEG or PNG, found 0x47 0x49 0x46 0x38",
  );
  assertEquals((await decoder.decode(await pngFile(PNG))).width, 5);
});

Deno.test("PictureDecoder gives up what takes too long", async () => {
  using decoder = new PictureDecoder({ timeoutMilliseconds: 1 });
  // Not even the thread begins in a millisecond.
  await assertRejects(
    async () => await decoder.decode(await pngFile(PNG)),
    PictureError,
    "Cannot read picture: it takes longer than 0.001 s",
  );
});

Deno.test("PictureDecoder.close() fails what waits", async () => {
  const decoder = new PictureDecoder();
  const png = await pngFile(PNG);
  const waiting = [decoder.decode(png), decoder.decode(png)];
  const results = Promise.allSettled(waiting);
  await Promise.resolve();
  decoder.close();
  for (const result of await results) {
    assertEquals(result.status, "rejected");
  }
  await assertRejects(() => decoder.decode(png), Error, "is closed");
});
