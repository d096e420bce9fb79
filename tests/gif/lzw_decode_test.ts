import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { decodeLzw, type LzwResult } from "../../src/gif/lzw_decode.ts";
import { encodeLzw } from "../../src/gif/lzw_encode.ts";
import { lzwCodes, packCodes } from "../support/gif/lzw_codes.ts";

/** Decodes between guards, which must be there afterwards. */
function decode(
  data: Uint8Array,
  pixels: number,
): LzwResult & { indices: Uint8Array } {
  const guarded = new Uint8Array(pixels + 32).fill(0xaa);
  const result = decodeLzw(data, guarded.subarray(16, 16 + pixels));
  for (const guard of [guarded.subarray(0, 16), guarded.subarray(-16)]) {
    assert(guard.every((byte) => byte === 0xaa), "wrote outside its output");
  }
  return { ...result, indices: guarded.slice(16, 16 + result.pixels) };
}

/** Indices with runs and repeats, enough to fill the dictionary. */
function patterned(pixels: number, colors: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length: pixels }, (_, i) => {
    state = Math.imul(state, 1103515245) + 12345 >>> 0;
    return i % 97 < 40 ? 0 : (state >>> 16) % colors;
  });
}

for (const size of [1, 2, 3, 4, 5, 6, 7, 8]) {
  Deno.test(`decodeLzw() decodes minimum code size ${size}`, () => {
    const indices = patterned(30_000, 1 << size);
    const data = packCodes(
      lzwCodes(indices, size, { clearWhenFull: "at once" }),
      size,
    );
    const { indices: decoded, end } = decode(data, indices.length);
    assertEquals(end, "complete");
    assertEquals(decoded, indices);
  });

  Deno.test(`decodeLzw() goes on with a full dictionary at code size ${size}`, () => {
    const indices = patterned(60_000, 1 << size);
    for (const clearWhenFull of ["never", 1000] as const) {
      const codes = lzwCodes(indices, size, { clearWhenFull });
      const decoded = decode(packCodes(codes, size), indices.length);
      assertEquals(decoded.end, "complete");
      assertEquals(decoded.indices, indices);
    }
  });
}

Deno.test("decodeLzw() needs no clear code at the start", () => {
  const indices = patterned(500, 4);
  const codes = lzwCodes(indices, 2, { clearFirst: false });
  assertEquals(decode(packCodes(codes, 2), 500).indices, indices);
});

Deno.test("decodeLzw() needs no end code", () => {
  const indices = patterned(500, 4);
  const data = packCodes(lzwCodes(indices, 2, { endCode: false }), 2);
  assertEquals(decode(data, 500).end, "complete");
  const more = decode(data, 501);
  assertEquals(more.indices, indices);
  assertEquals(more.end, "end-of-data");
  assertEquals(more.offset, data.length - 1);
});

Deno.test("decodeLzw() says where an end code came early", () => {
  const data = packCodes([4, 1, 2, 5, 3, 3], 2);
  const { indices, end, offset } = decode(data, 4);
  assertEquals(indices, Uint8Array.of(1, 2));
  assertEquals(end, "end-code");
  // Three codes of 3 bits before it, behind code size and block length.
  assertEquals(offset, 3);
});

Deno.test("decodeLzw() says where a code without a string is", () => {
  // 6 and 7 come to be with the second code and the third; 5 is the end.
  assertEquals(decode(packCodes([4, 1, 6, 7], 2), 6).end, "complete");
  for (const codes of [[4, 6], [4, 7], [4, 1, 7], [4, 1, 6, 4, 6]]) {
    const data = packCodes(codes, 2, 1);
    const { end, offset } = decode(data, 9);
    assertEquals(end, "invalid-code");
    const byte = (codes.length - 1) * 3 >> 3;
    assertEquals(offset, 2 + byte * 2);
  }
});

Deno.test("decodeLzw() takes surplus data for nothing", () => {
  const data = packCodes([4, 1, 2, 3, 0, 1, 2, 3], 2);
  const { indices, end } = decode(data, 2);
  assertEquals(indices, Uint8Array.of(1, 2));
  assertEquals(end, "complete");
  // The string of code 6 is longer than what is wanted of it.
  assertEquals(decode(packCodes([4, 1, 6, 7], 2), 2).end, "complete");
});

Deno.test("decodeLzw() takes several clear codes", () => {
  const data = packCodes([4, 4, 1, 4, 4, 2, 6, 4, 5], 2);
  assertEquals(decode(data, 4).indices, Uint8Array.of(1, 2, 2, 2).slice(0, 4));
});

Deno.test("decodeLzw() refuses other code sizes", () => {
  for (const size of [9, 11, 12, 255]) {
    const { end, pixels, offset } = decode(Uint8Array.of(size, 1, 0, 0), 4);
    assertEquals({ end, pixels, offset }, {
      end: "invalid-code-size",
      pixels: 0,
      offset: 0,
    });
  }
});

Deno.test("decodeLzw() takes a code size of 0, as Chromium does", () => {
  for (const length of [1, 2, 3, 9, 100, 3000]) {
    for (const clearFirst of [true, false]) {
      const data = packCodes(
        lzwCodes(new Uint8Array(length), 0, { clearFirst }),
        0,
      );
      const { indices, end } = decode(data, length);
      assertEquals(end, "complete");
      assertEquals(indices.subarray(0, length), new Uint8Array(length));
    }
  }
});

Deno.test("decodeLzw() takes data that is empty, or an output that is", () => {
  assertEquals(decode(new Uint8Array(0), 4).end, "end-of-data");
  assertEquals(decode(Uint8Array.of(2), 4).end, "end-of-data");
  assertEquals(decode(Uint8Array.of(2, 0), 4).end, "end-of-data");
  assertEquals(decode(Uint8Array.of(2, 9), 4).end, "end-of-data");
  assertEquals(decode(Uint8Array.of(2, 0), 0).end, "complete");
});

Deno.test("decodeLzw() does not read past the block terminator", () => {
  const data = packCodes([4, 1], 2);
  const longer = Uint8Array.of(...data, ...packCodes([4, 2, 2], 2).slice(1));
  const { indices, end } = decode(longer, 3);
  assertEquals(indices, Uint8Array.of(1));
  assertEquals(end, "end-of-data");
});

Deno.test("decodeLzw() decodes a prefix of whatever data is cut off", () => {
  const indices = patterned(3000, 16);
  const data = encodeLzw(indices, 4);
  let before = 0;
  for (let length = 0; length < data.length; length++) {
    const decoded = decode(data.slice(0, length), indices.length);
    assertEquals(decoded.indices, indices.subarray(0, decoded.pixels));
    assert(decoded.pixels >= before);
    before = decoded.pixels;
  }
});

Deno.test("decodeLzw() undoes any encoder, whatever the sub-blocks", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 8 }).chain((size) =>
      fc.record({
        size: fc.constant(size),
        indices: fc.array(fc.integer({ min: 0, max: (1 << size) - 1 }), {
          maxLength: 400,
        }),
      })
    ),
    fc.integer({ min: 1, max: 255 }),
    fc.boolean(),
    ({ size, indices }, subBlockBytes, clearFirst) => {
      const codes = lzwCodes(indices, size, { clearFirst });
      const data = packCodes(codes, size, subBlockBytes);
      const decoded = decode(data, indices.length);
      assertEquals(decoded.end, "complete");
      assertEquals([...decoded.indices], indices);
    },
  ));
});

Deno.test("decodeLzw() stays in bounds and ends on random bytes", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 0, max: 2000 }),
      (bytes, size, pixels) => {
        const result = decode(Uint8Array.of(size, ...bytes), pixels);
        assert(result.pixels <= pixels);
        assertEquals(result.end === "complete", result.pixels === pixels);
        assert(result.offset <= bytes.length + 1);
      },
    ),
    { numRuns: 2000 },
  );
});
