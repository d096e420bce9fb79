import { assertEquals, assertThrows } from "@std/assert";
import { GifEncoder } from "../../../src/gif/encoder/gif_encoder.ts";
import { GifError } from "../../../src/gif/gif_error.ts";
import { checkedPart } from "../../../src/source/redis/checked_part.ts";
import { bytes, image } from "../../support/gif/gif_bytes.ts";

const SCREEN = { width: 4, height: 3 };
const CONTROL = [0x21, 0xf9, 4, 4, 7, 0, 0, 0];
const IMAGE = image({ ...SCREEN, colors: 4 });

/** The part as it was checked; it may have been changed in place. */
function check(...pieces: (number | number[] | Uint8Array | string)[]) {
  return checkedPart({ bytes: bytes(...pieces), keyframe: true }, SCREEN);
}

Deno.test("checkedPart() leaves parts of the encoder as they are", () => {
  const screen = { width: 32, height: 24 };
  const encoder = new GifEncoder(screen);
  for (let number = 0; number < 5; number++) {
    const rgb = Uint8Array.from(
      { length: 32 * 24 * 3 },
      (_, at) => at * (number + 3) & 255,
    );
    const part = encoder.encode(rgb)!;
    assertEquals(
      checkedPart({ ...part, bytes: part.bytes.slice() }, screen),
      { bytes: part.bytes.slice(), keyframe: part.keyframe },
    );
  }
});

Deno.test("checkedPart() keeps delays, and all images of a part", () => {
  const { bytes: made, keyframe } = check(CONTROL, IMAGE, CONTROL, IMAGE);
  assertEquals(made, bytes(CONTROL, IMAGE, CONTROL, IMAGE));
  assertEquals(keyframe, true);
});

Deno.test("checkedPart() leaves out blocks that show nothing", () => {
  const loop = bytes([0x21, 0xff, 11], "NETSCAPE2.0", [3, 1, 0, 0, 0]);
  const comment = bytes([0x21, 0xfe, 2], "hi", 0);
  assertEquals(
    check(loop, CONTROL, comment, IMAGE, comment).bytes,
    bytes(CONTROL, IMAGE),
  );
});

Deno.test("checkedPart() refuses what would cost viewers their picture", () => {
  const cut = IMAGE.slice(0, -4);
  const short = image({ ...SCREEN, colors: 4, indices: new Uint8Array(3) });
  const bare = image(SCREEN);
  for (
    const bad of [
      ...[[IMAGE, 0x3b], [IMAGE, 0x3b, IMAGE], [0x3b], [cut], [short], [bare]],
      ...[["GIF89a", IMAGE], [IMAGE, 0], [CONTROL], []],
    ]
  ) assertThrows(() => check(...bad), GifError);
  const large = { width: 65535, height: 65535 };
  assertThrows(
    () => checkedPart({ bytes: IMAGE, keyframe: true }, large),
    GifError,
    "at most 8388608 pixels, found 65535x65535",
  );
});
