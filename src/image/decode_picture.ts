import { requirePictureFormat } from "./image_file.ts";
import { decodeJpeg } from "./jpeg_decode.ts";
import type { Pixels } from "./pixels.ts";
import { decodePng } from "./png_decode.ts";
import { type PictureSize, scalePixels } from "./scale_pixels.ts";

/** Options of {@linkcode decodePicture}. */
export interface DecodePictureOptions extends PictureSize {
  /**
   * Most pixels that the picture in the file may have.
   *
   * @default {8388608} enough for 3840x2160
   */
  maxPixels?: number;
}

const DEFAULT_MAX_PIXELS = 2 ** 23;

/**
 * Decodes a JPEG or PNG file, on this thread: bytes made for it can keep it
 * busy for seconds. {@linkcode PictureDecoder} does it elsewhere.
 *
 * JPEG may be baseline or progressive; gray, color or CMYK. PNG may be of any
 * kind; what is transparent lies on black. EXIF data, gamma and color
 * profiles are ignored.
 *
 * @param bytes The whole file.
 * @param options The size that is wanted, and bounds.
 * @throws {PictureError} If the file cannot be read; the message says why.
 */
export async function decodePicture(
  bytes: Uint8Array<ArrayBuffer>,
  options: DecodePictureOptions = {},
): Promise<Pixels> {
  const { maxPixels = DEFAULT_MAX_PIXELS } = options;
  const decoded = requirePictureFormat(bytes) === "JPEG"
    ? decodeJpeg(bytes, maxPixels)
    : await decodePng(bytes, maxPixels);
  return scalePixels(decoded, options);
}
