import { assert, assertEquals, assertThrows } from "@std/assert";
import { GifError } from "../../../src/gif/gif_error.ts";
import { decodeLzw } from "../../../src/gif/lzw_decode.ts";
import { FrameReader } from "../../../src/gif/read/frame_reader.ts";
import { showableImage } from "../../../src/gif/read/image_data.ts";
import {
  bytes,
  header,
  image,
  TRAILER,
  u16,
} from "../../support/gif/gif_bytes.ts";

function imageOf(picture: Uint8Array) {
  const reader = new FrameReader();
  reader.push(bytes(header(4, 1), picture, TRAILER));
  return reader.next()!.image;
}

/** A 4x1 image with data of its own making. */
function withData(...data: number[]): Uint8Array {
  return bytes(0x2c, [0, 0, 4, 1].flatMap(u16), 0, data);
}

Deno.test("showableImage() leaves sound data alone, with a surplus too", () => {
  const plain = imageOf(image({ width: 4, height: 1 }));
  assert(showableImage(plain) === plain);
  const surplus = imageOf(
    image({ width: 4, height: 1, indices: new Uint8Array(9) }),
  );
  assert(showableImage(surplus) === surplus);
});

Deno.test("showableImage() compresses a code size of 1 anew", () => {
  // Codes of 2 bits: clear, 0; then of 3: 1, 0, 1, end.
  const codes = 2 | 0 << 2 | 1 << 4 | 0 << 7 | 1 << 10 | 3 << 13;
  const found = showableImage(imageOf(withData(1, 2, ...u16(codes), 0)));
  assertEquals(found.bytes[found.dataStart], 2);
  const indices = new Uint8Array(4);
  const data = found.bytes.subarray(found.dataStart, found.dataEnd);
  assertEquals(decodeLzw(data, indices).end, "complete");
  assertEquals(indices, Uint8Array.of(0, 1, 0, 1));
});

Deno.test("showableImage() refuses data that browsers stumble over", () => {
  const cases: [Uint8Array, string][] = [
    [withData(2, 0), "found the end of the data after 0 of them"],
    [withData(2, 1, 0x2c, 0), "found the end code after 0 of them"],
    [withData(2, 1, 0x3c, 0), "found an invalid code after 0 of them"],
    [
      image({ width: 4, height: 1, indices: new Uint8Array(3) }),
      "expected 4 pixels, found the end code after 3 of them",
    ],
  ];
  for (const [picture, message] of cases) {
    assertThrows(() => showableImage(imageOf(picture)), GifError, message);
  }
});
