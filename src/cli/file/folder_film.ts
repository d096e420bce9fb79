import { join } from "@std/path";
import { decodePicture } from "../../image/decode_picture.ts";
import { PictureError } from "../../image/image_file.ts";
import type { Pixels } from "../../image/pixels.ts";
import type { PictureSize } from "../../image/scale_pixels.ts";
import { compareNames } from "../../source/folder/frame_order.ts";

/** Names of pictures. */
const PICTURE = /\.(jpe?g|png)$/i;

/**
 * The JPEG and PNG files of a folder, in the order of their names; none if
 * there is no such folder yet.
 *
 * @throws {Error} If it cannot be read.
 */
export async function folderPictures(folder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name, isFile } of Deno.readDir(folder)) {
      if (isFile && PICTURE.test(name)) names.push(name);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return names.sort(compareNames).map((name) => join(folder, name));
}

/**
 * Decodes pictures one after another, all in the size of the first one. What
 * cannot be read is skipped.
 */
export async function* folderFilm(
  paths: readonly string[],
  size: PictureSize,
  onWarning: (message: string) => void,
  signal: AbortSignal,
): AsyncGenerator<Pixels, void> {
  let wanted = size;
  for (const path of paths) {
    if (signal.aborted) return;
    let picture: Pixels;
    try {
      picture = await decodePicture(await Deno.readFile(path), wanted);
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      onWarning(`${path}: ${error.message}`);
      continue;
    }
    wanted = { width: picture.width, height: picture.height };
    yield picture;
  }
}
