import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { backlogOf } from "../../src/past/backlog.ts";
import { History } from "../../src/past/history.ts";
import { keptBytes } from "../../src/past/kept_part.ts";
import { Canvas } from "../../src/gif/canvas/canvas.ts";
import { framePart, type Part } from "../../src/gif/write/frame_part.ts";
import { colorFrame } from "../support/gif/color_frame.ts";
import { drawing, drawnByModel, gifOf } from "../support/gif/drawings.ts";
import { framesOf } from "../support/gif/frames.ts";

const SCREEN = { width: 20, height: 20 };

/** A part that paints everything, though it does not say so. */
function deltaPart(red: number): Part {
  const { bytes } = framePart(colorFrame(20, 20, [red, 0, 0]));
  return { bytes, keyframe: false };
}

Deno.test("backlogOf() shows what others saw, of any stream", () => {
  fc.assert(
    fc.property(drawing, fc.integer({ min: 0, max: 6 }), (recipe, seconds) => {
      const truth = [...drawnByModel(recipe)];
      const history = new History({ seconds: 100, maxBytes: 1e9 });
      history.begin(recipe.screen);
      for (const [i, frame] of framesOf(gifOf(recipe)).entries()) {
        // As drawn by the model, nothing stands alone.
        frame.standalone = false;
        history.push(framePart(frame), i * 1000);
        const chunks = backlogOf(history, { seconds, maxBytes: 1e9 });
        const most = Math.max(1, Math.min(seconds, i + 1));
        assert(chunks.length <= most && chunks.length >= most * 3 / 4);
        const viewer = new Canvas(recipe.screen);
        for (const [n, chunk] of chunks.entries()) {
          viewer.drawPart(chunk);
          assertEquals(viewer.pixels, truth[i + 1 - chunks.length + n]);
        }
      }
    }),
    { numRuns: 200 },
  );
});

Deno.test("backlogOf() makes few keyframes for many who join", () => {
  const history = new History({ seconds: 100, maxBytes: 1e9 });
  history.begin(SCREEN);
  const keyframes = new Set<Uint8Array>();
  for (let i = 0; i < 400; i++) {
    history.push(deltaPart(i & 255), i * 100);
    keyframes.add(backlogOf(history, { seconds: 8, maxBytes: 1e9 })[0]);
  }
  assert(keyframes.size <= 40 / 2 + 2, `${keyframes.size} keyframes`);
});

Deno.test("backlogOf() keeps to its bytes, but for the newest picture", () => {
  const history = new History({ seconds: 100, maxBytes: 1e9 });
  history.begin(SCREEN);
  for (let i = 0; i < 10; i++) history.push(deltaPart(i), i * 100);
  const size = keptBytes(history.newest!.part);
  for (const [maxBytes, parts] of [[0, 1], [size, 1], [3.5 * size, 3]]) {
    const chunks = backlogOf(history, { seconds: 50, maxBytes });
    assertEquals(chunks.length, parts);
  }
});
