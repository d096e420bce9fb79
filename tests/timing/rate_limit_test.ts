import { assertEquals } from "@std/assert";
import { RateLimit } from "../../src/timing/rate_limit.ts";

/** The times at which something is taken. */
function takenAt(limit: RateLimit, times: number[]): number[] {
  return times.filter((time) => limit.takes(time));
}

Deno.test("RateLimit takes all that is a little early or late", () => {
  const times = [0, 145, 160, 320, 355, 540, 580, 700];
  assertEquals(takenAt(new RateLimit(10), times), times);
});

Deno.test("RateLimit drops what comes too soon, and makes no bursts", () => {
  const times = Array.from({ length: 40 }, (_, i) => 25 * i);
  // The second one may come early.
  assertEquals(takenAt(new RateLimit(10), times).length, 11);
  assertEquals(takenAt(new RateLimit(10), [0, 5000, 5001, 5002]).length, 3);
  assertEquals(takenAt(new RateLimit(0.01), [0, 1, 2, 24_000]), [0]);
});

Deno.test("RateLimit without a rate takes all", () => {
  assertEquals(takenAt(new RateLimit(), [0, 0, 0]), [0, 0, 0]);
});
