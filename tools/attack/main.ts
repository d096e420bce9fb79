/**
 * Attacks the program as strangers could, and prints what came of it:
 *
 *     deno task attack [--server deno|node] [--only WORD]
 *
 * `--only` tries those whose description has a word. Both servers are tried by
 * default, one after the other, each in a program of its own, while a viewer
 * watches; that takes some four minutes each. It ends with exit code 1 if
 * something fell. It needs Linux.
 *
 * @module
 */

import { parseArgs } from "@std/cli/parse-args";
import { delay } from "@std/async/delay";
import type { Attack, Outcome } from "./attack.ts";
import { CONNECTIONS } from "./connections.ts";
import { HTTP2 } from "./http2.ts";
import { REQUESTS } from "./requests.ts";
import { Target } from "./target.ts";

const MOST_GAP_SECONDS = 2;
/** Far more than an attack takes. */
const MOST_MILLISECONDS = 120_000;
/** Between attacks, so that one is not blamed for the one before. */
const REST_MILLISECONDS = 500;

async function main(args: string[]): Promise<number> {
  const { server, only = "" } = parseArgs(args, {
    string: ["server", "only"],
  });
  const servers = server === undefined ? ["deno", "node"] : [server];
  let fell = 0;
  console.log("| server | tried | expected | came | longest gap | |");
  console.log("| --- | --- | --- | --- | --- | --- |");
  for (const name of servers) {
    await using target = await Target.start(name);
    await delay(2000);
    for (const attack of [...REQUESTS, ...HTTP2, ...CONNECTIONS]) {
      if (!attack.tried.includes(only)) continue;
      if (!await tryOne(name, target, attack)) fell++;
    }
  }
  console.log(fell === 0 ? "\nAll held." : `\n${fell} fell.`);
  return fell === 0 ? 0 : 1;
}

/** Tries one attack, and prints what came of it; true if the program held. */
async function tryOne(
  server: string,
  target: Target,
  { tried, expected, act, mostGap = MOST_GAP_SECONDS }: Attack,
): Promise<boolean> {
  target.takeGap();
  const { came, holds } = await outcomeOf(() => act(target));
  const gap = target.takeGap();
  const isHeld = holds && gap <= mostGap;
  const cells = [server, tried, expected, came, `${gap.toFixed(1)} s`];
  console.log(`| ${cells.join(" | ")} | ${isHeld ? "held" : "FELL"} |`);
  await delay(REST_MILLISECONDS);
  return isHeld;
}

async function outcomeOf(act: () => Promise<Outcome>): Promise<Outcome> {
  const late = Promise.withResolvers<Outcome>();
  const timer = setTimeout(
    () => late.resolve({ came: "no end", holds: false }),
    MOST_MILLISECONDS,
  );
  try {
    return await Promise.race([act(), late.promise]);
  } catch (error) {
    return { came: String(error), holds: false };
  } finally {
    clearTimeout(timer);
  }
}

Deno.exit(await main(Deno.args));
