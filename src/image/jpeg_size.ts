import { checkPictureSize, PictureError } from "./image_file.ts";
import { jpegStructure } from "./jpeg_structure.ts";

/** Most pixels of a JPEG, as for those that are decoded. */
export const MAX_JPEG_PIXELS: number = 2 ** 23;

/**
 * The size of a JPEG file that is whole, by its markers; no pixel is decoded.
 *
 * @param bytes The file.
 * @param maxPixels Most pixels that it may have.
 * @throws {PictureError} If it cannot be read.
 */
export function jpegSize(
  bytes: Uint8Array,
  maxPixels: number,
): { width: number; height: number } {
  const structure = jpegStructure(bytes);
  if (structure === undefined) {
    throw new PictureError(
      "Cannot read JPEG: expected its end marker, " +
        `found the end of the data at byte ${bytes.length}`,
    );
  }
  checkPictureSize("JPEG", structure, maxPixels);
  const { width, height } = structure;
  return { width, height };
}
