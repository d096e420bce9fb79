import { assert } from "@std/assert";
import { pause } from "../../src/timing/pause.ts";

Deno.test("pause() waits", async () => {
  const startedAt = performance.now();
  await pause(30);
  assert(performance.now() - startedAt > 28);
});

Deno.test("pause() ends at once when it is aborted, before or meanwhile", async () => {
  const stop = new AbortController();
  const waiting = pause(60_000, stop.signal);
  stop.abort(new Error("no more"));
  await waiting;
  await pause(60_000, stop.signal);
});
