import { concat } from "@std/bytes/concat";
import sharp from "sharp";
import { type Film, FRAMES_PER_SECOND } from "../film.ts";
import { CpuClock } from "../cpu_clock.ts";
import type { Encoded } from "./encoded.ts";

/** Options of sharp's GIF encoder (libvips, cgif, libimagequant). */
export interface SharpOptions {
  /** Strength of the error diffusion, 0 to 1. */
  dither: number;
  /** Most error between pictures at which a pixel stays, 0 to 32. */
  interFrameMaxError: number;
}

/** npm's sharp, which takes all pictures at once. */
export async function sharpGif(
  film: Film,
  { dither, interFrameMaxError }: SharpOptions,
): Promise<Encoded> {
  const { width, height, frames } = film;
  sharp.concurrency(1);
  const clock = new CpuClock();
  clock.start();
  const raw = {
    width,
    height: height * frames.length,
    channels: 3 as const,
    pageHeight: height,
  };
  const gif = await sharp(concat(frames), { raw, limitInputPixels: false })
    .gif({
      dither,
      interFrameMaxError,
      effort: 7,
      delay: frames.map(() => 1000 / FRAMES_PER_SECOND),
    }).toBuffer();
  clock.stop();
  return {
    name: `sharp ${interFrameMaxError} dither ${dither}`,
    gif: new Uint8Array(gif),
    millisecondsPerFrame: clock.median() / frames.length,
  };
}
