import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { Canvas } from "../../../src/gif/canvas/canvas.ts";
import { keyframe } from "../../../src/gif/canvas/keyframe.ts";
import { BlockReader } from "../../../src/gif/read/block_reader.ts";
import { FrameReader } from "../../../src/gif/read/frame_reader.ts";
import { drawing, gifOf } from "../../support/gif/drawings.ts";
import { bytes, graphicControl, image } from "../../support/gif/gif_bytes.ts";

/** The images of a part, as text. */
function describe(part: Uint8Array): string[] {
  const reader = new BlockReader({ start: "blocks" });
  reader.push(part);
  reader.end();
  const images: string[] = [];
  let control = "";
  for (;;) {
    const block = reader.next();
    if (block.type === "end") return images;
    if (block.type === "graphic-control") {
      const { disposal, transparent, delayCentiseconds } = block.control;
      control = `disposal ${disposal}, ${delayCentiseconds} cs` +
        (transparent ? ", transparent" : "");
    }
    if (block.type === "image") {
      const { left, top, width, height, localColorTable } = block.image;
      const colors = (localColorTable?.length ?? 0) / 3;
      images.push(
        `${width}x${height} at ${left},${top}, ${colors} colors, ${control}`,
      );
    }
  }
}

/** A canvas on which each of many pixels has a color of its own. */
function colorful(width: number, height: number, colors: number): Canvas {
  const canvas = new Canvas({ width, height });
  const rgba = new Uint32Array(canvas.pixels.buffer);
  for (let i = 0; i < rgba.length; i++) {
    const number = i % colors;
    canvas.pixels.set([number & 255, number >> 8, i & 1 ? 0 : 9, 255], i * 4);
  }
  return canvas;
}

/** What a viewer sees who had something else before. */
function viewed(part: Uint8Array, canvas: Canvas): Canvas {
  const viewer = new Canvas(canvas.screen);
  viewer.drawPart(bytes(
    graphicControl({ disposal: 3 }),
    image({ left: 1, width: 9, height: 9, colors: 8 }),
  ));
  viewer.drawPart(part);
  return viewer;
}

Deno.test("keyframe() is one opaque image where there are no holes", () => {
  const canvas = colorful(30, 20, 100);
  const bytes = keyframe(canvas);
  assertEquals(describe(bytes), [
    "30x20 at 0,0, 128 colors, disposal 1, 2 cs",
  ]);
  assertEquals(viewed(bytes, canvas).pixels, canvas.pixels);
});

Deno.test("keyframe() takes one image for up to 256 colors", () => {
  for (const colors of [1, 2, 3, 255, 256]) {
    const canvas = colorful(16, 32, colors);
    canvas.pixels.forEach((_, i) => {
      if (i % 4 === 2) canvas.pixels[i] = 0;
    });
    const bytes = keyframe(canvas);
    assertEquals(describe(bytes).length, 1);
    assertEquals(viewed(bytes, canvas).pixels, canvas.pixels);
  }
});

Deno.test("keyframe() clears the screen first where there are holes", () => {
  const canvas = new Canvas({ width: 5, height: 4 });
  canvas.drawPart(image({ left: 1, width: 2, height: 2, colors: 2 }));
  const bytes = keyframe(canvas, { delayCentiseconds: 50 });
  assertEquals(describe(bytes), [
    "5x4 at 0,0, 2 colors, disposal 2, 2 cs, transparent",
    "5x4 at 0,0, 4 colors, disposal 1, 50 cs, transparent",
  ]);
  assertEquals(viewed(bytes, canvas).pixels, canvas.pixels);
});

Deno.test("keyframe() of an empty canvas clears the screen", () => {
  const canvas = new Canvas({ width: 5, height: 4 });
  const viewer = viewed(keyframe(canvas), canvas);
  assert(viewer.pixels.every((byte) => byte === 0));
});

Deno.test("keyframe() leaves the same disposal to be done", () => {
  const next = image({ width: 1, height: 1, colors: 2 });
  for (const disposal of [2, 3]) {
    const canvas = colorful(9, 9, 20);
    canvas.drawPart(bytes(
      graphicControl({ disposal, transparentIndex: 3 }),
      image({ left: 3, top: 2, width: 4, height: 9, colors: 4 }),
    ));
    const part = keyframe(canvas, { delayCentiseconds: 7 });
    const images = describe(part);
    assertEquals(images.length, 2);
    assert(images[0].startsWith("9x9 at 0,0, 32 colors, disposal 1, 2 cs"));
    assert(images[1].startsWith("4x7 at 3,2, 2 colors, "));
    assert(images[1].includes(`disposal ${disposal}, 7 cs`));
    const viewer = viewed(part, canvas);
    assertEquals(viewer.pixels, canvas.pixels);
    viewer.drawPart(next);
    canvas.drawPart(next);
    assertEquals(viewer.pixels, canvas.pixels);
  }
});

Deno.test("keyframe() spreads more than 256 colors over images", () => {
  for (const [colors, layers] of [[257, 2], [511, 2], [512, 3], [2041, 8]]) {
    const canvas = colorful(100, 50, colors);
    canvas.pixels.forEach((_, i) => {
      if (i % 4 === 2) canvas.pixels[i] = 0;
    });
    const bytes = keyframe(canvas, { delayCentiseconds: 9 });
    const images = describe(bytes);
    assertEquals(images.length, layers);
    assert(images[0].endsWith("100x50 at 0,0, 256 colors, disposal 1, 2 cs"));
    assert(images.at(-1)!.endsWith("disposal 1, 9 cs, transparent"));
    assertEquals(viewed(bytes, canvas).pixels, canvas.pixels);
  }
});

Deno.test("keyframe() spreads colors over images around holes too", () => {
  const canvas = colorful(40, 40, 700);
  canvas.pixels.fill(0, 400, 1000);
  const bytes = keyframe(canvas);
  assertEquals(viewed(bytes, canvas).pixels, canvas.pixels);
});

Deno.test("keyframe() takes near colors where images run out", () => {
  const canvas = colorful(100, 100, 10_000);
  const errors = [1, 2, 4, 8].map((maxLayers) => {
    const bytes = keyframe(canvas, { maxLayers });
    assertEquals(describe(bytes).length, maxLayers);
    return viewed(bytes, canvas).pixels.reduce(
      (sum, byte, i) => sum + (byte - canvas.pixels[i]) ** 2,
      0,
    );
  });
  assert(errors.every((error, i) => i === 0 || error < errors[i - 1]));
});

Deno.test("keyframe() leaves the canvas as it is", () => {
  const canvas = colorful(9, 9, 20);
  canvas.drawPart(bytes(
    graphicControl({ disposal: 3 }),
    image({ width: 4, height: 4, colors: 4 }),
  ));
  const { pixels, pendingDisposal } = canvas;
  const before = pixels.slice();
  keyframe(canvas);
  assertEquals(pixels, before);
  assertEquals(canvas.pendingDisposal, pendingDisposal);
});

Deno.test("keyframe() has every color of an image to be taken back", () => {
  const screen = { width: 32, height: 16 };
  const canvas = new Canvas(screen);
  for (let pixel = 0; pixel < 512; pixel++) {
    canvas.pixels.set([pixel & 255, pixel >> 8, 99, 255], pixel * 4);
  }
  const indices = Uint8Array.from({ length: 512 }, (_, i) => i % 3);
  canvas.drawPart(bytes(
    graphicControl({ disposal: 3, transparentIndex: 2 }),
    image({ ...screen, colors: 4, indices }),
  ));
  const viewer = new Canvas(screen);
  viewer.drawPart(keyframe(canvas));
  assertEquals(viewer.pixels, canvas.pixels);
  assertEquals(viewer.pendingDisposal, canvas.pendingDisposal);
});

Deno.test("keyframe() throws for options out of range", () => {
  const canvas = new Canvas({ width: 1, height: 1 });
  for (const delayCentiseconds of [-1, 65536, 1.5, NaN]) {
    assertThrows(
      () => keyframe(canvas, { delayCentiseconds }),
      RangeError,
      "Cannot make keyframe: delayCentiseconds must be 0 to 65535: ",
    );
  }
  for (const maxLayers of [0, 256, NaN]) {
    assertThrows(
      () => keyframe(canvas, { maxLayers }),
      RangeError,
      `Cannot make keyframe: maxLayers must be 1 to 255: ${maxLayers}`,
    );
  }
});

Deno.test("keyframe() lets a viewer join any GIF after any image", () => {
  fc.assert(
    fc.property(drawing, fc.nat(), (recipe, joinAt) => {
      const reader = new FrameReader();
      reader.push(gifOf(recipe));
      reader.end();
      const canvas = new Canvas(recipe.screen);
      let viewer: Canvas | undefined;
      for (const i of recipe.images.keys()) {
        const frame = reader.next()!;
        canvas.draw(frame);
        viewer?.draw(frame);
        if (i === joinAt % recipe.images.length) {
          const bytes = keyframe(canvas, { maxLayers: 255 });
          viewer = viewed(bytes, canvas);
        }
        if (viewer !== undefined) assertEquals(viewer.pixels, canvas.pixels);
      }
    }),
    { numRuns: 500 },
  );
});
