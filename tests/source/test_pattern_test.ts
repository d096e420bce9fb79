import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import { Canvas } from "../../src/gif/canvas/canvas.ts";
import { isKeyframe } from "../../src/gif/read/frame_reader.ts";
import {
  testPattern,
  type TestPatternOptions,
} from "../../src/source/test_pattern.ts";

async function take(count: number, options: TestPatternOptions) {
  const frames = [];
  for await (const frame of testPattern(options)) {
    frames.push(frame);
    if (frames.length === count) break;
  }
  return frames;
}

Deno.test("testPattern() gives moving pictures of its own colors", async () => {
  const frames = await take(4, { framesPerSecond: 50 });
  const pictures = frames.map(({ frame }) => {
    assertEquals(frame.screen, { width: 320, height: 180 });
    assert(isKeyframe(frame));
    const canvas = new Canvas(frame.screen);
    assertEquals(canvas.draw(frame), "complete");
    return canvas.pixels.join();
  });
  assertNotEquals(pictures[0], pictures[3]);
});

Deno.test("testPattern() draws at every size that it takes", async () => {
  for (const [width, height] of [[160, 90], [90 * 40, 90], [160, 2000]]) {
    const [{ frame }] = await take(1, { width, height });
    assertEquals(frame.screen, { width, height });
    assertEquals(new Canvas(frame.screen).draw(frame), "complete");
  }
});

Deno.test("testPattern() ends when it is told to", async () => {
  const end = new AbortController();
  let frames = 0;
  for await (const _ of testPattern({ signal: end.signal })) {
    frames++;
    end.abort();
  }
  assertEquals(frames, 1);
});

Deno.test("testPattern() refuses what it cannot draw", async () => {
  const cases: [TestPatternOptions, string][] = [
    [{ width: 100 }, "width must be 160 to 4096: 100"],
    [{ height: 90.5 }, "height must be 90 to 4096: 90.5"],
    [{ framesPerSecond: 0 }, "framesPerSecond must be above 0, at most 50: 0"],
  ];
  for (const [options, message] of cases) {
    await assertRejects(() => take(1, options), RangeError, message);
  }
});
