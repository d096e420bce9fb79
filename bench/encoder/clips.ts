/**
 * The films to encode: raw pictures, the same for every encoder.
 *
 * @module
 */

import { basename, join } from "@std/path";
import { drawFilm, DRAWN_CLIPS } from "./drawn/drawn_clips.ts";
import { type Film, FRAMES_PER_SECOND, type Shot } from "./film.ts";
import { run } from "./programs.ts";

const USUAL_SHOT: Shot = {
  width: 480,
  height: 270,
  framesPerSecond: FRAMES_PER_SECOND,
  frames: 40,
};

/** Files of the folder `media`, by the name that the table has for them. */
const FILES: Record<string, { file: string } & Partial<Shot>> = {
  bikes: { file: "bikes.mp4" },
  bbb: { file: "bigbuckbunny.mp4" },
  carphone: { file: "carphone_pristine.mp4", width: 176, height: 144 },
  screencast: { file: "screencast.mkv" },
};

/** Sources of ffmpeg, which it computes in the size that is asked for. */
const LAVFI: Record<string, string> = {
  testsrc2: "testsrc2",
  testsrc: "testsrc",
  life: "life=mold=10:ratio=0.1:seed=7:death_color=#C83232:life_color=#00ff00",
  mandelbrot: "mandelbrot",
  gradients:
    "gradients=seed=7:n=3:c0=#ff6020:c1=#2040c0:c2=#20a060:x0=20:y0=10:x1=440:y1=250",
};

/** Films, which people watch, by name. */
export const FILM_NAMES = ["bikes", "bbb", "carphone"];

/** Names of the clips that there are without a path. */
export const CLIP_NAMES = [
  ...Object.keys(FILES),
  ...Object.keys(LAVFI),
  ...Object.keys(DRAWN_CLIPS),
];

/** True if the clip is a file of the folder `media`. */
export function isOfMedia(clip: string): boolean {
  return Object.hasOwn(FILES, clip);
}

/**
 * Decodes or draws a film.
 *
 * @param clip One of {@linkcode CLIP_NAMES}, or a path.
 * @param media The folder that files without a path lie in.
 * @param shot What of it is not as usual.
 */
export async function loadFilm(
  clip: string,
  media: string,
  shot: Partial<Shot> = {},
): Promise<Film> {
  const file = isOfMedia(clip) ? FILES[clip] : undefined;
  const usual = { ...USUAL_SHOT, ...file, ...shot };
  const { width, height, framesPerSecond } = usual;
  if (Object.hasOwn(DRAWN_CLIPS, clip)) return await drawFilm(clip, usual);
  const filter = `fps=${framesPerSecond},scale=${width}:${height}`;
  const source = Object.hasOwn(LAVFI, clip)
    ? ["-f", "lavfi", "-i", sized(LAVFI[clip], usual)]
    : ["-i", file === undefined ? clip : join(media, file.file)];
  const raw = await run("ffmpeg", [
    ...["-v", "error", ...source, "-vf", filter],
    ...["-frames:v", `${usual.frames}`],
    ...["-pix_fmt", "rgb24", "-f", "rawvideo", "-"],
  ]);
  const frames = cut(raw, width * height * 3);
  if (frames.length < 2) {
    throw new Error(
      `Cannot measure ${clip}: expected pictures, found ${frames.length}`,
    );
  }
  const isNamed = CLIP_NAMES.includes(clip);
  return { name: isNamed ? clip : basename(clip), width, height, frames };
}

function sized(source: string, { width, height, framesPerSecond }: Shot) {
  const separator = source.includes("=") ? ":" : "=";
  return `${source}${separator}size=${width}x${height}:rate=${framesPerSecond}`;
}

/** Cuts bytes into pieces of a length; what is left over goes. */
export function cut(
  bytes: Uint8Array<ArrayBuffer>,
  length: number,
): Uint8Array<ArrayBuffer>[] {
  const pieces = Math.floor(bytes.length / length);
  return Array.from(
    { length: pieces },
    (_, i) => bytes.subarray(i * length, (i + 1) * length),
  );
}
