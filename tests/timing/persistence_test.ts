import { assertEquals } from "@std/assert";
import { persistently } from "../../src/timing/persistence.ts";

/** What fails so often, and what was told of that. */
async function failing(times: number, stopAt = Infinity) {
  const stop = new AbortController();
  const told: unknown[] = [];
  let turns = 0;
  await persistently({
    act: () =>
      ++turns > times
        ? Promise.resolve()
        : Promise.reject(new Error(`turn ${turns}`)),
    onFailure: (error, pauseMilliseconds) => {
      told.push([(error as Error).message, pauseMilliseconds]);
      if (turns === stopAt) stop.abort();
    },
    signal: stop.signal,
  });
  return { told, turns };
}

Deno.test("persistently() does once what succeeds", async () => {
  assertEquals(await failing(0), { told: [], turns: 1 });
});

Deno.test("persistently() does again what fails, after twice the time", async () => {
  assertEquals(await failing(9, 2), {
    told: [["turn 1", 1000], ["turn 2", 2000]],
    turns: 2,
  });
});

Deno.test("persistently() takes an end by the signal for no failure", async () => {
  const stop = new AbortController();
  await persistently({
    act: () => {
      stop.abort();
      return Promise.reject(new Error("ended"));
    },
    onFailure: (error) => {
      throw error;
    },
    signal: stop.signal,
  });
});
