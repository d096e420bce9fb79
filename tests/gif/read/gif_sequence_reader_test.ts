import { assert, assertEquals } from "@std/assert";
import { GifSequenceReader } from "../../../src/gif/read/gif_sequence_reader.ts";
import { bytes, header, image, TRAILER } from "../../support/gif/gif_bytes.ts";

const COPIES = 3;

/** A GIF whose copies, taken for sub-blocks from the G on, never end. */
function endless(): Uint8Array {
  const gif = bytes(header(2, 3), image({ width: 2, height: 3 }), TRAILER);
  for (let at = 0, hops = 0; hops <= gif.length; hops++) {
    assert(gif[at] !== 0, `ends at ${at}`);
    at = (at + 1 + gif[at]) % gif.length;
  }
  return gif;
}

/** Widths of the pictures that are there before the end. */
function widthsOf(chunks: Iterable<Uint8Array>): number[] {
  const reader = new GifSequenceReader({});
  const widths: number[] = [];
  for (const chunk of chunks) {
    for (const { image } of reader.push(chunk)) widths.push(image.width);
  }
  return widths;
}

Deno.test("GifSequenceReader shows GIFs that are alike after one that was cut off in an extension", () => {
  const gif = endless();
  const picture = image({ width: 5, height: 2 });
  const cut = bytes(header(5, 2), picture, 0x21, 0xf9);
  const stream = bytes(cut, ...Array.from({ length: COPIES }, () => gif));
  const whole = widthsOf([stream.slice()]);
  assertEquals(whole, [5, 2, 2, 2]);
  const pieces = Array.from(stream, (byte) => Uint8Array.of(byte));
  assertEquals(widthsOf(pieces), whole);
});

Deno.test("GifSequenceReader passes over a GIF in a comment", () => {
  const gif = bytes(header(5, 3), image({ width: 5, height: 3 }), TRAILER);
  const comment = bytes(0x21, 0xfe, gif.length, gif, 0);
  const picture = image({ width: 2, height: 2 });
  const stream = bytes(header(2, 2), comment, picture, comment, TRAILER, gif);
  assertEquals(widthsOf([stream.slice()]), [2, 5]);
  const pieces = Array.from(stream, (byte) => Uint8Array.of(byte));
  assertEquals(widthsOf(pieces), [2, 5]);
});
