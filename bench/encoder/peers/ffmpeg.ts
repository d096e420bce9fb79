import { join } from "@std/path";
import { type Film, FRAMES_PER_SECOND } from "../film.ts";
import { timed } from "../programs.ts";
import type { Encoded } from "./encoded.ts";

/** A palette of every picture, or one of the whole film. */
export type PaletteScope = "single" | "global";
/** The dither of ffmpeg's `paletteuse`. */
export type FfmpegDither = "none" | "sierra2_4a";

const GRAPHS: Record<PaletteScope, [generate: string, use: string]> = {
  single: ["palettegen=stats_mode=single", "new=1:"],
  global: ["palettegen", ""],
};

/** ffmpeg's `palettegen` and `paletteuse`. */
export async function ffmpegPalette(
  film: Film,
  scope: PaletteScope,
  dither: FfmpegDither,
  folder: string,
): Promise<Encoded> {
  const raw = join(folder, "film.rgb"), path = join(folder, "ffmpeg.gif");
  await writeFrames(raw, film);
  const [generate, use] = GRAPHS[scope];
  const graph = `split[a][b];[a]${generate}[p];` +
    `[b][p]paletteuse=${use}dither=${dither}`;
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
    name: `ffmpeg ${scope} ${dither}`,
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
