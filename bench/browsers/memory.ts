/**
 * Memory and processor time of real browsers that show the stream for minutes,
 * and of players and programs that read it: pictures of 131 kB, ten a second.
 *
 * ```sh
 * deno run -A bench/browsers/memory.ts --minutes 5 \\
 *     --browser WebKitGTK --way "img .gif,page"
 * deno run -A bench/browsers/memory.ts --minutes 1 \\
 *     --browser VLC,ffmpeg,curl --way .mjpeg
 * ```
 *
 * @module
 */

import { delay } from "@std/async/delay";
import { parseArgs } from "@std/cli/parse-args";
import {
  processorSeconds,
  processTree,
  treeMegabytes,
} from "../../tests/support/screen/process_tree.ts";
import { type Cell, CELLS, PLAYER_CELLS } from "./cells.ts";
import {
  type BrowserProgram,
  isInstalled,
  PROGRAMS,
  READERS,
} from "../../tests/support/screen/programs.ts";
import { chosen } from "./chosen.ts";
import { openScene } from "../../tests/support/screen/scene.ts";

const PICTURES = { blockPixels: 80, noisy: true };
const WARM_UP_MILLISECONDS = 20_000;
const SAMPLES = 10;

async function main(args: string[]): Promise<void> {
  const { minutes, browser, way } = parseArgs(args, {
    string: ["minutes", "browser", "way"],
    default: { minutes: "5" },
  });
  const milliseconds = 60_000 * Number(minutes);
  if (!(milliseconds > 0)) {
    throw new Error(`Cannot run: expected some minutes, got ${minutes}`);
  }
  const all = [...PROGRAMS, ...READERS];
  for (const program of chosen(all, browser, ({ name }) => name)) {
    if (!isInstalled(program)) continue;
    const [cells, usual] = program.isPlayer
      ? [PLAYER_CELLS, ".mjpeg"]
      : [CELLS, "img .gif,img .mjpeg,page"];
    for (const cell of chosen(cells, way ?? usual, ({ title }) => title)) {
      await measure(program, cell, milliseconds);
    }
  }
}

async function measure(
  program: BrowserProgram,
  cell: Cell,
  milliseconds: number,
): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const { pid } = await openScene(program, cell, stack, PICTURES);
  await delay(WARM_UP_MILLISECONDS);
  const seconds = processorSeconds(processTree(pid));
  const megabytes = [treeMegabytes(processTree(pid))];
  for (let sample = 1; sample <= SAMPLES; sample++) {
    await delay(milliseconds / SAMPLES);
    megabytes.push(treeMegabytes(processTree(pid)));
  }
  const used = processorSeconds(processTree(pid)) - seconds;
  const share = (100_000 * used / milliseconds).toFixed();
  console.log(
    `${program.name}, ${cell.title}: ${
      megabytes.map((value) => value.toFixed()).join(" ")
    } MB, ${share} % of a core`,
  );
}

if (import.meta.main) await main(Deno.args);
