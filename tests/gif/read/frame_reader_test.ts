import { assertEquals, assertThrows } from "@std/assert";
import { GifError } from "../../../src/gif/gif_error.ts";
import {
  FrameReader,
  type FrameReaderOptions,
  type GifFrame,
  isKeyframe,
} from "../../../src/gif/read/frame_reader.ts";
import {
  bytes,
  graphicControl,
  header,
  image,
  NETSCAPE,
  table,
  TRAILER,
} from "../../support/gif/gif_bytes.ts";

function framesOf(gif: Uint8Array, options?: FrameReaderOptions): GifFrame[] {
  const reader = new FrameReader(options);
  reader.push(gif);
  reader.end();
  return pull(reader);
}

function pull(reader: FrameReader): GifFrame[] {
  const frames: GifFrame[] = [];
  for (let f = reader.next(); f !== undefined; f = reader.next()) {
    frames.push(f);
  }
  return frames;
}

const SEQUENCE = {
  screen: { width: 8, height: 8 },
  globalColorTable: bytes(table(4)),
};
/** As ffmpeg's image2 muxer writes it, spliced, or as it should be. */
function bareFrame(recipe: { left: number; spliced: boolean }): Uint8Array {
  const control = graphicControl({ disposal: 1, transparentIndex: 3 });
  const picture = image({ left: recipe.left, width: 2, height: 2 });
  const splice = recipe.spliced ? NETSCAPE : [];
  return bytes(
    control,
    picture.slice(0, 5),
    splice,
    picture.slice(5),
    TRAILER,
  );
}

Deno.test("FrameReader.next() gives every image its table and control", () => {
  const gif = bytes(
    header(2, 2, 8),
    graphicControl({ delayCentiseconds: 7 }),
    image({ width: 2, height: 2 }),
    image({ width: 1, height: 1, colors: 4 }),
    TRAILER,
  );
  const [first, second, ...rest] = framesOf(gif);
  assertEquals(rest, []);
  assertEquals(first.graphicControl?.delayCentiseconds, 7);
  assertEquals(first.colorTable, bytes(table(8)));
  assertEquals(second.graphicControl, undefined);
  assertEquals(second.colorTable, bytes(table(4)));
});

Deno.test("FrameReader.next() gives an opaque frame with its last byte", () => {
  const reader = new FrameReader();
  const gif = bytes(header(2, 2), image({ width: 2, height: 2 }));
  for (const byte of gif.slice(0, -1)) {
    reader.push(Uint8Array.of(byte));
    assertEquals(reader.next(), undefined);
  }
  reader.push(gif.slice(-1));
  assertEquals(reader.next()?.image.width, 2);
  assertEquals(reader.done, false);
});

Deno.test("FrameReader tells an image that stands alone from an animation", () => {
  const hole = bytes(
    header(2, 2),
    graphicControl({ transparentIndex: 0 }),
    image({ width: 2, height: 2 }),
  );
  const [alone] = framesOf(bytes(hole, TRAILER));
  assertEquals([alone.standalone, isKeyframe(alone)], [true, true]);
  const animation = framesOf(
    bytes(hole, image({ width: 1, height: 1 }), TRAILER),
  );
  assertEquals(animation.map(({ standalone }) => standalone), [false, false]);
  assertEquals(animation.map(isKeyframe), [false, false]);
});

Deno.test("FrameReader.endReason tells what ended the GIF", () => {
  const hole = bytes(header(2, 2), image({ width: 1, height: 1 }));
  const reasonOf = (...more: (number | Uint8Array)[]) => {
    const reader = new FrameReader();
    reader.push(bytes(hole, ...more));
    reader.end();
    assertEquals(reader.endReason, undefined);
    pull(reader);
    return reader.endReason;
  };
  assertEquals(reasonOf(TRAILER), "trailer");
  assertEquals(reasonOf(), "end-of-data");
  assertEquals(reasonOf(0x99), "garbage");
  assertEquals(reasonOf(image({ width: 1, height: 1 }), TRAILER), "trailer");
});

Deno.test("FrameReader enlarges the screen to hold the first image", () => {
  const [frame] = framesOf(
    bytes(header(2, 2), image({ left: 3, width: 4, height: 5 }), TRAILER),
  );
  assertEquals(frame.screen, { width: 7, height: 5 });
  const frames = framesOf(bytes(
    header(2, 2),
    image({ width: 2, height: 2 }),
    image({ left: 1, width: 2, height: 2 }),
  ));
  assertEquals(frames[1].screen, { width: 2, height: 2 });
});

Deno.test("FrameReader reads bare frames, mended or as they should be", () => {
  for (const spliced of [true, false]) {
    for (const left of [0, 2]) {
      const bare = bareFrame({ left, spliced });
      for (const pieceBytes of [bare.length, 1]) {
        const reader = new FrameReader({ sequence: SEQUENCE });
        for (let at = 0; at < bare.length; at += pieceBytes) {
          reader.push(bare.slice(at, at + pieceBytes));
          if (at + pieceBytes < bare.length - 1) {
            assertEquals(reader.next(), undefined);
          }
        }
        const [frame, ...rest] = pull(reader);
        assertEquals(rest, []);
        assertEquals(reader.done, true);
        assertEquals(frame.screen, SEQUENCE.screen);
        assertEquals(frame.colorTable, SEQUENCE.globalColorTable);
        assertEquals(frame.graphicControl?.transparentIndex, 3);
        const { left: frameLeft, width, height } = frame.image;
        assertEquals([frameLeft, width, height], [left, 2, 2]);
        assertEquals(isKeyframe(frame), false);
      }
    }
  }
});

Deno.test("FrameReader refuses what cannot be shown", () => {
  const cases: [Uint8Array, string][] = [
    [bytes(), "expected a picture, found the end at byte 0"],
    [bytes(header(1, 1), TRAILER), "expected a picture, found the end"],
    [bareFrame({ left: 0, spliced: true }), "expected the first file of its"],
    [
      bytes(header(65535, 65535), image({ width: 1, height: 1 })),
      "expected a screen of at most 8388608 pixels, found 65535x65535",
    ],
    [
      bytes(
        header(1, 1),
        image({ width: 65535, height: 65535, indices: bytes() }),
      ),
      "expected an image of at most 8388608 pixels, found 65535x65535",
    ],
    [
      bytes(
        header(1, 1),
        image({ left: 65535, top: 65535, width: 1, height: 1 }),
      ),
      "expected a screen of at most 8388608 pixels, found 65536x65536",
    ],
    [
      bytes(header(1, 1), image({ left: 65535, width: 1, height: 1 })),
      "expected a screen of 1 to 65535 pixels a side, found 65536x1 at byte 19",
    ],
    [
      bytes(header(0, 0), image({ top: 65000, width: 1, height: 536 })),
      "expected a screen of 1 to 65535 pixels a side, found 1x65536 at byte 19",
    ],
  ];
  for (const [gif, message] of cases) {
    assertThrows(() => framesOf(gif), GifError, message);
  }
});

Deno.test("FrameReader gives the frames before a mistake, then the mistake", () => {
  const gif = bytes(
    header(4, 4),
    image({ width: 1, height: 1 }),
    [0x21, 0xfe, 200, 1, 2],
  );
  const reader = new FrameReader();
  reader.push(gif);
  reader.end();
  assertEquals(reader.next()?.image.width, 1);
  assertThrows(() => reader.next(), GifError, "found the end of the data");
});

Deno.test("FrameReader gives nothing after an image that it refuses", () => {
  const tooLarge = image({ width: 65535, height: 65535, indices: bytes() });
  const picture = image({ width: 1, height: 1 });
  const reader = new FrameReader();
  reader.push(bytes(header(4, 4), picture, tooLarge, picture, TRAILER));
  reader.end();
  assertEquals(reader.next()?.image.width, 1);
  for (let calls = 0; calls < 2; calls++) {
    assertThrows(() => reader.next(), GifError, "expected an image of at most");
  }
});

Deno.test("FrameReader refuses a bare frame of a sequence without a screen", () => {
  const screen = { width: 0, height: 0 };
  const reader = new FrameReader({ sequence: { ...SEQUENCE, screen } });
  reader.push(bareFrame({ left: 0, spliced: false }));
  assertThrows(
    () => reader.next(),
    GifError,
    "expected a screen of 1 to 65535 pixels a side, found 0x0",
  );
});
