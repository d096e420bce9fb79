import { assertEquals } from "@std/assert";
import { Rhythm } from "../../src/timing/rhythm.ts";

Deno.test("Rhythm says when something is late, by what came before", () => {
  const rhythm = new Rhythm();
  assertEquals([rhythm.isKnown, rhythm.lateAfter(3000)], [false, 3000]);
  rhythm.note(0);
  assertEquals([rhythm.isKnown, rhythm.lateAfter(3000)], [false, 3000]);
  rhythm.note(60_000);
  assertEquals([rhythm.isKnown, rhythm.lateAfter(3000)], [true, 150_000]);
  // A quick rhythm makes nothing late that comes within the least.
  for (let i = 1; i <= 4; i++) rhythm.note(60_000 + 100 * i);
  assertEquals(rhythm.lateAfter(3000), 3000);
});

Deno.test("Rhythm leaves out the time while everything was away", () => {
  const rhythm = new Rhythm();
  for (const now of [0, 2000, 4000]) rhythm.note(now);
  rhythm.interrupt();
  for (const now of [900_000, 902_000]) rhythm.note(now);
  assertEquals(rhythm.lateAfter(0), 5000);
});
