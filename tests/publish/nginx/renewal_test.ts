import { assert, assertEquals } from "@std/assert";
import { Renewal } from "../../../src/publish/nginx/renewal.ts";

Deno.test("Renewal uses a keyframe that shows all that was sent", () => {
  const renewal = new Renewal();
  assert(!renewal.isDue(31, 9000, 10_000));
  assert(!renewal.isDue(32, 1999, 10_000));
  assert(renewal.isDue(32, 2000, 10_000));
  renewal.ask(40, 10_000);
  assert(!renewal.isDue(33, 2100, 10_100));
  assert(!renewal.holds(10_010));
  assertEquals(renewal.come(40, 10_020), "use");
  assertEquals(renewal.come(40, 10_030), "leave");
  assert(renewal.isDue(32, 2000, 12_020));
});

Deno.test("Renewal holds parts up for a keyframe that came too late", () => {
  const renewal = new Renewal();
  renewal.ask(40, 0);
  assertEquals(renewal.come(41, 150), "again");
  renewal.ask(41, 150, true);
  assert(renewal.holds(1149));
  assertEquals(renewal.come(41, 350), "use");
  assert(!renewal.holds(360));
  // Holding parts for 200 ms should be rare.
  assert(!renewal.isDue(32, 7999, 20_000));
  assert(renewal.isDue(32, 8000, 20_000));
});

Deno.test("Renewal gives a keyframe up that takes too long", () => {
  const renewal = new Renewal();
  renewal.ask(40, 0, true);
  assert(!renewal.holds(1000));
  assertEquals(renewal.come(45, 1500), "leave");
  assert(!renewal.isDue(64, 19_999, 30_000));
  assert(renewal.isDue(64, 20_000, 30_000));
  // One that never comes is asked for again.
  renewal.ask(90, 30_000);
  assert(!renewal.isDue(99, 20_000, 39_999));
  assert(renewal.isDue(99, 20_000, 40_000));
});
