import { assert, assertEquals } from "@std/assert";
import { scalePixels } from "../../src/image/scale_pixels.ts";

function gray(width: number, height: number, values: number[]) {
  const pixels = Uint8Array.from(values.flatMap((v) => [v, v, v]));
  return { pixels, width, height };
}

function valuesOf({ pixels }: { pixels: Uint8Array }): number[] {
  return [...pixels].filter((_, i) => i % 3 === 0);
}

Deno.test("scalePixels() makes a smaller pixel the mean of what it covers", () => {
  const picture = gray(4, 2, [0, 100, 10, 20, 100, 200, 30, 40]);
  const scaled = scalePixels(picture, { width: 2 });
  assertEquals([scaled.width, scaled.height], [2, 1]);
  assertEquals(valuesOf(scaled), [100, 25]);
});

Deno.test("scalePixels() weighs pixels that are covered in part", () => {
  const scaled = scalePixels(gray(3, 1, [0, 90, 240]), { width: 2, height: 1 });
  assertEquals(valuesOf(scaled), [30, 190]);
});

Deno.test("scalePixels() enlarges without steps", () => {
  const scaled = scalePixels(gray(2, 1, [0, 100]), { width: 4, height: 2 });
  assertEquals(valuesOf(scaled), [0, 25, 75, 100, 0, 25, 75, 100]);
});

Deno.test("scalePixels() keeps the aspect, and fills a size with black", () => {
  const picture = () => gray(4, 2, Array(8).fill(9));
  const high = scalePixels(picture(), { height: 4 });
  assertEquals([high.width, high.height], [8, 4]);
  const boxed = scalePixels(picture(), { width: 4, height: 6 });
  assertEquals([boxed.width, boxed.height], [4, 6]);
  assertEquals(valuesOf(boxed), [
    ...Array(8).fill(0),
    ...Array(8).fill(9),
    ...Array(8).fill(0),
  ]);
});

Deno.test("scalePixels() keeps a plain color at any size", () => {
  for (const width of [1, 2, 3, 7, 31, 64, 199]) {
    const scaled = scalePixels(gray(31, 17, Array(527).fill(255)), { width });
    assert(scaled.pixels.every((value) => value === 255), `width ${width}`);
  }
});

Deno.test("scalePixels() gives a picture of the right size back", () => {
  const picture = gray(2, 1, [1, 2]);
  assertEquals(scalePixels(picture, {}), picture);
  assertEquals(scalePixels(picture, { width: 2 }), picture);
});
