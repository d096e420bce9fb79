import { assertEquals, assertNotEquals } from "@std/assert";
import { contentHash } from "../../../src/source/folder/content_hash.ts";

Deno.test("contentHash() is the same for the same bytes at any position", () => {
  const data = Uint8Array.from({ length: 103 }, (_, i) => i * 37);
  for (let offset = 0; offset < 5; offset++) {
    const buffer = new Uint8Array(offset + data.length);
    buffer.set(data, offset);
    assertEquals(contentHash(buffer.subarray(offset)), contentHash(data));
  }
});

Deno.test("contentHash() differs when any byte or the length differs", () => {
  const data = new Uint8Array(70);
  const hashes = new Set([contentHash(data)]);
  for (let i = 0; i < data.length; i++) {
    const other = data.slice();
    other[i] = 1;
    hashes.add(contentHash(other));
  }
  for (let i = 0; i < data.length; i++) {
    hashes.add(contentHash(data.subarray(i + 1)));
  }
  assertEquals(hashes.size, 1 + 70 + 70);
});

Deno.test("contentHash() is a whole number of at most 53 bits", () => {
  const hash = contentHash(Uint8Array.of(255, 254, 3, 9, 200));
  assertEquals(Number.isSafeInteger(hash), true);
  assertNotEquals(hash, 0);
});
