import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { encodeFlexibly } from "../../../../src/gif/encoder/lossy/flexible_lzw.ts";
import { decodeLzw } from "../../../../src/gif/lzw_decode.ts";
import { encodeLzw } from "../../../../src/gif/lzw_encode.ts";
import { random } from "../../../support/gif/pictures.ts";

function decoded(data: Uint8Array, pixels: number): Uint8Array {
  const indices = new Uint8Array(pixels);
  decodeLzw(data, indices);
  return indices;
}

/** Pieces of a few strings, one after another, as tiles of a game are. */
function pieces(length: number, colors: number, seed: number): Uint8Array {
  const next = random(seed);
  const strings = Array.from(
    { length: 6 },
    () => Array.from({ length: 40 }, () => Math.floor(next() * colors)),
  );
  const indices: number[] = [];
  while (indices.length < length) {
    const string = strings[Math.floor(next() * strings.length)];
    indices.push(...string.slice(Math.floor(next() * string.length)));
  }
  return Uint8Array.from(indices.slice(0, length));
}

Deno.test("encodeFlexibly() keeps every index", () => {
  const property = fc.property(
    fc.integer({ min: 2, max: 8 }),
    fc.integer({ min: 1, max: 40_000 }),
    fc.integer(),
    fc.boolean(),
    (codeSize, length, seed, isNoise) => {
      const next = random(seed);
      const indices = isNoise
        ? Uint8Array.from({ length }, () => Math.floor(next() * 2 ** codeSize))
        : pieces(length, 2 ** codeSize, seed);
      assertEquals(decoded(encodeFlexibly(indices, codeSize), length), indices);
    },
  );
  fc.assert(property, { numRuns: 60 });
});

Deno.test("encodeFlexibly() keeps short images, at which codes widen", () => {
  for (let length = 1; length < 600; length++) {
    const indices = pieces(length, 4, length);
    assertEquals(decoded(encodeFlexibly(indices, 2), length), indices);
  }
});

Deno.test("encodeFlexibly() takes fewer bytes than phrases as long as may be", () => {
  const indices = pieces(60_000, 16, 1);
  const flexible = encodeFlexibly(indices, 4).length;
  const greedy = encodeLzw(indices, 4).length;
  assert(flexible < greedy * 0.97, `${flexible} after ${greedy}`);
});
