import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Canvas } from "../../../src/gif/canvas/canvas.ts";
import { difference } from "../../../src/gif/canvas/difference.ts";
import { indexedFrame } from "../../../src/gif/write/indexed_frame.ts";
import { drawing, gifOf } from "../../support/gif/drawings.ts";
import { framesOf } from "../../support/gif/frames.ts";

Deno.test("difference() takes a viewer from any picture to any other", () => {
  fc.assert(
    fc.property(drawing, fc.array(fc.boolean()), (recipe, left) => {
      const frames = framesOf(gifOf(recipe));
      const wanted = new Canvas(frames[0].screen);
      const seen = new Canvas(frames[0].screen);
      for (const [i, frame] of frames.entries()) {
        wanted.draw(frame);
        if (left[i]) continue;
        const part = difference(seen, wanted);
        if (part !== undefined) seen.drawPart(part.bytes);
        assertEquals(seen.pixels, wanted.pixels, `image ${i}`);
      }
    }),
    { numRuns: 500 },
  );
});

Deno.test("difference() is nothing where nothing differs", () => {
  const screen = { width: 2, height: 1 };
  const colors = Uint8Array.of(0, 0, 0, 255, 255, 255);
  const canvas = new Canvas(screen);
  canvas.draw(indexedFrame(screen, Uint8Array.of(0, 1), colors));
  assertEquals(difference(canvas, canvas.copy()), undefined);
});

Deno.test("difference() has only the rectangle that differs", () => {
  const screen = { width: 300, height: 200 };
  const colors = Uint8Array.from({ length: 768 }, () => Math.random() * 256);
  const indices = Uint8Array.from(
    { length: 300 * 200 },
    () => Math.random() * 256,
  );
  const seen = new Canvas(screen);
  seen.draw(indexedFrame(screen, indices, colors));
  const wanted = seen.copy();
  for (const pixel of [50 * 300 + 20, 59 * 300 + 29]) {
    wanted.pixels.set([1, 2, 3, 255], pixel * 4);
  }
  const part = difference(seen, wanted)!;
  assertEquals(part.keyframe, false);
  assert(part.bytes.length < 100, `${part.bytes.length} bytes`);
  seen.drawPart(part.bytes);
  assertEquals(seen.pixels, wanted.pixels);
});

Deno.test("difference() has every color, however many differ", () => {
  const screen = { width: 64, height: 64 };
  const seen = new Canvas(screen), wanted = new Canvas(screen);
  for (let pixel = 0; pixel < 64 * 64; pixel++) {
    wanted.pixels.set([pixel & 255, pixel >> 8, 77, 255], pixel * 4);
  }
  seen.drawPart(difference(seen, wanted)!.bytes);
  assertEquals(seen.pixels, wanted.pixels);
});
