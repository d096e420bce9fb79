import { PNG } from "pngjs";
import { onBlack } from "../gif/on_black.ts";
import { errorMessage } from "../system/error_message.ts";
import { checkPictureSize, PictureError } from "./image_file.ts";
import type { Pixels } from "./pixels.ts";
import { CHANNELS, type PngStructure, pngStructure } from "./png_structure.ts";

/** First column and row of each pass, and steps (PNG, section 8.2). */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];
const ONE_PASS = [[0, 0, 1, 1]];

/**
 * Decodes a PNG file of any color type and depth, interlaced or not. What is
 * transparent lies on black; gamma and color profiles are ignored.
 *
 * @param bytes The file.
 * @param maxPixels Most pixels that it may have.
 * @throws {PictureError} If it cannot be read.
 */
export async function decodePng(
  bytes: Uint8Array<ArrayBuffer>,
  maxPixels: number,
): Promise<Pixels> {
  const png = pngStructure(bytes);
  if (png === undefined) {
    throw new PictureError(
      "Cannot read PNG: expected its last chunk, " +
        `found the end of the data at byte ${bytes.length}`,
    );
  }
  checkPictureSize("PNG", png, maxPixels);
  try {
    await checkInflatedSize(png);
    // It reads a Buffer only, and nothing may follow the last chunk.
    const file = nodeBuffer().from(bytes.buffer, bytes.byteOffset, png.end);
    // That of the compressed pixels covers what is seen.
    const { data, width, height } = PNG.sync.read(file, { checkCRC: false });
    return { pixels: onBlack(data, width * height), width, height };
  } catch (error) {
    if (error instanceof PictureError) throw error;
    const reason = errorMessage(error);
    throw new PictureError(`Cannot read PNG: ${reason}`, { cause: error });
  }
}

/**
 * Unpacks the pixels without keeping them, since the decoder bounds nothing:
 * some files are made to unpack to any size. Of too few it would show what
 * memory held before.
 */
async function checkInflatedSize(png: PngStructure): Promise<void> {
  const expected = inflatedBytes(png);
  const stream = ReadableStream.from(pieces(png.data))
    .pipeThrough(new DecompressionStream("deflate"));
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > expected) break;
  }
  if (length === expected) return;
  throw new PictureError(
    `Cannot read PNG: expected ${expected} bytes of pixels, ` +
      `found ${length > expected ? "more" : length}`,
  );
}

/** Bytes unpacked at once: at most a thousand times as much is in memory. */
const PIECE_BYTES = 16384;

function* pieces(data: readonly Uint8Array<ArrayBuffer>[]) {
  for (const bytes of data) {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      yield bytes.subarray(at, at + PIECE_BYTES);
    }
  }
}

/** Whole bytes for the pixels of each row, after one for its filter. */
function inflatedBytes(png: PngStructure): number {
  const bits = png.depth * CHANNELS[png.colorType];
  let sum = 0;
  for (const [left, top, stepX, stepY] of png.interlaced ? ADAM7 : ONE_PASS) {
    const columns = Math.ceil((png.width - left) / stepX);
    const rows = Math.ceil((png.height - top) / stepY);
    if (columns > 0) sum += rows * (1 + Math.ceil(columns * bits / 8));
  }
  return sum;
}

/** The Buffer of Node, Deno and Bun; an import would exclude other runtimes. */
function nodeBuffer(): typeof import("node:buffer").Buffer {
  return (globalThis as unknown as typeof import("node:buffer")).Buffer;
}
