import { assertEquals } from "@std/assert";
import { encodeLzw } from "../../src/gif/lzw_encode.ts";
import { encodeUniformLzw } from "../../src/gif/uniform_lzw.ts";

Deno.test("encodeUniformLzw() gives what encodeLzw() does", () => {
  const sizes = [
    ...Array.from({ length: 300 }, (_, i) => i + 1),
    ...[7, 100, 4096, 8_372_000, 8_400_000].flatMap((n) => [n - 1, n, n + 1]),
  ];
  for (const codeSize of [2, 3, 8]) {
    for (const pixels of sizes) {
      const expected = encodeLzw(new Uint8Array(pixels), codeSize);
      const actual = encodeUniformLzw(pixels, codeSize);
      assertEquals(actual, expected, `${pixels} pixels, ${codeSize} bits`);
    }
  }
});
