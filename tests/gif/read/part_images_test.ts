import { assertEquals } from "@std/assert";
import { imagesStay, partImages } from "../../../src/gif/read/part_images.ts";
import { clearingImage } from "../../../src/gif/write/clear_image.ts";
import { bytes, graphicControl, image } from "../../support/gif/gif_bytes.ts";

const PLAIN = image({ width: 4, height: 3, colors: 2 });

Deno.test("partImages() gives each image with its own graphic control", () => {
  const control = graphicControl({ delayCentiseconds: 7 });
  const part = bytes(control, PLAIN, PLAIN);
  const found = Array.from(
    partImages(part),
    ({ offset, graphicControl, delayPosition }) => [
      offset,
      graphicControl?.delayCentiseconds,
      delayPosition,
    ],
  );
  assertEquals(found, [
    [control.length, 7, 4],
    [control.length + PLAIN.length, undefined, undefined],
  ]);
});

Deno.test("imagesStay() looks at all images of a part", () => {
  const staying = bytes(graphicControl({ disposal: 1 }), PLAIN, PLAIN);
  assertEquals(imagesStay(staying), true);
  const clearing = clearingImage({ width: 4, height: 3 }, 2);
  assertEquals(imagesStay(bytes(clearing, staying)), false);
  assertEquals(imagesStay(bytes(staying, clearing)), false);
});
