import { checkPictureSize, PictureError } from "./picture_file.ts";
import type { Pixels } from "./pixel_frame.ts";
import { PngPainter } from "./png_painter.ts";
import { readSamples, unfilterRows } from "./png_rows.ts";
import {
  type PngColorType,
  type PngStructure,
  pngStructure,
} from "./png_structure.ts";

/** Every which pixel of which rows a pass gives (PNG, section 8.2). */
interface Pass {
  left: number;
  top: number;
  stepX: number;
  stepY: number;
}

const ONE_PASS: Pass[] = [{ left: 0, top: 0, stepX: 1, stepY: 1 }];
const ADAM7: Pass[] = [
  { left: 0, top: 0, stepX: 8, stepY: 8 },
  { left: 4, top: 0, stepX: 8, stepY: 8 },
  { left: 0, top: 4, stepX: 4, stepY: 8 },
  { left: 2, top: 0, stepX: 4, stepY: 4 },
  { left: 0, top: 2, stepX: 2, stepY: 4 },
  { left: 1, top: 0, stepX: 2, stepY: 2 },
  { left: 0, top: 1, stepX: 1, stepY: 2 },
];
const CHANNELS: Record<PngColorType, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/**
 * Decodes a PNG file of any color type and depth, interlaced or not. What is
 * transparent lies on black; gamma and color profiles are not heeded.
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
  const { width, height } = png;
  const passes = (png.interlaced ? ADAM7 : ONE_PASS)
    .map((pass) => ({ ...pass, ...rowsOf(png, pass) }))
    .filter(({ columns, rows }) => columns > 0 && rows > 0);
  const rows = await inflate(
    png.data,
    passes.reduce((sum, pass) => sum + pass.rows * (pass.rowBytes + 1), 0),
  );
  const pixels = new Uint8Array(width * height * 3);
  const painter = new PngPainter(png, pixels);
  let at = 0;
  for (const pass of passes) {
    unfilterRows(rows, at, pass);
    const samples = new Uint16Array(pass.columns * CHANNELS[png.colorType]);
    for (let y = 0; y < pass.rows; y++, at += pass.rowBytes + 1) {
      readSamples(
        rows.subarray(at + 1, at + 1 + pass.rowBytes),
        png.depth,
        samples,
      );
      const first = (pass.top + y * pass.stepY) * width + pass.left;
      painter.paint(samples, first, pass.stepX);
    }
  }
  return { pixels, width, height };
}

function rowsOf(png: PngStructure, pass: Pass) {
  const bits = png.depth * CHANNELS[png.colorType];
  const columns = Math.ceil((png.width - pass.left) / pass.stepX);
  return {
    columns,
    rows: Math.ceil((png.height - pass.top) / pass.stepY),
    rowBytes: Math.ceil(columns * bits / 8),
    pixelBytes: Math.max(1, bits >> 3),
  };
}

/** As many bytes as there must be, and never more, whatever was compressed. */
async function inflate(
  pieces: Uint8Array<ArrayBuffer>[],
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  try {
    const stream = new Blob(pieces).stream()
      .pipeThrough(new DecompressionStream("deflate"));
    for await (const chunk of stream) {
      const piece = chunk.subarray(0, length - filled);
      bytes.set(piece, filled);
      filled += piece.length;
      if (filled === length) return bytes;
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PictureError(`Cannot read PNG: ${reason}`, { cause: error });
  }
  throw new PictureError(
    `Cannot read PNG: expected ${length} bytes of pixels, found ${filled}`,
  );
}
