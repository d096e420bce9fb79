import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { Canvas } from "../../../src/gif/canvas/canvas.ts";
import { FrameReader } from "../../../src/gif/read/frame_reader.ts";
import { framePart } from "../../../src/gif/write/frame_part.ts";
import { drawing, drawnByModel, gifOf } from "../../support/gif/drawings.ts";

Deno.test("Canvas.draw() does what a pixel-by-pixel model does", () => {
  fc.assert(
    fc.property(drawing, (recipe) => {
      const reader = new FrameReader();
      reader.push(gifOf(recipe));
      reader.end();
      const canvas = new Canvas(recipe.screen);
      for (const expected of drawnByModel(recipe)) {
        assertEquals(canvas.draw(reader.next()!), "complete");
        assertEquals(canvas.pixels, expected);
      }
    }),
    { numRuns: 500 },
  );
});

Deno.test("Canvas.drawPart() draws of a frame's part what the frame is", () => {
  fc.assert(fc.property(drawing, (recipe) => {
    const reader = new FrameReader();
    reader.push(gifOf(recipe));
    reader.end();
    const byFrames = new Canvas(recipe.screen);
    const byParts = new Canvas(recipe.screen);
    for (let frame = reader.next(); frame; frame = reader.next()) {
      byFrames.draw(frame);
      byParts.drawPart(framePart(frame).bytes);
      assertEquals(byParts.pixels, byFrames.pixels);
    }
  }));
});
