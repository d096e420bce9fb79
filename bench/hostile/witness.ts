/**
 * A viewer of the good channel who also asks for `/healthz`, in a program of
 * its own, so that nothing else which this one does is in what it sees. Begins
 * to count anew at a line on standard input, and writes at its end what was
 * the worst: `{"health": MILLISECONDS, "gap": MILLISECONDS}`.
 *
 *     deno run -A bench/hostile/witness.ts ADDRESS
 *
 * @module
 */

import { delay } from "@std/async/delay";

const POLL_MILLISECONDS = 20;

/** Notes how long an answer takes, and meanwhile how long it has taken. */
async function timed<T>(
  ask: () => Promise<T>,
  note: (milliseconds: number) => void,
): Promise<T> {
  const asked = performance.now();
  const noteNow = () => note(performance.now() - asked);
  const late = setInterval(noteNow, POLL_MILLISECONDS);
  try {
    const answer = await ask();
    noteNow();
    return answer;
  } finally {
    clearInterval(late);
  }
}

const [address] = Deno.args;
const worst = { health: 0, gap: 0 };
const noteHealth = (ms: number) => worst.health = Math.max(worst.health, ms);
const noteGap = (ms: number) => worst.gap = Math.max(worst.gap, ms);

/** Sees the pictures of the good channel. */
async function watch(): Promise<void> {
  const { body } = await fetch(`${address}/good.gif`);
  const reader = body!.getReader();
  while (!(await timed(() => reader.read(), noteGap)).done);
}

async function askHealth(): Promise<void> {
  while (true) {
    await timed(
      async () => await (await fetch(`${address}/healthz`)).text(),
      noteHealth,
    );
    await delay(POLL_MILLISECONDS);
  }
}

const failed = (error: unknown) => {
  console.error(error);
  Deno.exit(1);
};
watch().catch(failed);
askHealth().catch(failed);
for await (const _ of Deno.stdin.readable) {
  Object.assign(worst, { health: 0, gap: 0 });
}
console.log(JSON.stringify(worst));
Deno.exit();
