import { checkPictureSize, PictureError } from "./image_file.ts";
import { type JpegStructure, jpegStructure } from "./jpeg_structure.ts";

/** Most pixels of a JPEG, as for those that are decoded. */
export const MAX_JPEG_PIXELS: number = 2 ** 23;

/**
 * The structure of a JPEG file that is whole; no pixel is decoded.
 *
 * @param bytes The file.
 * @param maxPixels Most pixels that it may have.
 * @throws {PictureError} If it cannot be read.
 */
export function wholeJpeg(bytes: Uint8Array, maxPixels: number): JpegStructure {
  const structure = jpegStructure(bytes);
  if (structure === undefined) {
    throw new PictureError(
      "Cannot read JPEG: expected its end marker, " +
        `found the end of the data at byte ${bytes.length}`,
    );
  }
  checkPictureSize("JPEG", structure, maxPixels);
  return structure;
}

/** The size of a JPEG file: see {@linkcode wholeJpeg}. */
export function jpegSize(
  bytes: Uint8Array,
  maxPixels: number,
): { width: number; height: number } {
  const { width, height } = wholeJpeg(bytes, maxPixels);
  return { width, height };
}
