import { concat } from "@std/bytes/concat";
import { decode } from "jpeg-js";
import { PictureError } from "./image_file.ts";
import { wholeJpeg } from "./jpeg_size.ts";
import type { JpegStructure } from "./jpeg_structure.ts";
import { STANDARD_HUFFMAN_TABLES } from "./jpeg_tables.ts";
import type { Pixels } from "./pixels.ts";

/** Progressive files have some ten; more only cost time. */
const MAX_SCANS = 100;
/** Memory that decoding needs, with colors at full resolution. */
const MEMORY_BYTES_A_PIXEL = 32;
/** Blocks of 8x8 and larger that reach past a small picture's edge. */
const LEAST_MEMORY_BYTES = 2 ** 22;

/**
 * Decodes a JPEG file: baseline or progressive, in gray, color or CMYK. How
 * its EXIF data say to turn it is ignored.
 *
 * @param bytes The file.
 * @param maxPixels Most pixels that it may have.
 * @throws {PictureError} If it cannot be read.
 */
export function decodeJpeg(bytes: Uint8Array, maxPixels: number): Pixels {
  const structure = wholeJpeg(bytes, maxPixels);
  const { width, height, scans } = structure;
  if (scans > MAX_SCANS) {
    throw new PictureError(
      `Cannot read JPEG: expected at most ${MAX_SCANS} scans, found ${scans}`,
    );
  }
  const memoryBytes = width * height * MEMORY_BYTES_A_PIXEL +
    LEAST_MEMORY_BYTES;
  try {
    const { data } = decode(wholeFile(bytes, structure), {
      useTArray: true,
      formatAsRGBA: false,
      maxMemoryUsageInMB: memoryBytes / 2 ** 20,
    });
    return { pixels: data as Uint8Array<ArrayBuffer>, width, height };
  } catch (error) {
    throw new PictureError(`Cannot read JPEG: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

/** With all tables, and nothing behind its end. */
function wholeFile(
  bytes: Uint8Array,
  { tablesMissingAt: at, end }: JpegStructure,
): Uint8Array {
  if (at === undefined) return bytes.subarray(0, end);
  return concat([
    bytes.subarray(0, at),
    STANDARD_HUFFMAN_TABLES,
    bytes.subarray(at, end),
  ]);
}

/** The decoder trips over what it does not expect: its words say nothing. */
function reasonOf(error: unknown): string {
  if (
    !(error instanceof Error) || error instanceof TypeError ||
    error instanceof RangeError || error instanceof ReferenceError
  ) return "expected coded blocks, found damaged data";
  return error.message;
}
