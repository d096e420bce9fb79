import { assertEquals, assertThrows } from "@std/assert";
import { startInTurn } from "../../../src/system/worker/thread_starts.ts";

const AT_A_TIME = Math.max(2, navigator.hardwareConcurrency - 1);

/** Begins starts until the next one has to wait. */
function fill(): (() => void)[] {
  return Array.from({ length: AT_A_TIME }, () => startInTurn(() => {}));
}

Deno.test("startInTurn() starts few threads at a time, the oldest first", () => {
  const started: string[] = [];
  const [first, ...others] = fill();
  const ends = ["a", "b", "c"]
    .map((name) => startInTurn(() => started.push(name)));
  assertEquals(started, []);
  first();
  // What is told twice makes room once.
  first();
  assertEquals(started, ["a"]);
  // Nobody wants it any more.
  ends[1]();
  ends[0]();
  assertEquals(started, ["a", "c"]);
  for (const end of [...others, ...ends]) end();
});

Deno.test("startInTurn() keeps no place for a thread that cannot be started", () => {
  assertThrows(
    () =>
      startInTurn(() => {
        throw new Error("no descriptors");
      }),
    Error,
    "no descriptors",
  );
  const started: string[] = [];
  const ends = fill();
  for (const end of ends) end();
  startInTurn(() => started.push("next"))();
  assertEquals(started, ["next"]);
});
