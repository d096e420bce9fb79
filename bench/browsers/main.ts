/**
 * Tries the stream in real browsers, each on a screen of its own, and prints
 * what each shows of it as a table in Markdown: browsers by ways to watch.
 *
 * ```sh
 * deno task setup --browsers
 * deno run -A bench/browsers/main.ts                      # all, 20 minutes
 * deno run -A bench/browsers/main.ts --browser Dillo,NetSurf --way page,still
 * ```
 *
 * `moves (N)` has shown N pictures in 6 s, of 60 that were sent; `frozen` is a
 * picture that does not change; `kept` and `lost` tell of the last picture
 * after the end of the program. `--pictures FOLDER` keeps each screen as PNG.
 *
 * @module
 */

import { parseArgs } from "@std/cli/parse-args";
import { join } from "@std/path";
import type { VirtualScreen } from "../../tests/support/screen/virtual_screen.ts";
import { type Cell, CELLS, PLAYER_CELLS } from "./cells.ts";
import {
  type BrowserProgram,
  isInstalled,
  PROGRAMS,
} from "../../tests/support/screen/programs.ts";
import { chosen } from "./chosen.ts";
import { openScene } from "../../tests/support/screen/scene.ts";

async function main(args: string[]): Promise<void> {
  const { browser, way, pictures } = parseArgs(args, {
    string: ["browser", "way", "pictures"],
  });
  const programs = chosen(PROGRAMS, browser, ({ name }) => name)
    .filter(isInstalled);
  if (pictures !== undefined) await Deno.mkdir(pictures, { recursive: true });
  const players = programs.filter(({ isPlayer }) => isPlayer);
  const browsers = programs.filter(({ isPlayer }) => !isPlayer);
  const columns = (all: readonly Cell[]) =>
    chosen(all, way, ({ title }) => title);
  if (browsers.length > 0) await table(browsers, columns(CELLS), pictures);
  if (players.length > 0) await table(players, columns(PLAYER_CELLS), pictures);
}

async function table(
  programs: readonly BrowserProgram[],
  cells: readonly Cell[],
  pictures: string | undefined,
): Promise<void> {
  print(["", ...cells.map(({ title }) => title)]);
  print(["---", ...cells.map(() => "---")]);
  for (const program of programs) {
    const row = [program.name];
    for (const cell of cells) row.push(await look(program, cell, pictures));
    print(row);
  }
}

function print(cells: string[]): void {
  console.log(`| ${cells.join(" | ")} |`);
}

async function look(
  program: BrowserProgram,
  cell: Cell,
  pictures: string | undefined,
): Promise<string> {
  await using stack = new AsyncDisposableStack();
  const scene = await openScene(program, cell, stack);
  const seen = await cell.look(scene);
  if (pictures !== undefined) {
    const name = `${program.name} ${cell.title}.png`.replaceAll(/[ /]/g, "-");
    await writePng(scene.screen, join(pictures, name));
  }
  return seen;
}

async function writePng(screen: VirtualScreen, path: string): Promise<void> {
  const { width, height, rgb } = screen.look();
  const child = new Deno.Command("ffmpeg", {
    args: [
      ...["-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24"],
      ...["-s", `${width}x${height}`, "-i", "-", path],
    ],
    stdin: "piped",
  }).spawn();
  await new Blob([rgb as BlobPart]).stream().pipeTo(child.stdin);
  await child.status;
}

if (import.meta.main) await main(Deno.args);
