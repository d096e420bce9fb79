/**
 * The program, which also measures how long its thread is busy at a stretch:
 * SIGUSR2 begins anew, and at its end it writes the milliseconds.
 *
 * @module
 */

import { main } from "../../src/cli/main.ts";

const LOOK_MILLISECONDS = 2;

let worst = 0, last = performance.now();
setInterval(() => {
  const now = performance.now();
  worst = Math.max(worst, now - last - LOOK_MILLISECONDS);
  last = now;
}, LOOK_MILLISECONDS);
Deno.addSignalListener("SIGUSR2", () => {
  worst = 0;
  last = performance.now();
});

const code = await main(Deno.args);
console.log(Math.round(Math.max(worst, performance.now() - last)));
Deno.exit(code);
