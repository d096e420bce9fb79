/**
 * The encoders that ours is measured against.
 *
 * @module
 */

import { join } from "@std/path";
import gifencModule from "gifenc";
import { type Film, FRAMES_PER_SECOND } from "./clips.ts";
import { CpuClock } from "./cpu_clock.ts";
import { timed } from "./programs.ts";

/** What an encoder made of a film. */
export interface Encoded {
  name: string;
  gif: Uint8Array<ArrayBuffer>;
  /** CPU time of a picture: the median, or the mean of another program's. */
  millisecondsPerFrame: number;
}

const { applyPalette, GIFEncoder, quantize } = gifencModule;
const DELAY_MILLISECONDS = 1000 / FRAMES_PER_SECOND;

/** npm's gifenc as its readme shows: a palette for every picture. */
export function gifenc(film: Film, format: "rgb444" | "rgb565"): Encoded {
  const { width, height, frames } = film;
  const pictures = frames.map(withAlpha);
  const encoder = GIFEncoder();
  const clock = new CpuClock();
  for (const rgba of pictures) {
    clock.start();
    const palette = quantize(rgba, 256, { format });
    const indices = applyPalette(rgba, palette, format);
    encoder.writeFrame(indices, width, height, {
      palette,
      delay: DELAY_MILLISECONDS,
    });
    clock.stop();
  }
  encoder.finish();
  return {
    name: `gifenc ${format}`,
    gif: encoder.bytes() as Uint8Array<ArrayBuffer>,
    millisecondsPerFrame: clock.median(),
  };
}

/** gifenc reads pixels of four bytes only. */
function withAlpha(rgb: Uint8Array): Uint8Array {
  const rgba = new Uint8Array(rgb.length / 3 * 4).fill(255);
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
    rgba[to] = rgb[from];
    rgba[to + 1] = rgb[from + 1];
    rgba[to + 2] = rgb[from + 2];
  }
  return rgba;
}

/** ffmpeg with the best palette that it makes: one for every picture. */
export async function ffmpegPalette(
  film: Film,
  dither: "sierra2_4a" | "none",
  folder: string,
): Promise<Encoded> {
  const raw = join(folder, "film.rgb"), path = join(folder, `${dither}.gif`);
  await writeFrames(raw, film);
  const graph = "split[a][b];[a]palettegen=stats_mode=single[p];" +
    `[b][p]paletteuse=new=1:dither=${dither}`;
  const input = [
    ...["-v", "error", "-y", "-threads", "1", "-filter_complex_threads", "1"],
    ...["-f", "rawvideo", "-pix_fmt", "rgb24"],
    ...["-s", `${film.width}x${film.height}`, "-r", `${FRAMES_PER_SECOND}`],
    ...["-i", raw],
  ];
  const output = ["-threads", "1", "-f", "gif", path];
  const all = await timed("ffmpeg", [
    ...input,
    ...["-filter_complex", graph],
    ...output,
  ]);
  // Starting it and reading the pictures is no part of the work.
  const idle = await timed("ffmpeg", [...input, "-f", "null", "-"]);
  return {
    name: `ffmpeg ${dither}`,
    gif: await Deno.readFile(path),
    millisecondsPerFrame: (all - idle) / film.frames.length,
  };
}

async function writeFrames(path: string, film: Film): Promise<void> {
  using file = await Deno.open(path, {
    create: true,
    truncate: true,
    write: true,
  });
  for (const frame of film.frames) {
    for (let at = 0; at < frame.length;) {
      at += await file.write(frame.subarray(at));
    }
  }
}

/** gifsicle on what ffmpeg made, its time added to ffmpeg's. */
export async function gifsicle(
  of: Encoded,
  lossy: number,
  film: Film,
  folder: string,
): Promise<Encoded> {
  const from = join(folder, "of.gif"), to = join(folder, "lossy.gif");
  await Deno.writeFile(from, of.gif);
  const options = ["-O3", `--lossy=${lossy}`, "--no-warnings"];
  const time = await timed("gifsicle", [...options, from, "-o", to]);
  return {
    name: `gifsicle --lossy=${lossy}`,
    gif: await Deno.readFile(to),
    millisecondsPerFrame: of.millisecondsPerFrame + time / film.frames.length,
  };
}
