import { hex } from "../gif/gif_error.ts";
import { mayBegin, SIGNATURES } from "../gif/signature.ts";

/** Readable picture formats other than GIF. */
export type PictureFormat = "JPEG" | "PNG";

/** A picture as a file holds it. */
export interface PictureFile {
  /** Format of the bytes. */
  format: PictureFormat;
  /** All of its bytes, and no more. */
  bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Thrown when bytes are not a picture that can be shown. The message says
 * what was expected and what was found.
 */
export class PictureError extends Error {
  /** Tells it from other errors. */
  override readonly name = "PictureError";
}

/** Most pixels of a file, if nothing else is asked for. */
export const DEFAULT_MAX_PIXELS = 40_000_000;

const MAX_SIDE = 65535;
/** Enough for a file of its own: stray bytes may follow. */
const START_OF_JPEG = SIGNATURES.JPEG.slice(0, 2);

/**
 * Format of a file by its first bytes; undefined: neither.
 *
 * @param bytes The beginning; of fewer than 8 bytes, those count.
 */
export function pictureFormat(bytes: Uint8Array): PictureFormat | undefined {
  if (bytes.length === 0) return undefined;
  if (mayBegin(bytes, START_OF_JPEG)) return "JPEG";
  return mayBegin(bytes, SIGNATURES.PNG) ? "PNG" : undefined;
}

/**
 * The format, which must be one.
 *
 * @throws {PictureError} If the bytes are neither.
 */
export function requirePictureFormat(bytes: Uint8Array): PictureFormat {
  const format = pictureFormat(bytes);
  if (format !== undefined) return format;
  const found = bytes.length === 0
    ? "nothing"
    : [...bytes.subarray(0, 4)].map(hex).join(" ");
  throw new PictureError(
    `Cannot read picture: expected JPEG or PNG, found ${found}`,
  );
}

/** The error for a file that the decoder gives up. */
export function unreadable(
  format: PictureFormat,
  message: string,
): PictureError {
  return new PictureError(`Cannot read ${format}: ${message}`);
}

/**
 * Refuses a size before there is memory for it.
 *
 * @throws {PictureError} If there are no pixels, or too many.
 */
export function checkPictureSize(
  format: PictureFormat,
  { width, height }: { width: number; height: number },
  maxPixels: number,
): void {
  if (
    width >= 1 && height >= 1 && width <= MAX_SIDE && height <= MAX_SIDE &&
    width * height <= maxPixels
  ) return;
  throw new PictureError(
    `Cannot read ${format}: expected 1 to ${maxPixels} pixels, ` +
      `found ${width}x${height}`,
  );
}
