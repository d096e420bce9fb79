import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { censusOfColors } from "../../../src/gif/canvas/color_census.ts";

Deno.test("censusOfColors() numbers colors as they appear", () => {
  const census = censusOfColors(Uint32Array.of(7, 7, 0, 9, 7, 0xffffffff));
  assertEquals(census.numbers, Uint32Array.of(0, 0, 1, 2, 0, 3));
  assertEquals([...census.colors], [7, 0, 9, 0xffffffff]);
  assertEquals([...census.counts], [3, 1, 1, 1]);
});

Deno.test("censusOfColors() counts any number of colors", () => {
  for (const colors of [0, 1, 511, 512, 513, 100_000]) {
    const pixels = Uint32Array.from(
      { length: colors * 2 },
      (_, i) => Math.imul(i % colors, 0x10001) >>> 0,
    );
    const census = censusOfColors(pixels);
    assertEquals(census.colors, pixels.slice(0, colors));
    assertEquals(census.counts, new Uint32Array(colors).fill(2));
  }
});

Deno.test("censusOfColors() counts what a Map counts", () => {
  fc.assert(fc.property(fc.uint32Array({ max: 50 }), (pixels) => {
    const expected = new Map<number, number>();
    for (const color of pixels) {
      expected.set(color, (expected.get(color) ?? 0) + 1);
    }
    const { colors, counts, numbers } = censusOfColors(pixels);
    assertEquals([...colors], [...expected.keys()]);
    assertEquals([...counts], [...expected.values()]);
    assertEquals(Array.from(numbers, (n) => colors[n]), [...pixels]);
  }));
});
