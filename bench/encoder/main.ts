/**
 * Our encoder beside others, on the same pictures: bytes at equal quality and
 * CPU time. It takes some minutes and prints one table.
 *
 * ```sh
 * deno run -A bench/encoder/main.ts [--clip NAME] [FILE...]
 * ```
 *
 * Clips are those of `../shared/media`, or files that ffmpeg reads. PSNR is
 * that of red, green and blue, the mean of pictures; ratios are our bytes, at
 * the PSNR of the other, by its bytes: below 1 is better.
 *
 * @module
 */

import { parseArgs } from "@std/cli/parse-args";
import { ENCODER_MODES } from "../../src/gif/encoder/effort.ts";
import { sharedFolder } from "../../tests/support/require.ts";
import { CLIP_NAMES, type Film, loadFilm } from "./clips.ts";
import { measureLive } from "./live.ts";
import { bytesAt, pointOf } from "./ours.ts";
import { type Encoded, ffmpegPalette, gifenc, gifsicle } from "./peers.ts";
import { measure, type Quality } from "./quality.ts";
import type { Result } from "./result.ts";
import { measureStillFilms } from "./still_films.ts";
import { printTargets } from "./targets.ts";

const QUALITIES = [30, 45, 58, 70, 82];

async function measureClip(film: Film, folder: string): Promise<Result> {
  const ours: Result["ours"] = { fast: [], balanced: [], best: [] };
  const rounds: Encoded[][] = [];
  for (const quality of QUALITIES) {
    for (const mode of ENCODER_MODES) {
      ours[mode].push(await pointOf(film, { mode, quality }, folder));
    }
    // Those whose time is compared run beside each of ours, so that what else
    // the machine does slows down all alike.
    rounds.push([
      gifenc(film, "rgb444"),
      await ffmpegPalette(film, "none", folder),
    ]);
  }
  const [rgb444, none] = rounds[0].map((encoded, i) => ({
    ...encoded,
    millisecondsPerFrame: mean(rounds.map((round) => round[i])),
  }));
  const encoded = [
    rgb444,
    gifenc(film, "rgb565"),
    none,
    await ffmpegPalette(film, "sierra2_4a", folder),
    await gifsicle(none, 30, film, folder),
  ];
  const peers: Result["peers"] = [];
  for (const peer of encoded) {
    peers.push({ ...peer, ...await measure(peer.gif, film, folder) });
  }
  return { clip: film.name, ours, peers };
}

function mean(runs: Encoded[]): number {
  const sum = runs.reduce((sum, run) => sum + run.millisecondsPerFrame, 0);
  return sum / runs.length;
}

function printClip({ clip, peers, ours }: Result): void {
  console.log(`\n${clip.padEnd(29)} ` + HEADINGS);
  for (const peer of peers) {
    const { name, bytes, psnr } = peer;
    const ratios = [ours.fast, ours.balanced, ours.best]
      .map((points) => (bytesAt(points, psnr) / bytes).toFixed(3).padStart(9));
    printRow(name, peer, ratios.join(""));
  }
  for (const [mode, points] of Object.entries(ours)) {
    for (const point of points) {
      printRow(`  ${mode}, quality ${point.quality}`, point, "");
    }
  }
}

const HEADINGS = "bytes   PSNR   SSIM  CPU ms     fast balanced     best";

function printRow(
  name: string,
  row: Quality & { millisecondsPerFrame: number },
  ratios: string,
): void {
  const numbers = [
    Math.round(row.bytes).toString().padStart(6),
    row.psnr.toFixed(2).padStart(6),
    row.ssim.toFixed(4).padStart(6),
    row.millisecondsPerFrame.toFixed(1).padStart(7),
  ];
  console.log(name.padEnd(29) + numbers.join(" ") + ratios);
}

if (import.meta.main) {
  const { clip, _: files } = parseArgs(Deno.args, { string: ["clip", "_"] });
  const media = sharedFolder("media");
  if (media === undefined && files.length === 0) Deno.exit(1);
  const named = clip === undefined ? CLIP_NAMES : [clip];
  const clips = files.length > 0 ? files.map(String) : named;
  const folder = await Deno.makeTempDir();
  const results: Result[] = [];
  try {
    for (const name of clips) {
      const film = await loadFilm(name, media ?? ".");
      results.push(await measureClip(film, folder));
      printClip(results[results.length - 1]);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  const others = media === undefined
    ? []
    : [...await measureStillFilms(media), ...await measureLive(media)];
  printTargets(results, others);
}
