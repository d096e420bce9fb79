import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { decodeLzw } from "../../src/gif/lzw_decode.ts";
import { encodeLzw } from "../../src/gif/lzw_encode.ts";
import { lzwCodes, packCodes } from "../support/gif/lzw_codes.ts";

/** Any code size, and indices that fit it, in runs. */
const images = fc.integer({ min: 2, max: 8 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    indices: fc.array(
      fc.tuple(
        fc.integer({ min: 0, max: (1 << size) - 1 }),
        fc.integer({ min: 1, max: 60 }),
      ),
      { maxLength: 300 },
    ).map((runs) => {
      const pixels = runs.flatMap(([index, n]) => new Array(n).fill(index));
      return Uint8Array.from(pixels);
    }),
  })
);

Deno.test("encodeLzw() writes what the textbook's encoder writes", () => {
  fc.assert(fc.property(images, ({ size, indices }) => {
    const codes = lzwCodes(indices, size, { clearWhenFull: "at once" });
    assertEquals(encodeLzw(indices, size), packCodes(codes, size));
  }));
});

for (const size of [2, 3, 4, 5, 6, 7, 8]) {
  Deno.test(`encodeLzw() fills dictionaries at code size ${size}`, () => {
    let state = size;
    const indices = Uint8Array.from({ length: 200_000 }, () => {
      state = Math.imul(state, 1103515245) + 12345 >>> 0;
      return (state >>> 16) % (1 << size);
    });
    const decoded = new Uint8Array(indices.length);
    assertEquals(decodeLzw(encodeLzw(indices, size), decoded).end, "complete");
    assertEquals(decoded, indices);
  });

  Deno.test(`encodeLzw() widens in time at any length at code size ${size}`, () => {
    const indices = Uint8Array.from(
      { length: 1200 },
      (_, i) => i % (1 << size),
    );
    for (let length = 0; length <= indices.length; length++) {
      const some = indices.subarray(0, length);
      // One more is wanted, so that the end code has to be found.
      const decoded = new Uint8Array(length + 1);
      const { end, pixels } = decodeLzw(encodeLzw(some, size), decoded);
      assertEquals({ end, pixels }, { end: "end-code", pixels: length });
      assertEquals(decoded.subarray(0, length), some);
    }
  });
}

Deno.test("encodeLzw() encodes no pixels as clear code and end code", () => {
  assertEquals(encodeLzw(new Uint8Array(0), 2), packCodes([4, 5], 2));
});

Deno.test("encodeLzw() gives each call a buffer of its own", () => {
  const first = encodeLzw(Uint8Array.of(1, 2, 3), 2);
  const copy = first.slice();
  encodeLzw(new Uint8Array(1000).fill(7), 3);
  assertEquals(first, copy);
  assertEquals(first.buffer.byteLength, first.length);
});

Deno.test("encodeLzw() throws for a code size that GIF does not have", () => {
  for (const size of [-1, 0, 1, 9, 2.5, NaN]) {
    assertThrows(
      () => encodeLzw(Uint8Array.of(0), size),
      RangeError,
      `Cannot encode LZW: minimumCodeSize must be 2 to 8: ${size}`,
    );
  }
});

Deno.test("encodeLzw() throws for an index that does not fit", () => {
  assertThrows(
    () => encodeLzw(Uint8Array.of(4), 2),
    RangeError,
    "Cannot encode LZW: indices must be less than 4: 4 at position 0",
  );
  assertThrows(
    () => encodeLzw(Uint8Array.of(1, 1, 1, 1, 9, 1), 2),
    RangeError,
    "Cannot encode LZW: indices must be less than 4: 9 at position 4",
  );
  // What was entered before the throw must not be there in the next call.
  const indices = Uint8Array.of(1, 1, 1, 1, 2, 1);
  assertEquals(encodeLzw(indices, 2), packCodes(lzwCodes(indices, 2), 2));
  assert(encodeLzw(indices, 2).length > 0);
});
