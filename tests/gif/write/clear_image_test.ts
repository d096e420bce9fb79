import { assert, assertEquals } from "@std/assert";
import { decodeLzw } from "../../../src/gif/lzw_decode.ts";
import { BlockReader } from "../../../src/gif/read/block_reader.ts";
import { clearingImage } from "../../../src/gif/write/clear_image.ts";

Deno.test("clearingImage() makes a transparent image that clears the screen", () => {
  for (const [width, height] of [[1, 1], [640, 360], [65535, 3]]) {
    const reader = new BlockReader({ start: "blocks" });
    reader.push(clearingImage({ width, height }, 300));
    reader.end();
    const control = reader.next();
    assert(control.type === "graphic-control");
    assertEquals(control.control, {
      disposal: 2,
      userInput: false,
      transparent: true,
      transparentIndex: 0,
      delayCentiseconds: 300,
    });
    const block = reader.next();
    assert(block.type === "image");
    const { image } = block;
    assertEquals(
      [image.left, image.top, image.width, image.height, image.interlaced],
      [0, 0, width, height, false],
    );
    assertEquals(image.localColorTable, new Uint8Array(6));
    const indices = new Uint8Array(width * height).fill(9);
    const data = image.bytes.subarray(image.dataStart, image.dataEnd);
    assertEquals(decodeLzw(data, indices).end, "complete");
    assert(indices.every((index) => index === 0));
    assertEquals(reader.next().type, "end");
  }
});

Deno.test("clearingImage() takes less than 1 KB at 640x360", () => {
  const { length } = clearingImage({ width: 640, height: 360 }, 2);
  assert(length < 1024, `took ${length} bytes`);
});
