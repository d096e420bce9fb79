/**
 * What the encoder is meant to reach, and whether it does.
 *
 * @module
 */

import type { EncoderMode } from "../../src/gif/encoder/effort.ts";
import { bytesAt } from "./ours.ts";
import type { Result } from "./result.ts";
import type { Target } from "./still_films.ts";

const FILMS = ["bikes", "bbb", "carphone"];
const BYTES: [peer: string, films: number, screencast: number][] = [
  ["gifenc rgb565", 0.5, 0.25],
  ["ffmpeg sierra2_4a", 0.45, 0.12],
  ["gifsicle --lossy=30", 0.55, 0.25],
];

/** Prints a line for each target of the clips that were measured. */
export function printTargets(results: Result[], others: Target[]): void {
  const films = results.filter(({ clip }) => FILMS.includes(clip));
  const screen = results.filter(({ clip }) => clip === "screencast");
  const targets: Target[] = [];
  for (const [peer, film, screencast] of BYTES) {
    const ratio = (result: Result) => ratioOf(result, "best", peer);
    const name = `best, bytes by ${peer}'s`;
    targets.push({ name, value: mean(films, ratio), most: film });
    targets.push({
      name: `${name}, screencast`,
      value: mean(screen, ratio),
      most: screencast,
    });
  }
  const halves = (result: Result) =>
    ratioOf(result, "balanced", BYTES[0][0]) /
    ratioOf(result, "best", BYTES[0][0]);
  targets.push(
    {
      name: "balanced, bytes by best's",
      value: mean(films, halves),
      most: 1.2,
    },
    time("fast", "gifenc rgb444", films, 0.7),
    time("balanced", "gifenc rgb444", films, 1.5),
    time("best", "ffmpeg none", films, 0.7),
    {
      name: "best, CPU by ffmpeg none's, slowest clip",
      value: Math.max(
        ...results.map((result) => timeRatio(result, "best", "ffmpeg none")),
      ),
      most: 1.4,
    },
    ...others,
  );
  console.log("\ntarget" + " ".repeat(54) + "value   most");
  for (const { name, value, most } of targets) {
    if (Number.isNaN(value)) continue;
    console.log(
      name.padEnd(58) + value.toFixed(3).padStart(7) +
        most.toFixed(2).padStart(7) + (value <= most ? "  met" : "  NOT MET"),
    );
  }
}

function time(
  mode: EncoderMode,
  peer: string,
  films: Result[],
  most: number,
): Target {
  const value = mean(films, (result) => timeRatio(result, mode, peer));
  return { name: `${mode}, CPU by ${peer}'s`, value, most };
}

function peerOf({ peers }: Result, name: string) {
  return peers.find((peer) => peer.name === name)!;
}

/** Our bytes at the other's PSNR, by its bytes. */
function ratioOf(result: Result, mode: EncoderMode, name: string): number {
  const { psnr, bytes } = peerOf(result, name);
  return bytesAt(result.ours[mode], psnr) / bytes;
}

/** The mean time over our qualities, by the other's. */
function timeRatio(result: Result, mode: EncoderMode, name: string): number {
  const times = result.ours[mode].map((point) => point.millisecondsPerFrame);
  const own = times.reduce((a, b) => a + b) / times.length;
  return own / peerOf(result, name).millisecondsPerFrame;
}

/** The geometric mean; NaN of nothing. */
function mean(results: Result[], of: (result: Result) => number): number {
  const logarithms = results.map((result) => Math.log(of(result)));
  return Math.exp(logarithms.reduce((a, b) => a + b, 0) / results.length);
}
