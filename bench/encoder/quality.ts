/**
 * How far pictures are from what they should be.
 *
 * @module
 */

import { join } from "@std/path";
import { cut, type Film, FRAMES_PER_SECOND } from "./clips.ts";
import { run } from "./programs.ts";

/** A whole encoded film, measured. */
export interface Quality {
  /** Bytes of a picture. */
  bytes: number;
  /** Decibels over red, green and blue: the mean of pictures, each at most 60. */
  psnr: number;
  /** Structural similarity of luma, 0 to 1: the mean of pictures. */
  ssim: number;
}

const MAX_PSNR = 60;
const WINDOW = 8;
const STRIDE = 4;
const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;

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
  let psnr = 0, ssim = 0;
  for (const [i, source] of film.frames.entries()) {
    // Encoders make a picture longer rather than write it twice, and ffmpeg
    // does not repeat the last one.
    const picture = decoded[Math.min(i, decoded.length - 1)];
    psnr += psnrOf(source, picture);
    ssim += ssimOf(lumaOf(source), lumaOf(picture), film.width);
  }
  const pictures = film.frames.length;
  return {
    bytes: gif.length / pictures,
    psnr: psnr / pictures,
    ssim: ssim / pictures,
  };
}

function psnrOf(source: Uint8Array, picture: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < source.length; i++) {
    const difference = source[i] - picture[i];
    sum += difference * difference;
  }
  const mean = sum / source.length;
  return Math.min(MAX_PSNR, 10 * Math.log10(255 * 255 / mean));
}

function lumaOf(rgb: Uint8Array): Float32Array {
  const luma = new Float32Array(rgb.length / 3);
  for (let i = 0, at = 0; i < luma.length; i++, at += 3) {
    luma[i] = 0.299 * rgb[at] + 0.587 * rgb[at + 1] + 0.114 * rgb[at + 2];
  }
  return luma;
}

function ssimOf(a: Float32Array, b: Float32Array, width: number): number {
  const height = a.length / width;
  let sum = 0, windows = 0;
  for (let y = 0; y + WINDOW <= height; y += STRIDE) {
    for (let x = 0; x + WINDOW <= width; x += STRIDE) {
      sum += windowSsim(a, b, y * width + x, width);
      windows++;
    }
  }
  return windows === 0 ? 1 : sum / windows;
}

function windowSsim(
  a: Float32Array,
  b: Float32Array,
  start: number,
  width: number,
): number {
  let sumA = 0, sumB = 0, squaresA = 0, squaresB = 0, products = 0;
  for (let row = 0; row < WINDOW; row++) {
    const begin = start + row * width;
    for (let at = begin; at < begin + WINDOW; at++) {
      sumA += a[at];
      sumB += b[at];
      squaresA += a[at] * a[at];
      squaresB += b[at] * b[at];
      products += a[at] * b[at];
    }
  }
  const pixels = WINDOW * WINDOW;
  const meanA = sumA / pixels, meanB = sumB / pixels;
  const varianceA = squaresA / pixels - meanA * meanA;
  const varianceB = squaresB / pixels - meanB * meanB;
  const covariance = products / pixels - meanA * meanB;
  return (2 * meanA * meanB + C1) * (2 * covariance + C2) /
    ((meanA * meanA + meanB * meanB + C1) * (varianceA + varianceB + C2));
}
