/**
 * What it takes to show what hardly changes, and to keep up with a large film.
 *
 * @module
 */

import { loadFilm } from "./clips.ts";
import type { Film } from "./film.ts";
import { random, withNoise } from "./drawn/noise.ts";
import { encode } from "./ours.ts";

/** Something measured, and what it must not be above. */
export interface Target {
  name: string;
  value: number;
  most: number;
}

const SIGMA = 2;

/** Measures what needs no other encoder. */
export async function measureStillFilms(media: string): Promise<Target[]> {
  const bikes = await loadFilm("bikes", media);
  const large = await loadFilm("bikes", media, { width: 640, height: 360 });
  return [
    {
      name: "unchanged picture, bytes",
      value: unchangedBytes(bikes),
      most: 40,
    },
    {
      name: "static noisy camera: bytes by those without denoising",
      value: noisyBytes(bikes, true) / noisyBytes(bikes, false),
      most: 0.5,
    },
    {
      name: "balanced at 640x360, CPU ms a picture (40 at 25 a second)",
      value: encode(large, {}).millisecondsPerFrame,
      most: 40,
    },
  ];
}

function still({ frames, ...film }: Film): Film {
  return { ...film, frames: Array(24).fill(frames[0]) };
}

function unchangedBytes(film: Film): number {
  const one = { ...film, frames: film.frames.slice(0, 1) };
  const difference = encode(still(film), {}).gif.length -
    encode(one, {}).gif.length;
  return difference / 23;
}

/** Bytes after the first second. */
function noisyBytes(film: Film, denoise: boolean): number {
  const { frames, ...rest } = still(film);
  const next = random(1);
  const noisy = frames.map((frame) => withNoise(frame, SIGMA, next));
  const all = { ...rest, frames: noisy };
  const first = { ...rest, frames: noisy.slice(0, 10) };
  const options = { denoise, quality: 75 };
  return encode(all, options).gif.length - encode(first, options).gif.length;
}
