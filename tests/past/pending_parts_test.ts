import { assertEquals } from "@std/assert";
import { PendingParts } from "../../src/past/pending_parts.ts";

function part(bytes: number, keyframe = false) {
  return { bytes: new Uint8Array(bytes), keyframe };
}

Deno.test("PendingParts lets a keyframe take the place of what was before", () => {
  const pending = new PendingParts();
  const parts = [part(1), part(2, true), part(3)];
  for (const each of parts.slice(0, 2)) pending.push(each);
  assertEquals(pending.only, parts[1]);
  pending.push(parts[2]);
  assertEquals(pending.only, undefined);
  assertEquals(pending.take(), parts.slice(1));
  assertEquals(pending.take(), []);
});

Deno.test("PendingParts is full of many bytes or parts, not of one part", () => {
  const pending = new PendingParts();
  pending.push(part(5 * 1024 * 1024, true));
  assertEquals(pending.isFull, false);
  pending.push(part(1));
  assertEquals(pending.isFull, true);
  pending.take();
  for (let i = 0; i < 100; i++) pending.push(part(1));
  assertEquals(pending.isFull, false);
  pending.push(part(1));
  assertEquals(pending.isFull, true);
});

Deno.test("PendingParts keeps no large buffer for a small part", () => {
  const pending = new PendingParts();
  const bytes = new Uint8Array(1024 * 1024).subarray(5, 15);
  pending.push({ bytes, keyframe: false });
  const [kept] = pending.take();
  assertEquals(kept.bytes, bytes);
  assertEquals(kept.bytes.buffer.byteLength, 10);
});
