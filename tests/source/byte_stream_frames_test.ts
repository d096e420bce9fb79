import { assert, assertEquals, assertMatch } from "@std/assert";
import { framePart } from "../../src/gif/write/frame_part.ts";
import { byteStreamFrames } from "../../src/source/byte_stream_frames.ts";
import {
  bytes,
  graphicControl,
  header,
  image,
  table,
  TRAILER,
} from "../support/gif/gif_bytes.ts";

/** A GIF whose images are so many pixels wide. */
function gif(...widths: number[]): Uint8Array {
  const images = widths.map((width) => image({ width, height: 1 }));
  return bytes(header(9, 9), ...images, TRAILER);
}

/** The widths of the frames found, and the warnings on the way. */
async function widthsOf(
  data: Uint8Array | Uint8Array[],
  chunkBytes = data.length || 1,
): Promise<{ widths: number[]; warnings: string[] }> {
  const chunks: Uint8Array[] = Array.isArray(data) ? data : [];
  for (let at = 0; chunks !== data && at < data.length; at += chunkBytes) {
    chunks.push((data as Uint8Array).slice(at, at + chunkBytes));
  }
  const warnings: string[] = [];
  const widths: number[] = [];
  const frames = byteStreamFrames(ReadableStream.from(chunks), {
    onWarning: (message) => warnings.push(message),
  });
  for await (const { frame } of frames) widths.push(frame.image.width);
  return { widths, warnings };
}

Deno.test("byteStreamFrames() gives a frame when its last byte arrives", async () => {
  const { readable, writable } = new TransformStream<Uint8Array>();
  const writer = writable.getWriter();
  const frames = byteStreamFrames(readable);
  const opaque = bytes(header(2, 1), image({ width: 2, height: 1 }));
  writer.write(opaque);
  assertEquals((await frames.next()).value?.frame.image.width, 2);
  writer.write(image({ width: 1, height: 1 }));
  assertEquals((await frames.next()).value?.frame.image.width, 1);
  await frames.return(undefined);
});

Deno.test("byteStreamFrames() reads one GIF after another", async () => {
  const data = bytes(gif(1, 2), gif(3), "\n\n", gif(4, 5));
  for (const chunkBytes of [1, 2, 7, 100, data.length]) {
    assertEquals(await widthsOf(data, chunkBytes), {
      widths: [1, 2, 3, 4, 5],
      warnings: [],
    });
  }
});

Deno.test("byteStreamFrames() finds the next GIF after a mistake", async () => {
  const broken = gif(2);
  broken[12 + 6 + 1 + 10] = 99; // The LZW minimum code size.
  const data = bytes(gif(1), broken, "GIF8 GIF89", gif(3), "GIGIF", gif(4));
  for (const chunkBytes of [1, 3, 50, data.length]) {
    const { widths, warnings } = await widthsOf(data, chunkBytes);
    assertEquals(widths, [1, 3, 4], `${chunkBytes} bytes a chunk`);
    assertEquals(warnings.length, 2);
    assertMatch(warnings[0], /LZW minimum code size of 0 to 8, found 99/);
    assertMatch(warnings[1], /expected the header of another, found 0x47/);
  }
});

Deno.test("byteStreamFrames() warns of an input without a picture", async () => {
  const cases: [Uint8Array, RegExp][] = [
    [bytes(), /expected a picture, found the end at byte 0/],
    [bytes("hello"), /found the end of the data at byte 5/],
    [gif(5).slice(0, -6), /expected the rest of an image/],
    [
      bytes([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0]),
      /JPEG data at byte 0; ffmpeg writes/,
    ],
  ];
  for (const [data, warning] of cases) {
    const { widths, warnings } = await widthsOf(data);
    assertEquals(widths, []);
    assertEquals(warnings.length, 1);
    assertMatch(warnings[0], warning);
  }
});

Deno.test("byteStreamFrames() begins anew where a header cuts a GIF off", async () => {
  const whole = gif(1, 2);
  // Up to here it is header and the first image.
  const boundary = bytes(header(9, 9), image({ width: 1, height: 1 })).length;
  const holds = [
    [whole.slice(0, boundary + 3), [1], /in the middle of an image/],
    [whole.slice(0, -4), [1], /in the middle of an image/],
    [whole.slice(0, -1), [1, 2], undefined],
    [whole.slice(0, boundary), [1], undefined],
    [
      bytes(whole.slice(0, boundary), [0x21, 0xf9, 4]),
      [1],
      /in the middle of an extension/,
    ],
    [whole.slice(0, 9), [], /in the middle of its header/],
    [whole.slice(0, 19), [], /expected a picture, found the end at byte 19/],
  ] as const;
  const next = gif(3, 4);
  // Ends the block that was cut, if it is taken for sub-block data.
  const data = image({ width: 9, height: 9, codeSize: 8 });
  for (const [cut, before, warning] of holds) {
    const stream = bytes(cut, next.slice(0, -1), data, TRAILER, gif(5));
    for (const chunkBytes of [1, 2, 3, 5, 7, cut.length, stream.length]) {
      const { widths, warnings } = await widthsOf(stream, chunkBytes);
      assertEquals(widths, [...before, 3, 4, 9, 5]);
      assertEquals(warnings.length, warning === undefined ? 0 : 1);
      if (warning !== undefined) assertMatch(warnings[0], warning);
    }
  }
  const { warnings } = await widthsOf(bytes(whole.slice(0, -4), next));
  assertEquals(warnings, [
    `Cannot read GIF: it ended at byte ${whole.length - 4} in the middle of ` +
    "an image; the next one begins",
  ]);
});

Deno.test("byteStreamFrames() knows a header in an extension that is whole", async () => {
  for (const label of [0xfe, 0xff]) {
    const thumbnail = bytes([0x21, label, 9], "by GIF89a", [
      7,
      ...bytes("GIF87a!"),
      0,
    ]);
    const data = bytes(
      header(9, 9),
      image({ width: 1, height: 1 }),
      thumbnail,
      image({ width: 2, height: 1 }),
      thumbnail,
      TRAILER,
      gif(3),
    );
    assertEquals(await widthsOf(data), { widths: [1, 2, 3], warnings: [] });
  }
});

Deno.test("byteStreamFrames() knows it wherever the chunks end", async () => {
  const long = bytes("GIF89a", new Uint8Array(249).fill(0x2c));
  const extension = bytes([0x21, 0xfe, 9], "by GIF89a", 255, long, 7, [
    ...bytes("GIF87a!"),
    0,
  ]);
  const data = bytes(
    header(9, 9),
    image({ width: 1, height: 1 }),
    extension,
    image({ width: 2, height: 1 }),
    extension,
    TRAILER,
    gif(3),
  );
  const expected = { widths: [1, 2, 3], warnings: [] };
  for (let split = 1; split <= data.length; split++) {
    assertEquals(await widthsOf(data, split), expected, `${split}`);
    const { widths, warnings } = await widthsOf([
      data.slice(0, split),
      data.slice(split),
    ]);
    assertEquals({ widths, warnings }, expected, `split at ${split}`);
  }
});

Deno.test("byteStreamFrames() begins anew where a header cuts a comment off", async () => {
  for (const length of [1, 6, 100, 255]) {
    const cut = bytes(gif(1).slice(0, -1), [0x21, 0xfe, length], "a");
    // No part of it may look like the end of the comment.
    const next = bytes(gif(3).slice(0, -1), image({ width: 4, height: 1 }));
    const stream = bytes(cut, next, TRAILER, gif(5));
    const whole = (await widthsOf(stream)).widths;
    for (let split = 1; split < stream.length; split++) {
      const chunks = [stream.slice(0, split), stream.slice(split)];
      assertEquals((await widthsOf(chunks)).widths, whole, `${split}`);
    }
    assertEquals((await widthsOf(stream, 1)).widths, whole);
    assertEquals(whole.slice(-1), [5], `${length}`);
  }
});

Deno.test("byteStreamFrames() warns once when it loses a GIF", async () => {
  const cut = gif(1).slice(0, -1);
  const lost = (at: number, expected: string, found: string) =>
    `Lost the GIF at byte ${at}: expected ${expected}, found ${found}; ` +
    "waiting for the next header";
  for (const chunkBytes of [1, 4, 1000]) {
    const garbage = bytes(cut, [0x99, 0x98], "more", gif(2));
    assertEquals(await widthsOf(garbage, chunkBytes), {
      widths: [1, 2],
      warnings: [lost(cut.length, "a block label", "0x99")],
    });
    const padding = [0, 9, 10, 13, 32];
    const behind = bytes(cut, TRAILER, padding, "more and more", gif(2));
    const at = cut.length + 1 + padding.length;
    assertEquals(await widthsOf(behind, chunkBytes), {
      widths: [1, 2],
      warnings: [lost(at, "the header of another", "0x6d")],
    });
    const padded = bytes(cut, TRAILER, padding, gif(2), padding);
    assertEquals((await widthsOf(padded, chunkBytes)).warnings, []);
  }
});

Deno.test("byteStreamFrames() begins every GIF on a clear canvas", async () => {
  const hole = bytes(
    header(2, 1),
    graphicControl({ transparentIndex: 0, disposal: 3 }),
    image({ width: 2, height: 1 }),
    image({ width: 1, height: 1 }),
  );
  const stream = bytes(hole, TRAILER, hole, hole.slice(0, -3), hole);
  const standalone: boolean[] = [];
  for await (const { frame } of byteStreamFrames(new Blob([stream]).stream())) {
    standalone.push(frame.standalone);
  }
  assertEquals(standalone, [true, false, true, false, true, true, false]);
});

Deno.test("byteStreamFrames() keeps no large buffer for a small frame", async () => {
  const picture = image({ width: 3, height: 2, colors: 8 });
  const control = graphicControl({ delayCentiseconds: 2 });
  const small = bytes(header(3, 2), control, picture, picture, TRAILER);
  const read = new Uint8Array(65536);
  read.set(small);
  const full = bytes(...Array<Uint8Array>(100).fill(small));
  for (const chunk of [read.subarray(0, small.length), full]) {
    for await (
      const { frame } of byteStreamFrames(ReadableStream.from([chunk]))
    ) {
      const { image, colorTable } = frame;
      const partBytes = control.length + picture.length;
      assert(image.bytes.buffer.byteLength <= 4 * partBytes);
      assertEquals(colorTable, bytes(table(8)));
      assertEquals(image.localColorTable, colorTable);
      const part = framePart(frame);
      assertEquals(part.bytes, bytes(control, picture));
      assert(part.bytes.buffer.byteLength <= 4 * partBytes);
    }
  }
});
