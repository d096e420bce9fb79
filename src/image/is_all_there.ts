import { decodePicture } from "./decode_picture.ts";
import { PictureError, type PictureFormat } from "./image_file.ts";
import { jpegDamage, jpegHead } from "./jpeg_head.ts";

/**
 * True if a file without an end has all of its pixels: some cameras and
 * programs never write one.
 */
export function isAllThere(bytes: Uint8Array, format: PictureFormat): boolean {
  try {
    return format === "JPEG"
      ? jpegDamage(bytes, jpegHead(bytes)) === undefined
      : decodePicture(bytes).damage === undefined;
  } catch (error) {
    if (error instanceof PictureError) return false;
    throw error;
  }
}
