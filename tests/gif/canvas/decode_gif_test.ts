import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { decodeGif } from "../../../src/gif/canvas/decode_gif.ts";
import { GifError } from "../../../src/gif/gif_error.ts";
import { drawing, drawnByModel, gifOf } from "../../support/gif/drawings.ts";
import {
  bytes,
  graphicControl,
  header,
  image,
  TRAILER,
} from "../../support/gif/gif_bytes.ts";

const PICTURE = image({ width: 2, height: 1 });

Deno.test("decodeGif() gives each picture pixels of its own, and its delay", () => {
  const decoded = [...decodeGif(bytes(
    header(2, 1),
    PICTURE,
    graphicControl({ delayCentiseconds: 7 }),
    image({ left: 1, width: 1, height: 1 }),
    TRAILER,
  ))];
  assertEquals(decoded, [
    {
      screen: { width: 2, height: 1 },
      pixels: Uint8ClampedArray.of(0, 255, 0, 255, 1, 254, 7, 255),
      delayCentiseconds: 0,
    },
    {
      screen: { width: 2, height: 1 },
      pixels: Uint8ClampedArray.of(0, 255, 0, 255, 0, 255, 0, 255),
      delayCentiseconds: 7,
    },
  ]);
});

Deno.test("decodeGif() decodes any GIF as a pixel-by-pixel model does", () => {
  fc.assert(fc.property(drawing, (recipe) => {
    const decoded = [...decodeGif(gifOf(recipe))].map(({ pixels }) => pixels);
    assertEquals(decoded, [...drawnByModel(recipe)]);
  }));
});

Deno.test("decodeGif() leaves the file as it was", () => {
  const gif = bytes(header(2, 1), PICTURE, TRAILER);
  const copy = gif.slice();
  [...decodeGif(gif)];
  assertEquals(gif, copy);
});

Deno.test("decodeGif() decodes no further than is asked for", () => {
  const decoded = decodeGif(bytes(header(2, 1), PICTURE, 0x21, "cut off"));
  assertEquals(decoded.next().done, false);
  assertThrows(() => decoded.next(), GifError);
});

Deno.test("decodeGif() throws for what is no GIF, and for one too large", () => {
  assertThrows(() => decodeGif(bytes("PNG")).next(), GifError);
  assertThrows(() => decodeGif(new Uint8Array(0)).next(), GifError);
  const huge = bytes(header(65535, 65535), PICTURE, TRAILER);
  assertThrows(() => decodeGif(huge).next(), GifError, "at most 67108864");
  const gif = bytes(header(2, 1), PICTURE, TRAILER);
  assertThrows(
    () => decodeGif(gif, { maxPixels: 1 }).next(),
    GifError,
    "at most 1",
  );
});
