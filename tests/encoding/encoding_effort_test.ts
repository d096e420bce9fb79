import { assertEquals } from "@std/assert";
import { EncodingEffort } from "../../src/encoding/encoding_effort.ts";

/** Frames until the mode changes, each taking so many milliseconds. */
function framesUntilChange(effort: EncodingEffort, milliseconds: number) {
  for (let frames = 1; frames <= 100_000; frames++) {
    if (effort.count(milliseconds)) return frames;
  }
  return Infinity;
}

Deno.test("EncodingEffort goes down to what keeps up, and no lower", () => {
  const effort = new EncodingEffort("best", 100);
  assertEquals(effort.mode, "best");
  assertEquals(framesUntilChange(effort, 101), 13);
  assertEquals(effort.mode, "balanced");
  assertEquals(framesUntilChange(effort, 101), 13);
  assertEquals(effort.mode, "fast");
  assertEquals(framesUntilChange(effort, 101), Infinity);
});

Deno.test("EncodingEffort stays while it keeps up", () => {
  const effort = new EncodingEffort("balanced", 100);
  assertEquals(framesUntilChange(effort, 99), Infinity);
  assertEquals(framesUntilChange(effort, 1), Infinity);
  assertEquals(effort.mode, "balanced");
});

Deno.test("EncodingEffort takes no notice of its first frames", () => {
  const effort = new EncodingEffort("balanced", 100);
  for (let i = 0; i < 3; i++) effort.count(1000);
  assertEquals(framesUntilChange(effort, 50), Infinity);
});

Deno.test("EncodingEffort goes up after a rest, ever longer if that failed", () => {
  const effort = new EncodingEffort("balanced", 100);
  framesUntilChange(effort, 101);
  const rests = [0, 1, 2].map(() => {
    const rest = framesUntilChange(effort, 10);
    assertEquals(effort.mode, "balanced");
    framesUntilChange(effort, 101);
    assertEquals(effort.mode, "fast");
    return rest;
  });
  // 10, 20 and 40 s of frames, and the rest of the window.
  assertEquals(rests.map((rest) => Math.floor(rest / 100)), [1, 2, 4]);
});
