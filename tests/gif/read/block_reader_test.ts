import { assertEquals, assertThrows } from "@std/assert";
import type { GifBlock } from "../../../src/gif/block.ts";
import { GifError } from "../../../src/gif/gif_error.ts";
import { BlockReader } from "../../../src/gif/read/block_reader.ts";
import {
  bytes,
  COMMENT,
  graphicControl,
  header,
  image,
  NETSCAPE,
  table,
  TRAILER,
} from "../../support/gif/gif_bytes.ts";

/** All blocks, the bytes pushed in pieces of so many. */
function blocksOf(gif: Uint8Array, pieceBytes = gif.length): GifBlock[] {
  const reader = new BlockReader();
  const blocks: GifBlock[] = [];
  const pull = () => {
    for (;;) {
      const block = reader.next();
      if (block.type === "need-more") return;
      blocks.push(block);
      if (block.type === "end") return;
    }
  };
  for (let at = 0; at < gif.length; at += pieceBytes) {
    reader.push(gif.slice(at, at + pieceBytes));
    pull();
  }
  reader.end();
  if (blocks.at(-1)?.type !== "end") pull();
  return blocks;
}

/** What a block says, without where in which buffer its bytes lie. */
function content(block: GifBlock): unknown {
  if (block.type !== "image") return block;
  const { bytes, roomStart: _, dataStart, dataEnd, ...fields } = block.image;
  return { ...block, image: fields, data: bytes.slice(dataStart, dataEnd) };
}

const EVERYTHING = bytes(
  header(4, 3, 8),
  NETSCAPE,
  COMMENT,
  graphicControl({ disposal: 2, transparentIndex: 1, delayCentiseconds: 300 }),
  image({ left: 1, top: 1, width: 3, height: 2, colors: 4, interlaced: true }),
  // A plain text extension (section 25).
  [0x21, 0x01, 12, 0, 0, 0, 0, 9, 0, 9, 0, 8, 8, 1, 0, 2, 0x68, 0x69, 0],
  image({ width: 40, height: 30, sorted: true, colors: 2 }),
  TRAILER,
);

Deno.test("BlockReader reads every kind of block", () => {
  const blocks = blocksOf(EVERYTHING);
  assertEquals(blocks.map(({ type }) => type), [
    "header",
    "extension",
    "extension",
    "graphic-control",
    "image",
    "extension",
    "image",
    "end",
  ]);
  assertEquals(blocks[0], {
    type: "header",
    offset: 0,
    version: "89a",
    screen: { width: 4, height: 3 },
    globalColorTable: bytes(table(8)),
  });
  assertEquals(blocks[2], {
    type: "extension",
    offset: 37 + NETSCAPE.length,
    label: 0xfe,
    bytes: COMMENT,
  });
  assertEquals(blocks[3], {
    type: "graphic-control",
    offset: 37 + NETSCAPE.length + COMMENT.length,
    control: {
      disposal: 2,
      userInput: false,
      transparent: true,
      transparentIndex: 1,
      delayCentiseconds: 300,
    },
  });
});

Deno.test("BlockReader gives the same blocks whatever the pieces", () => {
  const whole = blocksOf(EVERYTHING).map(content);
  for (const pieceBytes of [1, 2, 3, 7, 19, 64]) {
    assertEquals(blocksOf(EVERYTHING, pieceBytes).map(content), whole);
  }
});

Deno.test("BlockReader keeps what it gave out when more is pushed", () => {
  const reader = new BlockReader();
  const images: { data: Uint8Array; copy: Uint8Array }[] = [];
  for (const byte of EVERYTHING) {
    reader.push(Uint8Array.of(byte));
    const block = reader.next();
    if (block.type !== "image") continue;
    const { bytes, dataStart, dataEnd } = block.image;
    const data = bytes.subarray(dataStart, dataEnd);
    images.push({ data, copy: data.slice() });
  }
  assertEquals(images.length, 2);
  for (const { data, copy } of images) assertEquals(data, copy);
});

Deno.test("BlockReader reads every truncation without looping", () => {
  for (let length = 0; length < EVERYTHING.length - 1; length++) {
    const cut = EVERYTHING.slice(0, length);
    for (const pieceBytes of [length || 1, 1]) {
      try {
        assertEquals(blocksOf(cut, pieceBytes).at(-1)?.type, "end");
      } catch (error) {
        if (!(error instanceof GifError)) throw error;
        assertEquals(error.offset, length, error.message);
      }
    }
  }
});

Deno.test("BlockReader.next() ends at the trailer, the end or garbage", () => {
  const gif = bytes(header(1, 1), image({ width: 1, height: 1 }));
  const last = (more: Uint8Array) => blocksOf(bytes(gif, more)).at(-1);
  const offset = gif.length;
  assertEquals(last(bytes()), { type: "end", offset, reason: "end-of-data" });
  assertEquals(last(bytes(TRAILER, "junk")), {
    type: "end",
    offset,
    reason: "trailer",
  });
  assertEquals(last(bytes("junk")), { type: "end", offset, reason: "garbage" });
});

Deno.test("BlockReader.next() says where and what it expected", () => {
  const cases: [Uint8Array, string, number][] = [
    [bytes("hello, world"), "expected GIF87a or GIF89a", 0],
    [bytes("GIF90a........"), "expected GIF87a or GIF89a", 0],
    [
      bytes([0xff, 0xd8, 0xff, 0xe0, 0, 16]),
      "found JPEG data at byte 0",
      0,
    ],
    [
      bytes([0x89], "PNG\r\n\x1a\n"),
      "found PNG data at byte 0",
      0,
    ],
    [bytes(header(1, 1), 0x99), "expected a block label", 19],
    [
      bytes(header(1, 1), 0x2c, Array(9).fill(0), 12, 0),
      "expected an LZW minimum code size of 0 to 8, found 12 at byte 29",
      29,
    ],
    [bytes(header(1, 1), [0x21, 0xfe, 9, 1]), "found the end of the data", 23],
  ];
  for (const [gif, message, offset] of cases) {
    const error = assertThrows(() => blocksOf(gif), GifError, message);
    assertEquals(error.offset, offset, error.message);
  }
});

Deno.test("BlockReader.next() tells which format it is instead", () => {
  for (
    const [gif, format] of [
      [bytes("BM", [0, 0, 0, 0]), "BMP"],
      [bytes("hello, world"), undefined],
    ] as const
  ) {
    const error = assertThrows(() => blocksOf(gif), GifError);
    assertEquals(error.format, format);
  }
});

Deno.test("BlockReader.next() throws the same error again", () => {
  const reader = new BlockReader();
  reader.push(bytes("hello, world"));
  const first = assertThrows(() => reader.next(), GifError);
  reader.push(EVERYTHING);
  assertEquals(assertThrows(() => reader.next(), GifError), first);
});

Deno.test("BlockReader refuses a block above maxBlockBytes", () => {
  const reader = new BlockReader({ maxBlockBytes: 1000 });
  reader.push(header(1, 1));
  assertEquals(reader.next().type, "header");
  reader.push(bytes([0x21, 0xfe]));
  const comment = new Uint8Array(256).fill(65);
  comment[0] = 255;
  const error = assertThrows(() => {
    for (let i = 0; i < 5; i++) {
      reader.push(comment.slice());
      reader.next();
    }
  }, GifError);
  assertEquals(
    error.message,
    "Cannot read GIF: expected an extension of at most 1000 bytes, " +
      "found a longer one at byte 19",
  );
});

Deno.test("BlockReader takes GIF87a and a table of every size", () => {
  for (const colors of [0, 2, 4, 8, 16, 32, 64, 128, 256]) {
    const gif = header(5, 6, colors);
    gif.set(bytes("87"), 3);
    const [block] = blocksOf(bytes(gif, image({ width: 1, height: 1 })));
    assertEquals(block, {
      type: "header",
      offset: 0,
      version: "87a",
      screen: { width: 5, height: 6 },
      globalColorTable: colors === 0 ? undefined : bytes(table(colors)),
    });
  }
});

Deno.test("BlockReader finds the room in front of each image", () => {
  const reader = new BlockReader();
  const gif = bytes(EVERYTHING);
  reader.push(bytes(new Uint8Array(100), gif), 100);
  const rooms: number[] = [];
  let previousEnd = 0;
  for (let b = reader.next(); b.type !== "end"; b = reader.next()) {
    if (b.type !== "image") continue;
    assertEquals(b.image.roomStart, previousEnd);
    previousEnd = b.image.dataEnd;
    rooms.push(b.offset);
  }
  // Offsets count from the first byte pushed, not from the room before it.
  const control = 37 + NETSCAPE.length + COMMENT.length;
  assertEquals(rooms[0], control + graphicControl({}).length);
});

Deno.test("BlockReader.push() refuses bytes after end()", () => {
  const reader = new BlockReader();
  reader.end();
  assertThrows(() => reader.push(EVERYTHING), TypeError, "Cannot push bytes");
});
