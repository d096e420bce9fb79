/**
 * Films of the shared media, as raw pictures.
 *
 * @module
 */

import { join } from "@std/path";

/** How a film is to be. */
export interface FilmOptions {
  width: number;
  height: number;
  framesPerSecond: number;
  /** Most pictures. */
  frames: number;
}

/** Decodes a file by ffmpeg: red, green and blue of every pixel. */
export async function film(
  folder: string,
  file: string,
  { width, height, framesPerSecond, frames }: FilmOptions,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const { success, stdout, stderr } = await new Deno.Command("ffmpeg", {
    args: [
      ...["-v", "error", "-i", join(folder, file), "-frames:v", `${frames}`],
      ...["-vf", `fps=${framesPerSecond},scale=${width}:${height}`],
      ...["-pix_fmt", "rgb24", "-f", "rawvideo", "-"],
    ],
    stdin: "null",
    stderr: "piped",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const length = width * height * 3;
  return Array.from(
    { length: stdout.length / length },
    (_, i) => stdout.slice(i * length, (i + 1) * length),
  );
}
