/**
 * Our encoder, at several qualities, so that what it needs at any PSNR can be
 * read off a curve.
 *
 * @module
 */

import { concat } from "@std/bytes/concat";
import { encodeGif } from "../../src/gif/encoder/encode_gif.ts";
import { GifEncoder } from "../../src/gif/encoder/gif_encoder.ts";
import type { GifEncoderOptions } from "../../src/gif/encoder/gif_encoder_options.ts";
import { streamHeader } from "../../src/gif/write/stream_header.ts";
import { type Film, FRAMES_PER_SECOND } from "./film.ts";
import { CpuClock } from "./cpu_clock.ts";
import type { Encoded } from "./peers/encoded.ts";
import { measure, type Quality } from "./quality.ts";

/** Encoded at a quality, and measured. */
export interface Point extends Quality {
  quality: number;
  millisecondsPerFrame: number;
}

/** Options of a film's encoder. */
export type OurOptions = Omit<GifEncoderOptions, "width" | "height">;

const DELAY_CENTISECONDS = 100 / FRAMES_PER_SECOND;
/** Where the delay stands in a part (GIF89a section 23). */
const DELAY_OFFSET = 4;

/** Encodes a film. */
export function encode(film: Film, options: OurOptions): Encoded {
  const encoder = new GifEncoder({ ...options, ...film });
  const clock = new CpuClock();
  const parts: Uint8Array[] = [];
  for (const frame of film.frames) {
    clock.start();
    const part = encoder.encode(frame, DELAY_CENTISECONDS);
    clock.stop();
    if (part !== undefined) parts.push(part.bytes);
    else lengthen(parts[parts.length - 1]);
  }
  const header = streamHeader(film);
  return {
    name: options.mode ?? "balanced",
    gif: new Uint8Array(concat([header, ...parts, encoder.finish()])),
    millisecondsPerFrame: clock.median(),
  };
}

/** Encodes a film as a file, which may look ahead. */
export function encodeFile(film: Film, options: OurOptions): Encoded {
  const clock = new CpuClock();
  clock.start();
  const gif = encodeGif(
    film.frames.map((pixels) => ({
      pixels,
      delayCentiseconds: DELAY_CENTISECONDS,
    })),
    { ...options, width: film.width, height: film.height, loop: false },
  );
  clock.stop();
  const millisecondsPerFrame = clock.median() / film.frames.length;
  return { name: "file", gif, millisecondsPerFrame };
}

/** Shows a part for a picture's time more. */
function lengthen(part: Uint8Array): void {
  const view = new DataView(part.buffer, part.byteOffset);
  const delay = view.getUint16(DELAY_OFFSET, true);
  view.setUint16(DELAY_OFFSET, delay + DELAY_CENTISECONDS, true);
}

/** Encodes a film, and measures it. */
export async function pointOf(
  film: Film,
  { isFile, ...options }: OurOptions & { quality: number; isFile?: boolean },
  folder: string,
): Promise<Point> {
  const { gif, millisecondsPerFrame } = isFile
    ? encodeFile(film, options)
    : encode(film, options);
  const measured = await measure(gif, film, folder);
  return { quality: options.quality, millisecondsPerFrame, ...measured };
}
