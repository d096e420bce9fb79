/**
 * The program, which also measures how long its thread is busy at a stretch:
 * SIGUSR2 begins anew, and at its end it writes the milliseconds. Time in which
 * the thread could run and other threads had the processors is left out: Linux
 * tells it. Time in which it waits for a lock of the runtime counts.
 *
 * @module
 */

import { main } from "../../src/cli/main.ts";

const LOOK_MILLISECONDS = 2;
const NANOSECONDS_PER_MILLISECOND = 1e6;
const MOST_DIGITS = 64;

const file = Deno.openSync("/proc/thread-self/schedstat");
const buffer = new Uint8Array(MOST_DIGITS);
const decoder = new TextDecoder();

/** Milliseconds that this thread has waited for a processor. */
function waited(): number {
  file.seekSync(0, Deno.SeekMode.Start);
  const length = file.readSync(buffer) ?? 0;
  const [, wait] = decoder.decode(buffer.subarray(0, length)).split(" ");
  return Number(wait) / NANOSECONDS_PER_MILLISECOND;
}

let worst = 0, last = performance.now(), lastWaited = waited();
/** Notes for how long the thread was busy since it was here last. */
function look(): void {
  const now = performance.now(), nowWaited = waited();
  const gone = now - last - (nowWaited - lastWaited);
  worst = Math.max(worst, gone - LOOK_MILLISECONDS);
  last = now;
  lastWaited = nowWaited;
}
setInterval(look, LOOK_MILLISECONDS);
Deno.addSignalListener("SIGUSR2", () => {
  look();
  worst = 0;
});

const code = await main(Deno.args);
look();
console.log(Math.round(worst));
Deno.exit(code);
