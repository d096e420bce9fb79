/**
 * Our encoder, at several qualities, so that what it needs at any PSNR can be
 * read off a curve.
 *
 * @module
 */

import { concat } from "@std/bytes/concat";
import type { EncoderMode } from "../../src/gif/encoder/effort.ts";
import { GifEncoder } from "../../src/gif/encoder/gif_encoder.ts";
import type { GifEncoderOptions } from "../../src/gif/encoder/gif_encoder_options.ts";
import { streamHeader } from "../../src/gif/write/stream_header.ts";
import { type Film, FRAMES_PER_SECOND } from "./clips.ts";
import { CpuClock } from "./cpu_clock.ts";
import type { Encoded } from "./peers.ts";
import { measure, type Quality } from "./quality.ts";

/** Encoded at a quality, and measured. */
export interface Point extends Quality {
  quality: number;
  millisecondsPerFrame: number;
}

const DELAY_CENTISECONDS = 100 / FRAMES_PER_SECOND;
/** Where the delay stands in a part (GIF89a section 23). */
const DELAY_OFFSET = 4;

/** Encodes a film. */
export function encode(
  film: Film,
  options: Omit<GifEncoderOptions, "width" | "height">,
): Encoded {
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

/** Shows a part for a picture's time more. */
function lengthen(part: Uint8Array): void {
  const view = new DataView(part.buffer, part.byteOffset);
  const delay = view.getUint16(DELAY_OFFSET, true);
  view.setUint16(DELAY_OFFSET, delay + DELAY_CENTISECONDS, true);
}

/** Encodes a film, and measures it. */
export async function pointOf(
  film: Film,
  { mode, quality }: { mode: EncoderMode; quality: number },
  folder: string,
): Promise<Point> {
  const { gif, millisecondsPerFrame } = encode(film, { mode, quality });
  const measured = await measure(gif, film, folder);
  return { quality, millisecondsPerFrame, ...measured };
}

/** Bytes of a picture at a PSNR, by the two points around it. */
export function bytesAt(points: Point[], psnr: number): number {
  let upper = 1;
  while (upper < points.length - 1 && points[upper].psnr < psnr) upper++;
  const a = points[upper - 1], b = points[upper];
  const share = (psnr - a.psnr) / (b.psnr - a.psnr);
  return a.bytes * (b.bytes / a.bytes) ** share;
}
