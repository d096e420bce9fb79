/**
 * How far pictures are from what they should be.
 *
 * @module
 */

import { join } from "@std/path";
import { cut } from "./clips.ts";
import { type Film, FRAMES_PER_SECOND } from "./film.ts";
import { run } from "./programs.ts";
import { lumaOf, ssimOf } from "./ssim.ts";

/** A whole encoded film, measured. */
export interface Quality {
  /** Bytes of a picture. */
  bytes: number;
  /** Decibels over red, green and blue: the mean of pictures, each at most 60. */
  psnr: number;
  /** The same after a small blur of both, as eyes do it: dither counts less. */
  blurredPsnr: number;
  /** Structural similarity of luma, 0 to 1: the mean of pictures. */
  ssim: number;
}

/** The measures of likeness, each the higher the better. */
export const MEASURES = ["psnr", "blurredPsnr", "ssim"] as const;
/** A name of one of them. */
export type Measure = typeof MEASURES[number];

const MAX_PSNR = 60;

/** Decodes a GIF by ffmpeg and compares it with the film. */
export async function measure(
  gif: Uint8Array,
  film: Film,
  folder: string,
): Promise<Quality> {
  // ffmpeg 5.1 cannot read a GIF from a pipe.
  const path = join(folder, "measured.gif");
  await Deno.writeFile(path, gif);
  const raw = await run("ffmpeg", [
    ...["-v", "error", "-i", path, "-r", `${FRAMES_PER_SECOND}`],
    ...["-fps_mode", "cfr", "-pix_fmt", "rgb24", "-f", "rawvideo", "-"],
  ]);
  const decoded = cut(raw, film.width * film.height * 3);
  let psnr = 0, blurredPsnr = 0, ssim = 0;
  for (const [i, source] of film.frames.entries()) {
    // Encoders make a picture longer rather than write it twice, and ffmpeg
    // does not repeat the last one.
    const picture = decoded[Math.min(i, decoded.length - 1)];
    const errors = differences(source, picture);
    psnr += psnrOf(errors);
    blur(errors, film.width);
    blur(errors, film.width);
    blurredPsnr += psnrOf(errors);
    ssim += ssimOf(lumaOf(source), lumaOf(picture), film.width);
  }
  const pictures = film.frames.length;
  return {
    bytes: gif.length / pictures,
    psnr: psnr / pictures,
    blurredPsnr: blurredPsnr / pictures,
    ssim: ssim / pictures,
  };
}

function differences(source: Uint8Array, picture: Uint8Array): Float32Array {
  const errors = new Float32Array(source.length);
  for (let i = 0; i < errors.length; i++) errors[i] = source[i] - picture[i];
  return errors;
}

function psnrOf(errors: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < errors.length; i++) sum += errors[i] * errors[i];
  const mean = sum / errors.length;
  return Math.min(MAX_PSNR, 10 * Math.log10(255 * 255 / mean));
}

/** A binomial filter of three taps each way; borders are repeated. */
function blur(values: Float32Array, width: number): void {
  const row = width * 3;
  for (let begin = 0; begin < values.length; begin += row) {
    blurRow(values, begin, row);
  }
  let before = values.slice(0, row);
  for (let begin = 0; begin < values.length; begin += row) {
    const here = values.slice(begin, begin + row);
    const next = begin + row < values.length ? begin + row : begin;
    for (let i = 0; i < row; i++) {
      values[begin + i] = (before[i] + 2 * here[i] + values[next + i]) / 4;
    }
    before = here;
  }
}

/** Each value of a row with those of its channel beside it. */
function blurRow(values: Float32Array, begin: number, row: number): void {
  const last = begin + row - 3;
  let red = values[begin];
  let green = values[begin + 1];
  let blue = values[begin + 2];
  for (let at = begin; at <= last; at += 3) {
    const next = at === last ? at : at + 3;
    const r = values[at], g = values[at + 1], b = values[at + 2];
    values[at] = (red + 2 * r + values[next]) / 4;
    values[at + 1] = (green + 2 * g + values[next + 1]) / 4;
    values[at + 2] = (blue + 2 * b + values[next + 2]) / 4;
    red = r;
    green = g;
    blue = b;
  }
}
