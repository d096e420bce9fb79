import { assertEquals } from "@std/assert";
import { RedisClock } from "../../../src/source/redis/redis_clock.ts";

Deno.test("RedisClock takes the time from the answer that came soonest", () => {
  const clock = new RedisClock();
  assertEquals(clock.ours(0), undefined);
  clock.learn(1000, 5000, 5100);
  clock.learn(2000, 6010, 6012);
  clock.learn(3000, 6990, 7050);
  assertEquals(clock.ours(2000), 6011);
});

Deno.test("RedisClock is wrong by half a round trip at most", () => {
  const clock = new RedisClock();
  const ahead = 3_600_000, oneWay = [0, 7, 20, 3];
  for (const [i, delay] of oneWay.entries()) {
    const asked = i * 1000, told = asked + delay;
    // The way back takes no time, which is the worst case.
    clock.learn(told + ahead, asked, told);
    const error = Math.abs(clock.ours(told + ahead)! - told);
    assertEquals(error <= Math.min(...oneWay.slice(0, i + 1)) / 2, true);
  }
});

Deno.test("RedisClock forgets what it knew when somebody sets the clock", () => {
  const clock = new RedisClock();
  for (let i = 0; i < 30; i++) clock.learn(i * 1000, i * 1000, i * 1000 + 1);
  const hour = 3_600_000;
  clock.learn(30_000 + hour, 30_000, 30_004);
  assertEquals(clock.ours(30_000 + hour), 30_002);
  clock.learn(31_000, 31_000, 31_004);
  assertEquals(clock.ours(31_000), 31_002);
});
