import { assertEquals } from "@std/assert";
import { interlacedRowOrder } from "../../src/gif/interlace.ts";

Deno.test("interlacedRowOrder() names every row once", () => {
  for (const height of [0, 1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 65535]) {
    const sorted = interlacedRowOrder(height).toSorted();
    assertEquals(sorted, Uint16Array.from({ length: height }, (_, i) => i));
  }
});

Deno.test("interlacedRowOrder() goes through appendix E's passes", () => {
  assertEquals(
    interlacedRowOrder(20),
    // deno-fmt-ignore
    Uint16Array.of(
      0, 8, 16,
      4, 12,
      2, 6, 10, 14, 18,
      1, 3, 5, 7, 9, 11, 13, 15, 17, 19,
    ),
  );
});
