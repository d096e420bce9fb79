import { assertEquals } from "@std/assert";
import {
  ColorSums,
  Palette,
} from "../../../../src/gif/encoder/palette/palette.ts";

Deno.test("ColorSums.moveToMeans() moves colors that have pixels", () => {
  const palette = new Palette();
  palette.colors = 2;
  palette.red[1] = 7;
  const sums = new ColorSums();
  sums.addAll(
    Uint8Array.of(10, 20, 30, 20, 40, 60, 1, 1, 1),
    Uint8Array.of(0, 0, 9),
    9,
    1,
  );
  sums.moveToMeans(palette);
  assertEquals([...palette.bytes()], [15, 30, 45, 7, 0, 0]);
});

Deno.test("ColorSums.addAll() adds no more pixels than its sums can hold", () => {
  const pixels = 3000 * 3000;
  const palette = new Palette();
  palette.colors = 1;
  const sums = new ColorSums();
  const white = new Uint8Array(pixels * 3).fill(255);
  sums.addAll(white, new Uint8Array(pixels), -1, 1);
  sums.moveToMeans(palette);
  assertEquals([...palette.bytes()], [255, 255, 255]);
});
