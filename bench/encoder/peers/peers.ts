/**
 * The encoders that ours is measured against.
 *
 * @module
 */

import type { Film } from "../film.ts";
import type { Encoded } from "./encoded.ts";
import {
  type FfmpegDither,
  ffmpegPalette,
  type PaletteScope,
} from "./ffmpeg.ts";
import { gifenc } from "./gifenc.ts";
import { gifsicle } from "./gifsicle.ts";
import { gifski } from "./gifski.ts";
import { sharpGif } from "./sharp.ts";

/** Names of the encoders; each is measured with several of its options. */
export const PEER_NAMES = ["gifski", "sharp", "ffmpeg", "gifsicle", "gifenc"];

const GIFSKI_QUALITIES = [30, 60, 80, 100];
const SHARP_OPTIONS = [
  { dither: 0, interFrameMaxError: 16 },
  { dither: 0, interFrameMaxError: 4 },
  { dither: 0, interFrameMaxError: 0 },
  { dither: 1, interFrameMaxError: 0 },
];
const FFMPEG_OPTIONS: [PaletteScope, FfmpegDither][] = [
  ["single", "none"],
  ["single", "sierra2_4a"],
  ["global", "none"],
  ["global", "sierra2_4a"],
];
const LOSSES = [30, 80];

/** True of those of another encoder that hide bands by dithering. */
export function isDithered(name: string): boolean {
  return /sierra|dither 1|gifski/.test(name);
}

/** Encodes a film with one of {@linkcode PEER_NAMES}, with all options. */
export async function encodeByPeer(
  peer: string,
  film: Film,
  folder: string,
): Promise<Encoded[]> {
  switch (peer) {
    case "gifski":
      return await gifski(film, GIFSKI_QUALITIES, folder);
    case "sharp":
      return await inTurn(SHARP_OPTIONS, (one) => sharpGif(film, one));
    case "ffmpeg":
      return await inTurn(
        FFMPEG_OPTIONS,
        ([scope, dither]) => ffmpegPalette(film, scope, dither, folder),
      );
    case "gifsicle": {
      const ofs = await encodeByPeer("ffmpeg", film, folder);
      const all = ofs.flatMap((of) => LOSSES.map((loss) => ({ of, loss })));
      return await inTurn(
        all,
        ({ of, loss }) => gifsicle(of, loss, film, folder),
      );
    }
    case "gifenc":
      return [gifenc(film, "rgb444"), gifenc(film, "rgb565")];
    default:
      throw new Error(
        `Cannot measure: expected ${PEER_NAMES.join(", ")}, found ${peer}`,
      );
  }
}

/** One after another, so that none takes time from another. */
async function inTurn<Option>(
  options: Option[],
  encode: (option: Option) => Promise<Encoded>,
): Promise<Encoded[]> {
  const results: Encoded[] = [];
  for (const option of options) results.push(await encode(option));
  return results;
}
