/**
 * Ways to watch the stream, and what a browser makes of each.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import {
  processorSeconds,
  processTree,
} from "../../tests/support/screen/process_tree.ts";
import { findNumber } from "../../tests/support/screen/find_picture.ts";
import type { Scene, Way } from "../../tests/support/screen/scene.ts";

const LOOK_MILLISECONDS = 50;
/** A browser that starts may take so long to show something. */
const START_MILLISECONDS = 15_000;
/** A page that refreshes a still does so every second or two. */
const WATCH_MILLISECONDS = 6000;
const MOVING_NUMBERS = 3;
const STALL_MILLISECONDS = 3000;
const SETTLE_MILLISECONDS = 1500;
const REST_MILLISECONDS = 2000;
/** More than this share of a core is no rest. */
const REST_SHARE = 0.3;

/** A column of the matrix. */
export interface Cell extends Way {
  title: string;
  /** Gives what is seen, in few words. */
  look(scene: Scene): Promise<string>;
}

/** All columns. */
export const CELLS: readonly Cell[] = [
  { title: "img .gif", image: "live.gif", look: motion },
  { title: "img .mjpeg", image: "live.mjpeg", look: motion },
  { title: "img parts=gif", image: "live.mjpeg?parts=gif", look: motion },
  { title: "document .gif", path: "live.gif", look: motion },
  { title: "document .mjpeg", path: "live.mjpeg", look: motion },
  { title: "page", path: "", look: motion },
  { title: "embed", path: "live/embed", look: motion },
  { title: "still", path: "live/still", look: motion },
  { title: "snapshot", image: "live/snapshot.gif", look: shown },
  {
    title: "clip",
    image: "live/clip.gif?seconds=2",
    waitMilliseconds: 3000,
    look: motion,
  },
  { title: "stall", image: "live.gif", look: stall },
  { title: "Ctrl-C", image: "live.gif", look: (scene) => end(scene, "SIGINT") },
  { title: "kill", image: "live.gif", look: (scene) => end(scene, "SIGKILL") },
  {
    title: "mjpeg Ctrl-C",
    image: "live.mjpeg",
    look: (scene) => end(scene, "SIGINT"),
  },
];

/** The columns of players, which show no pages. */
export const PLAYER_CELLS: readonly Cell[] = [
  { title: ".gif", path: "live.gif", look: motion },
  { title: ".gif?pace=real", path: "live.gif?pace=real", look: motion },
  { title: ".mjpeg", path: "live.mjpeg", look: motion },
  { title: "page", path: "", look: motion },
  { title: "snapshot", path: "live/snapshot.gif", look: shown },
  {
    title: "clip",
    path: "live/clip.gif?seconds=2",
    waitMilliseconds: 3000,
    look: motion,
  },
  { title: "mjpeg stall", path: "live.mjpeg", look: stall },
  {
    title: "mjpeg Ctrl-C",
    path: "live.mjpeg",
    look: (scene) => end(scene, "SIGINT"),
  },
  {
    title: "mjpeg kill",
    path: "live.mjpeg",
    look: (scene) => end(scene, "SIGKILL"),
  },
];

/** "shown" or "blank". */
async function shown(scene: Scene): Promise<string> {
  return await appears(scene) ? "shown" : "blank";
}

/** "moves", "frozen" or "blank". */
async function motion(scene: Scene): Promise<string> {
  if (!await appears(scene)) return "blank";
  const numbers = new Set<number>();
  for (const until = Date.now() + WATCH_MILLISECONDS; Date.now() < until;) {
    const number = findNumber(scene.screen.look());
    if (number !== undefined) numbers.add(number);
    await delay(LOOK_MILLISECONDS);
  }
  if (numbers.size >= MOVING_NUMBERS) return `moves (${numbers.size})`;
  return numbers.size > 0 ? "frozen" : "blank";
}

/** What is there during a stall, and after it. */
async function stall(scene: Scene): Promise<string> {
  const { screen, stream } = scene;
  if (!await appears(scene)) return "blank";
  stream.silent = true;
  await delay(STALL_MILLISECONDS);
  const during = findNumber(screen.look());
  const { newest } = stream;
  stream.silent = false;
  await delay(STALL_MILLISECONDS);
  const after = findNumber(screen.look());
  if (during === undefined || after === undefined) return "blank";
  if (after <= newest) return "frozen";
  return during === newest ? "goes on" : `goes on, was ${newest - during} late`;
}

/** What is left after the end of the program. */
async function end(
  scene: Scene,
  signal: "SIGINT" | "SIGKILL",
): Promise<string> {
  const { screen, stream, pid } = scene;
  if (!await appears(scene)) return "blank";
  await delay(SETTLE_MILLISECONDS);
  stream.silent = true;
  await delay(SETTLE_MILLISECONDS);
  await stream.end(signal);
  await delay(SETTLE_MILLISECONDS);
  const number = findNumber(screen.look());
  const before = processorSeconds(processTree(pid));
  await delay(REST_MILLISECONDS);
  const share = 1000 * (processorSeconds(processTree(pid)) - before) /
    REST_MILLISECONDS;
  const kept = number === stream.newest
    ? "kept"
    : number === undefined
    ? "lost"
    : "kept an old one";
  return share > REST_SHARE
    ? `${kept}, ${(100 * share).toFixed()} % CPU`
    : kept;
}

/** Waits for the picture for some time. */
async function appears({ screen }: Scene): Promise<boolean> {
  for (const until = Date.now() + START_MILLISECONDS; Date.now() < until;) {
    if (findNumber(screen.look()) !== undefined) return true;
    await delay(LOOK_MILLISECONDS);
  }
  return false;
}
