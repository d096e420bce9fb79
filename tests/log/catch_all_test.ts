import { assertEquals } from "@std/assert";
import { catchAll } from "../../src/log/catch_all.ts";
import { Faults } from "../../src/log/faults.ts";
import { until } from "../support/browser/until.ts";

Deno.test("catchAll() keeps what nobody catches from ending the program", async () => {
  const told: string[] = [];
  const faults = new Faults((kind, error) =>
    told.push(`${kind}: ${(error as Error).message}`)
  );
  const stop = catchAll(faults);
  setTimeout(() => {
    throw new TypeError("in a timer");
  });
  queueMicrotask(() => {
    throw new TypeError("in a microtask");
  });
  Promise.reject(new TypeError("in a promise"));
  await until("all of them", () => told.length === 3);
  stop();
  assertEquals(told.sort(), [
    "program: in a microtask",
    "program: in a promise",
    "program: in a timer",
  ]);
  assertEquals(faults.counts.program, 3);
});
