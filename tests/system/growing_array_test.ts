import { assertEquals, assertNotStrictEquals } from "@std/assert";
import { GrowingArray } from "../../src/system/growing_array.ts";

Deno.test("GrowingArray keeps what is added, until it is taken", () => {
  const bytes = new GrowingArray((length) => new Uint8Array(length));
  const expected: number[] = [];
  for (let length = 0; length < 50; length++) {
    const piece = Uint8Array.from({ length }, (_, i) => i + length);
    bytes.push(piece);
    expected.push(...piece);
  }
  assertEquals(bytes.length, expected.length);
  bytes.shorten(expected.length + 1);
  bytes.shorten(100);
  bytes.push([7]);
  const taken = bytes.take();
  assertEquals([...taken], [...expected.slice(0, 100), 7]);
  assertEquals(bytes.take().length, 0);
  bytes.push([1]);
  assertNotStrictEquals(bytes.take().buffer, taken.buffer);
});
