import { assertEquals } from "@std/assert";
import { PackedSteps, unpackSteps } from "../../src/past/packed_steps.ts";
import type { PastStep } from "../../src/past/past_messages.ts";

Deno.test("unpackSteps() gives what PackedSteps was given", () => {
  const screen = { width: 65535, height: 3 };
  const timeMilliseconds = 1_795_435_205_123.25;
  const steps: PastStep[] = [
    { begin: screen },
    { number: 0, timeMilliseconds, keyframe: true, byteLength: 2 ** 31 },
    { number: 2 ** 40, timeMilliseconds, keyframe: false, byteLength: 1 },
    { jpeg: screen, timeMilliseconds, byteLength: 7 },
  ];
  const packed = new PackedSteps();
  for (const step of steps) packed.push(step);
  assertEquals([...unpackSteps(packed.take())], steps);
  assertEquals([...unpackSteps(packed.take())], []);
  for (const step of steps) packed.push(step);
  packed.shorten(1);
  packed.push(steps[2]);
  assertEquals([...unpackSteps(packed.take())], [steps[0], steps[2]]);
});
