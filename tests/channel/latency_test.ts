import { assertEquals } from "@std/assert";
import { Latency } from "../../src/channel/latency.ts";

Deno.test("Latency.observe() puts each time into the buckets that hold it", () => {
  const latency = new Latency();
  for (const milliseconds of [1, 1.01, 250, 5000, 5001]) {
    latency.observe(milliseconds);
  }
  const { buckets, count, sumSeconds } = latency.histogram();
  assertEquals(
    buckets.map((bucket) => bucket.count),
    [1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4],
  );
  assertEquals([count, Math.round(sumSeconds * 100)], [5, 1025]);
});

Deno.test("Latency smooths times, and knows when the latest is unknown", () => {
  const latency = new Latency();
  assertEquals(latency.smoothedMilliseconds, null);
  latency.observe(100);
  assertEquals(latency.smoothedMilliseconds, 100);
  latency.observe(200.04);
  assertEquals(latency.smoothedMilliseconds, 110);
  assertEquals(latency.latestMilliseconds, 200);
  latency.observe(null);
  assertEquals(latency.latestMilliseconds, null);
  assertEquals(latency.smoothedMilliseconds, 110);
});

Deno.test("Latency goes by the clock of sources, also if that is set", () => {
  const { now } = Date;
  const day = 86_400_000;
  try {
    for (const set of [-day, day]) {
      const latency = new Latency();
      Date.now = () => now() + set;
      latency.observeSince({ timestampMilliseconds: Date.now() });
      assertEquals(latency.latestMilliseconds! < 1000, true);
    }
  } finally {
    Date.now = now;
  }
});
