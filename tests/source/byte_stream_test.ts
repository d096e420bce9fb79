import { assertEquals, assertMatch } from "@std/assert";
import { byteStreamFrames } from "../../src/source/byte_stream.ts";
import { bytes, header, image, TRAILER } from "../support/gif_bytes.ts";

/** A GIF whose images are so many pixels wide. */
function gif(...widths: number[]): Uint8Array {
  const images = widths.map((width) => image({ width, height: 1 }));
  return bytes(header(9, 9), ...images, TRAILER);
}

/** The widths of the frames found, and the warnings on the way. */
async function widthsOf(
  data: Uint8Array,
  chunkBytes = data.length || 1,
): Promise<{ widths: number[]; warnings: string[] }> {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < data.length; at += chunkBytes) {
    chunks.push(data.slice(at, at + chunkBytes));
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
    assertMatch(warnings[0], /LZW minimum code size of 2 to 8, found 99/);
    assertMatch(warnings[1], /expected GIF87a or GIF89a/);
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
