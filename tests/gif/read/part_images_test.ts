import { assertEquals } from "@std/assert";
import { partImages } from "../../../src/gif/read/part_images.ts";
import { bytes, graphicControl, image } from "../../support/gif/gif_bytes.ts";

const PLAIN = image({ width: 4, height: 3, colors: 2 });

Deno.test("partImages() gives each image with its own graphic control", () => {
  const control = graphicControl({ delayCentiseconds: 7 });
  const part = bytes(control, PLAIN, PLAIN);
  const found = Array.from(
    partImages(part),
    ({ offset, graphicControl }) => [
      offset,
      graphicControl?.delayCentiseconds,
    ],
  );
  assertEquals(found, [
    [control.length, 7],
    [control.length + PLAIN.length, undefined],
  ]);
});
