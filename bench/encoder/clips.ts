/**
 * The films to encode: raw pictures, the same for every encoder.
 *
 * @module
 */

import { basename, join } from "@std/path";
import { run } from "./programs.ts";

/** Pictures that ffmpeg decoded and scaled. */
export interface Film {
  name: string;
  width: number;
  height: number;
  /** Red, green and blue of every pixel of a picture. */
  frames: Uint8Array<ArrayBuffer>[];
}

/** Pictures a second, of every film. */
export const FRAMES_PER_SECOND = 10;
/** Pictures of a film, if it has as many. */
const FRAMES = 40;

/** Files of the folder `media`, by the name that the table has for them. */
const CLIPS: Record<string, { file: string; width: number; height: number }> = {
  bikes: { file: "bikes.mp4", width: 480, height: 270 },
  bbb: { file: "bigbuckbunny.mp4", width: 480, height: 270 },
  carphone: { file: "carphone_pristine.mp4", width: 176, height: 144 },
  screencast: { file: "screencast.mkv", width: 480, height: 270 },
};

/** How a film is taken from a clip. */
export interface Shot {
  /** Pixels. */
  width: number;
  /** Pixels. */
  height: number;
  /** Pictures a second. */
  framesPerSecond: number;
  /** Most pictures. */
  frames: number;
}

/** Names of the films that there are without a path. */
export const CLIP_NAMES = Object.keys(CLIPS);

/**
 * Decodes a film.
 *
 * @param clip One of {@linkcode CLIP_NAMES}, or a path.
 * @param media The folder that the named ones lie in.
 * @param shot What of it is not as usual.
 */
export async function loadFilm(
  clip: string,
  media: string,
  shot: Partial<Shot> = {},
): Promise<Film> {
  const known = CLIPS[clip];
  const path = known === undefined ? clip : join(media, known.file);
  const usual = known ?? { width: 480, height: 270 };
  const { width = usual.width, height = usual.height } = shot;
  const { framesPerSecond = FRAMES_PER_SECOND, frames: most = FRAMES } = shot;
  const filter = `fps=${framesPerSecond},scale=${width}:${height}`;
  const raw = await run("ffmpeg", [
    ...["-v", "error", "-i", path, "-vf", filter, "-frames:v", `${most}`],
    ...["-pix_fmt", "rgb24", "-f", "rawvideo", "-"],
  ]);
  const frames = cut(raw, width * height * 3);
  if (frames.length < 2) {
    throw new Error(
      `Cannot measure ${clip}: expected pictures, found ${frames.length}`,
    );
  }
  const name = known === undefined ? basename(clip) : clip;
  return { name, width, height, frames };
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
