/**
 * Our encoder beside others, on the same pictures: bytes at equal quality and
 * CPU time. All of it takes a quarter of an hour; a clip takes one minute.
 *
 * ```sh
 * deno run -A bench/encoder/main.ts [OPTION...] [FILE...]
 * ```
 *
 * | option | meaning |
 * |---|---|
 * | `--clip NAME` | one of {@linkcode CLIP_NAMES}; may be repeated |
 * | `--peer NAME` | one of {@linkcode PEER_NAMES}; may be repeated |
 * | `--variant NAME` | `fast`, `balanced`, `best`, `file`, `dithered`; may be repeated |
 * | `--known FILE` | results of others are read from this JSON, or written |
 *
 * Films are those of `../shared/media`, or files that ffmpeg reads. Ratios are
 * our bytes, at the quality of the other, by its bytes: below 1 is better.
 * Where ours does not reach it there is none.
 *
 * @module
 */

import { parseArgs } from "@std/cli/parse-args";
import { sharedFolder } from "../../tests/support/require.ts";
import { CLIP_NAMES, isOfMedia, loadFilm } from "./clips.ts";
import { measureLive } from "./live.ts";
import { measureClip } from "./measure_clip.ts";
import { PEER_NAMES } from "./peers/peers.ts";
import {
  type PeerPoint,
  type Result,
  type Variant,
  VARIANTS,
} from "./result.ts";
import { measureStillFilms } from "./still_films.ts";
import { printClip, printSummary } from "./tables.ts";
import { printTargets } from "./targets.ts";

async function readKnown(path: string | undefined) {
  const known: Record<string, PeerPoint[]> = {};
  if (path === undefined) return known;
  try {
    return Object.assign(known, JSON.parse(await Deno.readTextFile(path)));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return known;
  }
}

if (import.meta.main) {
  const args = parseArgs(Deno.args, {
    string: ["clip", "peer", "variant", "known", "_"],
    collect: ["clip", "peer", "variant"],
  });
  const media = sharedFolder("media");
  const named = args.clip.length > 0 ? args.clip : CLIP_NAMES;
  const files = args._.map(String);
  const clips = (files.length > 0 ? files : named)
    .filter((clip) => media !== undefined || !isOfMedia(clip));
  const peers = args.peer.length > 0 ? args.peer : PEER_NAMES;
  const variants = args.variant.length > 0
    ? args.variant as Variant[]
    : [...VARIANTS];
  const known = await readKnown(args.known);
  const folder = await Deno.makeTempDir();
  const results: Result[] = [];
  try {
    for (const name of clips) {
      const film = await loadFilm(name, media ?? ".");
      const plan = { peers, variants, known, folder };
      results.push(await measureClip(film, plan));
      printClip(results[results.length - 1]);
      if (args.known !== undefined) {
        await Deno.writeTextFile(args.known, JSON.stringify(known));
      }
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  printSummary(results);
  const isWhole = args.clip.length === 0 && files.length === 0;
  const others = media === undefined || !isWhole
    ? []
    : [...await measureStillFilms(media), ...await measureLive(media)];
  printTargets(results, others);
}
