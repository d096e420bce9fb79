import { assertEquals, assertGreater } from "@std/assert";
import { delay } from "@std/async/delay";
import { until } from "../support/browser/until.ts";
import { watch } from "../support/http/watch.ts";
import { Program } from "../support/program/program.ts";

/** A picture is held for so long at most; by then all have gone. */
const HOLD_MILLISECONDS = 10_000;

/** Watches for a while that ends in the middle of a stream. */
async function glance(address: string): Promise<void> {
  const leave = AbortSignal.timeout(400);
  try {
    const response = await fetch(address, { signal: leave });
    for await (const _ of response.body!);
  } catch (error) {
    if (!leave.aborted) throw error;
  }
}

async function leaveIn(server: string): Promise<void> {
  const args = ["test:", "--port", "0", "--server", server];
  await using program = new Program({ args });
  const address = await program.address();
  let pictures = 0;
  const watching = (async () => {
    for await (const _ of watch(`${address}/live.gif`)) pictures++;
  })();
  await until("the first picture", () => pictures > 0);
  for (const form of ["pace=real", "pace=live", "pace=real&duration=60"]) {
    for (let fps = 1; fps <= 20; fps += 3) {
      await glance(`${address}/live.gif?${form}&fps=${fps}`);
    }
  }
  await glance(`${address}/live.gif?pace=real`);
  await delay(HOLD_MILLISECONDS + 1000);
  const before = pictures;
  await until("pictures", () => pictures > before + 5);
  assertGreater(pictures, 100);
  assertEquals(/uncaught|fault/i.test(program.errorText), false);
  assertEquals(await program.stop(), 0);
  await watching;
}

Deno.test("gifstream goes on when viewers of every form leave", async () => {
  await Promise.all(["deno", "node"].map(leaveIn));
});
