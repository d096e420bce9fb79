import { PictureError } from "./image_file.ts";

/** Color type of a PNG file (PNG, section 11.2.1). */
export type PngColorType = 0 | 2 | 3 | 4 | 6;

/** Contents of a PNG file's chunks. */
export interface PngStructure {
  /** Pixels of a row. */
  width: number;
  /** Rows. */
  height: number;
  /** Bits of a sample: 1, 2, 4, 8 or 16. */
  depth: number;
  /** 0 gray, 2 color, 3 palette, 4 gray and alpha, 6 color and alpha. */
  colorType: PngColorType;
  interlaced: boolean;
  /** The compressed pixels, in pieces. */
  data: Uint8Array<ArrayBuffer>[];
  /** Position after its last chunk. */
  end: number;
}

const SIGNATURE_BYTES = 8;
/** Length, type and checksum. */
const CHUNK_FRAME_BYTES = 12;
const HEADER_BYTES = 13;
/** Samples of a pixel, by how colors are coded. */
export const CHANNELS: Readonly<Record<PngColorType, number>> = {
  0: 1,
  2: 3,
  3: 1,
  4: 2,
  6: 4,
};

/** Depths that each way of coding colors allows. */
const DEPTHS: Record<PngColorType, readonly number[]> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/**
 * Follows the chunks of a PNG file to its end; no pixel is decoded. Of an
 * animated one it finds the picture that all programs show. Checksums are not
 * compared: that of the compressed data covers what is seen.
 *
 * @param bytes The file, of which the end may be missing.
 * @returns Undefined if the end is missing.
 * @throws {PictureError} If it is no PNG.
 */
export function pngStructure(
  bytes: Uint8Array<ArrayBuffer>,
): PngStructure | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let found: PngStructure | undefined;
  for (let at = SIGNATURE_BYTES;;) {
    if (at + CHUNK_FRAME_BYTES > bytes.length) return undefined;
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const end = at + CHUNK_FRAME_BYTES + length;
    // The decoder would believe a second one, whatever size it names.
    if ((found === undefined) !== (type === "IHDR")) {
      const expected = found === undefined ? "its" : "only one";
      throw new PictureError(
        `Cannot read PNG: expected ${expected} header at byte ${at}, ` +
          `found ${JSON.stringify(type)}`,
      );
    }
    if (end > bytes.length) return undefined;
    const chunk = bytes.subarray(at + 8, end - 4);
    found ??= readHeader(chunk);
    if (type === "IDAT") found.data.push(chunk);
    else if (type === "IEND") return { ...found, end };
    at = end;
  }
}

function readHeader(chunk: Uint8Array): PngStructure {
  if (chunk.length !== HEADER_BYTES) {
    throw new PictureError(
      `Cannot read PNG: expected a header of ${HEADER_BYTES} bytes, ` +
        `found ${chunk.length}`,
    );
  }
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
  const [depth, colorType, compression, filter, interlace] = chunk.subarray(8);
  if (
    !DEPTHS[colorType as PngColorType]?.includes(depth) ||
    compression !== 0 || filter !== 0 || interlace > 1
  ) {
    throw new PictureError(
      "Cannot read PNG: expected a known way of coding colors, found depth " +
        `${depth}, color type ${colorType}, compression ${compression}, ` +
        `filter ${filter}, interlace ${interlace}`,
    );
  }
  return {
    width: view.getUint32(0),
    height: view.getUint32(4),
    depth,
    colorType: colorType as PngColorType,
    interlaced: interlace === 1,
    data: [],
    end: 0,
  };
}
