import { assertEquals } from "@std/assert";
import { BoundingBox } from "../../src/gif/box.ts";

Deno.test("BoundingBox is the smallest rectangle around what was added", () => {
  const around = new BoundingBox();
  assertEquals(around.box, undefined);
  around.addRow(2, 5, 5);
  assertEquals(around.box, { left: 5, top: 2, width: 1, height: 1 });
  around.addRow(4, 6, 9);
  around.addRow(5, 0, 1);
  assertEquals(around.box, { left: 0, top: 2, width: 10, height: 4 });
});
