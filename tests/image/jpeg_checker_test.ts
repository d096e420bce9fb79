import { assertEquals, assertThrows } from "@std/assert";
import { PictureError } from "../../src/image/image_file.ts";
import { JpegChecker } from "../../src/image/jpeg_checker.ts";
import { plainJpeg, PROGRESSIVE_JPEG } from "../support/image/jpeg_files.ts";
import { writePpm } from "../support/image/pnm.ts";
import { run } from "../support/program/ffmpeg.ts";
import { requireTool } from "../support/require.ts";

Deno.test("JpegChecker tells the size and the damage of a JPEG", () => {
  const checker = new JpegChecker(), jpeg = plainJpeg(32, 16, [9, 99, 199]);
  const size = { width: 32, height: 16 };
  assertEquals(checker.check(jpeg), { size });
  const { damage, ...rest } = checker.check(jpeg.subarray(0, -20))!;
  assertEquals([rest, typeof damage], [{ size }, "string"]);
  assertEquals(checker.check(PROGRESSIVE_JPEG), {
    size: { width: 24, height: 16 },
  });
  assertThrows(() => checker.check(jpeg.subarray(0, 50)), PictureError);
});

Deno.test({
  name:
    "JpegChecker hands on no JPEG that is too large, or that no browser reads",
  ignore: !requireTool("cjpeg"),
  async fn() {
    const checker = new JpegChecker();
    const small = plainJpeg(16, 16, [1, 2, 3]);
    const at = small.findIndex((b, i) => b === 0xff && small[i + 1] === 0xc0);
    const large = small.with(at + 5, 0x20).with(at + 7, 0x20);
    assertEquals(checker.check(large), undefined);
    const picture = writePpm(16, 16, (x, y) => [x, y, 99]);
    const arithmetic = await run("cjpeg", ["-arithmetic"], picture);
    assertEquals(checker.check(arithmetic), undefined);
  },
});
