import { assertEquals } from "@std/assert";
import { Pace } from "../../src/timing/pace.ts";

Deno.test("Pace lets the first come at once", () => {
  const pace = new Pace();
  assertEquals(pace.wait(5), 0);
  pace.step(100, 5);
  assertEquals(pace.wait(5), 100);
});

Deno.test("Pace does not add up what was a little late", () => {
  const pace = new Pace();
  pace.step(100, 0);
  pace.step(100, 130);
  assertEquals(pace.wait(130), 70);
  pace.step(100, 201);
  assertEquals(pace.wait(201), 99);
});

Deno.test("Pace begins anew after a stall", () => {
  const pace = new Pace();
  pace.step(100, 0);
  assertEquals(pace.wait(950), 0);
  pace.step(100, 950);
  assertEquals(pace.wait(950), 100);
});

Deno.test("Pace keeps to what is due before its time", () => {
  const pace = new Pace();
  pace.step(100, 0);
  pace.step(100, 60);
  assertEquals(pace.wait(60), 140);
});

Deno.test("Pace makes up for as much as it is allowed to", () => {
  const pace = new Pace();
  pace.step(100, 0, 1000);
  pace.step(100, 900, 1000);
  assertEquals(pace.wait(900), 0);
  pace.step(100, 1300, 1000);
  assertEquals(pace.wait(1300), 100);
});
