import { assert, assertEquals, assertThrows } from "@std/assert";
import { Canvas } from "../../../src/gif/canvas/canvas.ts";
import { GifError } from "../../../src/gif/gif_error.ts";
import { FrameReader } from "../../../src/gif/read/frame_reader.ts";
import {
  bytes,
  COMMENT,
  graphicControl,
  header,
  image,
  TRAILER,
} from "../../support/gif/gif_bytes.ts";

/** The color index of every pixel, rows apart; a dot where there is none. */
function show(canvas: Canvas): string {
  const { screen: { width, height }, pixels } = canvas;
  return Array.from(
    { length: height },
    (_, y) =>
      Array.from({ length: width }, (_, x) => {
        const [red, , , alpha] = pixels.subarray((y * width + x) * 4);
        return alpha === 0 ? "." : red;
      }).join(""),
  ).join(" ");
}

/** What the canvas shows after each image of a GIF. */
function shown(...gif: Parameters<typeof bytes>): string[] {
  const reader = new FrameReader();
  reader.push(bytes(...gif));
  reader.end();
  let canvas: Canvas | undefined;
  const results: string[] = [];
  for (let frame = reader.next(); frame; frame = reader.next()) {
    canvas ??= new Canvas(frame.screen);
    canvas.draw(frame);
    results.push(show(canvas));
  }
  return results;
}

function filled(
  index: number,
  [left, top, width, height]: number[],
  recipe: Partial<Parameters<typeof image>[0]> = {},
): Uint8Array {
  const indices = new Uint8Array(width * height).fill(index);
  return image({ left, top, width, height, indices, ...recipe });
}

const SCREEN = [0, 0, 3, 2];

Deno.test("Canvas.copy() goes on by itself, with what is to be done", () => {
  for (const disposal of [1, 2, 3]) {
    const canvas = new Canvas({ width: 3, height: 2 });
    const draw = (canvas: Canvas, index: number, area: number[]) =>
      canvas.drawPart(bytes(
        graphicControl({ disposal }),
        filled(index, area, { colors: 4 }),
      ));
    draw(canvas, 1, SCREEN);
    draw(canvas, 2, [0, 0, 2, 1]);
    const copy = canvas.copy();
    assertEquals(copy.pixels, canvas.pixels);
    assertEquals(copy.pendingDisposal, canvas.pendingDisposal);
    const before = show(copy);
    draw(canvas, 3, [2, 1, 1, 1]);
    assertEquals(show(copy), before);
    draw(copy, 3, [2, 1, 1, 1]);
    assertEquals(copy.pixels, canvas.pixels);
  }
});

Deno.test("Canvas begins transparent, whatever the background color", () => {
  const gif = [header(3, 2, 4), filled(1, [1, 0, 1, 1]), TRAILER];
  assertEquals(shown(...gif), [".1. ..."]);
  assertEquals(show(new Canvas({ width: 3, height: 2 })), "... ...");
});

Deno.test("Canvas.draw() leaves what lies outside the image", () => {
  assertEquals(
    shown(header(3, 2, 4), filled(1, SCREEN), filled(2, [1, 1, 2, 1]), TRAILER),
    ["111 111", "111 122"],
  );
});

Deno.test("Canvas.draw() leaves what lies under transparent pixels", () => {
  const indices = Uint8Array.of(2, 3, 2, 3, 3, 2);
  assertEquals(
    shown(
      header(3, 2, 4),
      filled(1, SCREEN),
      graphicControl({ transparentIndex: 3 }),
      image({ width: 3, height: 2, indices }),
      // The index is transparent in that image only.
      filled(3, [0, 0, 1, 1]),
      TRAILER,
    ),
    ["111 111", "212 112", "312 112"],
  );
});

Deno.test("Canvas.draw() disposes of the last image before the next", () => {
  const left = "213 111", cleared = ".13 111", restored = "113 111";
  for (
    const [disposal, after] of [
      left,
      left,
      cleared,
      restored,
      restored,
      left,
      left,
      left,
    ].entries()
  ) {
    assertEquals(
      shown(
        header(3, 2, 4),
        filled(1, SCREEN),
        graphicControl({ disposal }),
        filled(2, [0, 0, 1, 1]),
        filled(3, [2, 0, 1, 1]),
        TRAILER,
      ),
      ["111 111", "211 111", after],
    );
  }
});

Deno.test("Canvas.draw() clears under transparent pixels too", () => {
  assertEquals(
    shown(
      header(3, 2, 4),
      filled(1, SCREEN),
      graphicControl({ disposal: 2, transparentIndex: 0 }),
      filled(0, [1, 0, 9, 1]),
      filled(2, [0, 1, 1, 1]),
      TRAILER,
    ),
    ["111 111", "111 111", "1.. 211"],
  );
});

Deno.test("Canvas.draw() restores the same picture again and again", () => {
  assertEquals(
    shown(
      header(3, 2, 4),
      graphicControl({ disposal: 3 }),
      filled(1, [0, 0, 2, 2]),
      graphicControl({ disposal: 3 }),
      filled(2, [1, 0, 9, 9]),
      graphicControl({ disposal: 1 }),
      filled(3, [0, 1, 1, 1]),
      graphicControl({ disposal: 3 }),
      filled(1, SCREEN),
      filled(2, [2, 0, 1, 1]),
      TRAILER,
    ),
    ["11. 11.", ".22 .22", "... 3..", "111 111", "..2 3.."],
  );
});

Deno.test("Canvas.draw() puts interlaced rows where they belong", () => {
  const rows = [0, 8, 4, 2, 6, 1, 3, 5, 7];
  assertEquals(
    shown(
      header(1, 9, 16),
      image({
        width: 1,
        height: 9,
        interlaced: true,
        indices: Uint8Array.from(rows),
        codeSize: 4,
      }),
      TRAILER,
    ),
    ["0 1 2 3 4 5 6 7 8"],
  );
});

Deno.test("Canvas.draw() leaves out what lies off the screen", () => {
  const indices = Uint8Array.of(2, 3, 2, 3, 3, 2, 2, 3, 2);
  for (
    const [left, top, expected] of [
      [0, 0, "232 332"],
      [1, 1, "111 123"],
      [2, 0, "112 113"],
      [3, 0, "111 111"],
      [0, 2, "111 111"],
      [65535, 65535, "111 111"],
    ] as const
  ) {
    const large = image({ left, top, width: 3, height: 3, indices });
    assertEquals(
      shown(header(3, 2, 4), filled(1, SCREEN), large, TRAILER)[1],
      expected,
    );
  }
});

Deno.test("Canvas.draw() leaves out interlaced rows off the screen", () => {
  const rows = [0, 4, 2, 1, 3];
  const large = image({
    top: 1,
    width: 1,
    height: 5,
    interlaced: true,
    indices: Uint8Array.from(rows),
    codeSize: 3,
  });
  assertEquals(
    shown(header(3, 3, 8), filled(7, [0, 0, 3, 3], { codeSize: 3 }), large, 59),
    ["777 777 777", "777 077 177"],
  );
});

Deno.test("Canvas.draw() prefers the image's own table", () => {
  const reader = new FrameReader();
  reader.push(bytes(header(1, 1, 2), filled(1, [0, 0, 1, 1]), TRAILER));
  const frame = reader.next()!;
  const canvas = new Canvas(frame.screen);
  canvas.draw({ ...frame, colorTable: Uint8Array.of(0, 0, 0, 7, 8, 9) });
  assertEquals([...canvas.pixels], [7, 8, 9, 255]);
});

Deno.test("Canvas.draw() makes an index without a color black", () => {
  const reader = new FrameReader();
  const indices = Uint8Array.of(1, 2, 3);
  reader.push(bytes(
    header(3, 1, 2),
    image({ width: 3, height: 1, indices }),
    TRAILER,
  ));
  const frame = reader.next()!;
  const canvas = new Canvas(frame.screen);
  canvas.draw(frame);
  assertEquals(
    [...canvas.pixels],
    [1, 254, 7, 255, 0, 0, 0, 255, 0, 0, 0, 255],
  );
});

Deno.test("Canvas.draw() draws what there is of broken data, and says so", () => {
  const short = filled(2, [0, 0, 2, 2], { indices: Uint8Array.of(2, 2, 2) });
  const reader = new FrameReader();
  reader.push(bytes(header(3, 2, 4), filled(1, SCREEN), short, TRAILER));
  const [first, second] = [reader.next()!, reader.next()!];
  const canvas = new Canvas(first.screen);
  assertEquals(canvas.draw(first), "complete");
  assertEquals(canvas.draw(second), "end-code");
  assertEquals(show(canvas), "221 211");
});

Deno.test("Canvas.draw() begins anew for a frame that stands alone", () => {
  const hole = bytes(
    header(3, 2, 4),
    graphicControl({ transparentIndex: 0 }),
    filled(2, [0, 0, 1, 1]),
    TRAILER,
  );
  const reader = new FrameReader();
  reader.push(hole);
  reader.end();
  const frame = reader.next()!;
  assertEquals(frame.standalone, true);
  const canvas = new Canvas(frame.screen);
  canvas.drawPart(filled(1, SCREEN, { colors: 4 }));
  canvas.draw(frame);
  assertEquals(show(canvas), "2.. ...");
});

Deno.test("Canvas.drawPart() draws every image of a part", () => {
  const canvas = new Canvas({ width: 3, height: 2 });
  canvas.drawPart(bytes(
    graphicControl({ disposal: 2 }),
    filled(1, SCREEN, { colors: 4 }),
    COMMENT,
    graphicControl({ transparentIndex: 3 }),
    filled(3, [0, 0, 1, 2], { colors: 4 }),
    filled(2, [1, 0, 1, 1], { colors: 4 }),
  ));
  assertEquals(show(canvas), ".2. ...");
  canvas.drawPart(bytes(0x21, 0xfe, 0));
  assertEquals(show(canvas), ".2. ...");
});

Deno.test("Canvas.drawPart() throws for what is no part", () => {
  const canvas = new Canvas({ width: 3, height: 2 });
  const part = filled(1, SCREEN, { colors: 4 });
  for (
    const [wrong, message] of [
      [
        filled(1, SCREEN),
        "expected a local color table for the image at byte 0",
      ],
      [part.subarray(0, -1), "expected the rest of an image"],
      [bytes("GIF89a"), "expected a block label"],
    ] as const
  ) {
    assertThrows(() => canvas.drawPart(wrong), GifError, message);
  }
  assertEquals(show(canvas), "... ...");
});

Deno.test("Canvas.clear() forgets the last image too", () => {
  const canvas = new Canvas({ width: 3, height: 2 });
  const part = filled(1, SCREEN, { colors: 4 });
  canvas.drawPart(part);
  canvas.drawPart(bytes(graphicControl({ disposal: 3 }), part));
  canvas.clear();
  canvas.drawPart(filled(2, [0, 0, 1, 1], { colors: 4 }));
  assertEquals(show(canvas), "2.. ...");
});

Deno.test("Canvas.pendingDisposal is what the last image asks for", () => {
  const canvas = new Canvas({ width: 3, height: 2 });
  assertEquals(canvas.pendingDisposal, undefined);
  canvas.drawPart(filled(1, SCREEN, { colors: 4 }));
  assertEquals(canvas.pendingDisposal, undefined);
  const over = filled(2, [1, 1, 9, 9], { colors: 4 });
  const place = { left: 1, top: 1, width: 2, height: 1 };
  canvas.drawPart(bytes(graphicControl({ disposal: 3 }), over));
  const before = [1, 254, 7, 255];
  assertEquals(canvas.pendingDisposal, {
    disposal: 3,
    ...place,
    pixels: Uint8ClampedArray.of(...before, ...before),
  });
  canvas.drawPart(bytes(graphicControl({ disposal: 2 }), over));
  assertEquals(canvas.pendingDisposal, {
    disposal: 2,
    ...place,
    pixels: new Uint8ClampedArray(8),
  });
});

Deno.test("Canvas.snapshot() copies the pixels", () => {
  const canvas = new Canvas({ width: 3, height: 2 });
  const before = canvas.snapshot();
  canvas.drawPart(filled(1, SCREEN, { colors: 4 }));
  assert(before.every((byte) => byte === 0));
  assertEquals(canvas.snapshot(), canvas.pixels);
});

Deno.test("Canvas throws for sides and sizes out of range", () => {
  for (const width of [0, -1, 65536, 1.5, NaN]) {
    assertThrows(
      () => new Canvas({ width, height: 1 }),
      RangeError,
      `Cannot make canvas: width and height must be 1 to 65535: ${width}x1`,
    );
  }
  assertThrows(
    () => new Canvas({ width: 65535, height: 65535 }),
    RangeError,
    "Cannot make canvas: it must have at most 67108864 pixels: 65535x65535",
  );
  assertThrows(
    () => new Canvas({ width: 3, height: 2 }, { maxPixels: 5 }),
    RangeError,
    "at most 5 pixels",
  );
});

Deno.test("Canvas.draw() throws for an image out of bounds, and draws nothing", () => {
  const canvas = new Canvas({ width: 3, height: 2 }, { maxPixels: 6 });
  canvas.drawPart(filled(1, SCREEN, { colors: 4 }));
  const wide = filled(2, [0, 0, 4, 2], { colors: 4 });
  assertThrows(
    () => canvas.drawPart(wide),
    RangeError,
    "Cannot draw image: it must have at most 6 pixels: 4x2",
  );
  assertEquals(show(canvas), "111 111");
  // Rows off the canvas need no room, unless they are interlaced.
  canvas.drawPart(filled(2, [0, 0, 3, 40], { colors: 4 }));
  assertEquals(show(canvas), "222 222");
  assertThrows(
    () =>
      canvas.drawPart(
        filled(1, [0, 0, 3, 40], { colors: 4, interlaced: true }),
      ),
    RangeError,
  );
});
