import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { type Attempt, nextQuality } from "../../../src/cli/file/fit_bytes.ts";
import { lambdaOf } from "../../../src/gif/encoder/quality.ts";

/** Encodes until there is nothing better to try. */
function search(
  bytesAt: (quality: number) => number,
  maxBytes: number,
  mostQuality = 100,
): Attempt[] {
  const attempts: Attempt[] = [];
  let quality: number | undefined = Math.min(50, mostQuality);
  while (quality !== undefined) {
    attempts.push({ quality, bytes: bytesAt(quality) });
    quality = nextQuality(attempts, maxBytes, mostQuality);
  }
  return attempts;
}

Deno.test("nextQuality() finds what fits, and nearly fills it, in few passes", () => {
  const property = fc.property(
    fc.record({
      exponent: fc.double({ min: 0.2, max: 0.8, noNaN: true }),
      most: fc.double({ min: 0.05, max: 3, noNaN: true }),
    }),
    ({ exponent, most }) => {
      const bytesAt = (quality: number) =>
        Math.round(1e6 * Math.max(0.01, lambdaOf(quality)) ** -exponent);
      const maxBytes = Math.round(bytesAt(50) * most);
      const attempts = search(bytesAt, maxBytes);
      assert(attempts.length <= 8, `${attempts.length} passes`);
      const fitting = attempts.filter(({ bytes }) => bytes <= maxBytes);
      if (fitting.length === 0) return assert(bytesAt(1) > maxBytes);
      const best = Math.max(...fitting.map(({ quality }) => quality));
      const isBest = best === 100 || bytesAt(best + 1) > maxBytes ||
        bytesAt(best) >= 0.9 * maxBytes || attempts.length >= 7;
      assert(isBest, JSON.stringify({ attempts, maxBytes }));
    },
  );
  fc.assert(property);
});

Deno.test("nextQuality() asks for no more than the quality that is wanted", () => {
  const attempts = search((quality) => quality * 10, 1e6, 80);
  assertEquals(Math.max(...attempts.map(({ quality }) => quality)), 80);
});

Deno.test("nextQuality() tries quality 1 before it gives up", () => {
  const attempts = search((quality) => 1000 + quality, 100);
  assert(attempts.some(({ quality }) => quality === 1));
});
