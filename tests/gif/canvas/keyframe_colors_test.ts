import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Canvas } from "../../../src/gif/canvas/canvas.ts";
import { difference } from "../../../src/gif/canvas/difference.ts";
import { keyframe } from "../../../src/gif/canvas/keyframe.ts";
import { partImages } from "../../../src/gif/read/part_images.ts";
import { imagePart } from "../../../src/gif/write/image_part.ts";
import { wholeGif } from "../../../src/gif/write/whole_gif.ts";
import {
  CHROMIUM,
  decodedByChromium,
} from "../../support/gif/chromium_decoder.ts";
import { framesOf } from "../../support/gif/frames.ts";
import { image } from "../../support/gif/gif_bytes.ts";
import { psnr, random } from "../../support/gif/pictures.ts";
import { sharedFolder } from "../../support/require.ts";

const LEAST_DECIBELS = 38;
const EXACT_COLORS = 2041;
const caseFile = sharedFolder("cases", "gif", "high_colour_late_join.gif");

/** Noise of some colors, evenly spread or many alike. */
function noise(width: number, height: number, colors: number, seed: number) {
  const next = random(seed);
  const narrow = seed % 3 === 0 ? 8 : 256;
  const table = Uint32Array.from({ length: colors }, () => {
    const channel = () => Math.floor(next() ** (1 + seed % 2) * narrow);
    return (255 << 24 | channel() << 16 | channel() << 8 | channel()) >>> 0;
  });
  const canvas = new Canvas({ width, height });
  const pixels = new Uint32Array(canvas.pixels.buffer);
  for (let i = 0; i < pixels.length; i++) pixels[i] = table[i % colors];
  return canvas;
}

function colorsOn(canvas: Canvas): number {
  return new Set(new Uint32Array(canvas.pixels.buffer)).size;
}

function viewed(part: Uint8Array, { screen }: Canvas): Canvas {
  const viewer = new Canvas(screen);
  viewer.drawPart(part);
  return viewer;
}

/** Red, green and blue of the pixels that are no holes in the picture. */
function drawnColors({ pixels }: Canvas, picture: Canvas): Uint8Array {
  const isDrawn = (i: number) => picture.pixels[i | 3] === 255;
  return Uint8Array.from(pixels.filter((_, i) => i % 4 < 3 && isDrawn(i)));
}

function assertClose(viewer: Canvas, canvas: Canvas): void {
  if (colorsOn(canvas) <= EXACT_COLORS) {
    assertEquals(viewer.pixels, canvas.pixels);
    return;
  }
  const decibels = psnr(
    drawnColors(canvas, canvas),
    drawnColors(viewer, canvas),
  );
  assert(decibels >= LEAST_DECIBELS, `${decibels} dB`);
}

Deno.test("keyframe() is at 38 dB at least, whatever the colors", () => {
  const colors = fc.oneof(
    fc.integer({ min: 2, max: 4000 }),
    fc.integer({ min: 2, max: 300_000 }),
  );
  fc.assert(
    fc.property(colors, fc.nat(), (count, seed) => {
      const height = Math.max(4, Math.ceil(count / 640));
      const canvas = noise(640, height, count, seed);
      assertClose(viewed(keyframe(canvas), canvas), canvas);
    }),
    { numRuns: 15 },
  );
});

Deno.test("keyframe() of a gradient is at 38 dB at least, with holes", () => {
  const canvas = new Canvas({ width: 320, height: 180 });
  for (let i = 640; i < 320 * 180; i++) {
    const x = i % 320, y = Math.floor(i / 320);
    canvas.pixels.set([x * 255 / 319, y * 255 / 179, x + y >> 1, 255], 4 * i);
  }
  const part = keyframe(canvas);
  const viewer = viewed(part, canvas);
  for (let i = 3; i < viewer.pixels.length; i += 4) {
    assertEquals(viewer.pixels[i], canvas.pixels[i]);
    for (const { pixels } of [viewer, canvas]) pixels[i] = 255;
  }
  assertClose(viewer, canvas);
  assertEquals([...partImages(part)].length, 9);
});

Deno.test("difference() of more colors than 255 images have is close", () => {
  const canvas = noise(400, 250, 100_000, 1);
  const part = difference(new Canvas(canvas.screen), canvas)!;
  assertClose(viewed(part.bytes, canvas), canvas);
});

Deno.test({
  name: "keyframe() lets viewers join a GIF of many colors late",
  ignore: caseFile === undefined,
  fn() {
    const frames = framesOf(Deno.readFileSync(caseFile!));
    const canvas = new Canvas(frames[0].screen);
    for (const frame of frames) canvas.draw(frame);
    assert(colorsOn(canvas) > EXACT_COLORS);
    assertClose(viewed(keyframe(canvas), canvas), canvas);
  },
});

Deno.test({
  name: "keyframe() of noise is the same in Chromium",
  ignore: !CHROMIUM.installed,
  async fn() {
    const canvas = noise(64, 40, 2560, 1);
    const part = keyframe(canvas);
    const images = [...partImages(part)].length;
    const [decoded] = await decodedByChromium([wholeGif(canvas.screen, part)]);
    const { pixels } = viewed(part, canvas);
    const last = decoded.subarray((images - 1) * pixels.length);
    assertEquals(last, new Uint8Array(pixels));
  },
});

Deno.test("keyframe() keeps 256 colors to be taken back around a hole", () => {
  const canvas = new Canvas({ width: 16, height: 18 });
  const place = { left: 0, top: 0, width: 16, height: 17 };
  const colors = Uint8Array.from({ length: 768 }, (_, i) => i / 3);
  const indices = Uint8Array.from({ length: 16 * 17 }, (_, i) => i);
  // Pixel 0 is black already, pixel 256 becomes so; the others are holes.
  canvas.drawPart(image({ width: 1, height: 1, colors: 2 }));
  const black = canvas.pixels.slice(0, 4);
  colors.set(black.subarray(0, 3));
  const covering = { ...place, indices, colors, disposal: 3 };
  canvas.drawPart(imagePart({ ...covering, delayCentiseconds: 2 }));
  assertEquals(colorsOn(canvas), 257);
  const viewer = viewed(keyframe(canvas), canvas);
  assertEquals(viewer.pixels, canvas.pixels);
  assertEquals(viewer.pendingDisposal, canvas.pendingDisposal);
  const next = image({ left: 3, width: 2, height: 2, colors: 2 });
  for (const each of [viewer, canvas]) each.drawPart(next);
  assertEquals(viewer.pixels, canvas.pixels);
});
