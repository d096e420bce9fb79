import { assertEquals, assertThrows } from "@std/assert";
import { partImages } from "../../../src/gif/read/part_images.ts";
import { imagesStay, partMarks } from "../../../src/gif/read/part_marks.ts";
import { GifError } from "../../../src/gif/gif_error.ts";
import { clearingImage } from "../../../src/gif/write/clear_image.ts";
import { bytes, graphicControl, image } from "../../support/gif/gif_bytes.ts";

const PLAIN = image({ width: 4, height: 3, colors: 2 });

Deno.test("partMarks() finds what partImages() reads", () => {
  const control = graphicControl({ delayCentiseconds: 7, disposal: 3 });
  const comment = bytes([0x21, 0xfe, 3, 0x2c, 0x21, 0xf9, 0]);
  const part = bytes(comment, control, PLAIN, PLAIN, control, PLAIN);
  const marks = partMarks(part), images = [...partImages(part)];
  assertEquals(
    marks.map(({ disposal }) => disposal),
    images.map(({ graphicControl }) => graphicControl?.disposal ?? 0),
  );
  const last = part.length - PLAIN.length - control.length;
  assertEquals(
    marks.map(({ delayPosition }) => delayPosition),
    [comment.length + 4, undefined, last + 4],
  );
});

Deno.test("partMarks() refuses what is no part", () => {
  for (const part of [bytes("no"), PLAIN.slice(0, -1), bytes([0x21, 0xf9])]) {
    assertThrows(() => partMarks(part), GifError, "Cannot read part");
  }
});

Deno.test("imagesStay() looks at all images of a part", () => {
  const staying = bytes(graphicControl({ disposal: 1 }), PLAIN, PLAIN);
  assertEquals(imagesStay(staying), true);
  const clearing = clearingImage({ width: 4, height: 3 }, 2);
  assertEquals(imagesStay(bytes(clearing, staying)), false);
  assertEquals(imagesStay(bytes(staying, clearing)), false);
});
