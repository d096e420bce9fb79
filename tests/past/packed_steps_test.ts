import { assertEquals } from "@std/assert";
import { packSteps, unpackSteps } from "../../src/past/packed_steps.ts";
import type { PastStep } from "../../src/past/past_messages.ts";

Deno.test("unpackSteps() gives what packSteps() was given", () => {
  const screen = { width: 65535, height: 3 };
  const timeMilliseconds = 1_795_435_205_123.25;
  const steps: PastStep[] = [
    { begin: screen },
    { number: 0, timeMilliseconds, keyframe: true, byteLength: 2 ** 31 },
    { number: 2 ** 40, timeMilliseconds, keyframe: false, byteLength: 1 },
    { jpeg: screen, timeMilliseconds, byteLength: 7 },
  ];
  assertEquals([...unpackSteps(packSteps(steps))], steps);
  assertEquals([...unpackSteps(packSteps([]))], []);
});
