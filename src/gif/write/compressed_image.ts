import * as spec from "../spec.ts";
import { imageHeadBytes, writeImageHead } from "./image_head.ts";

/** The place of an image, and the meaning of its colors and pixels. */
export interface ImageFields {
  /** Pixels from the left edge of the logical screen. */
  left: number;
  /** Pixels from the top edge of the logical screen. */
  top: number;
  /** Pixels, 1 to 65535. */
  width: number;
  /** Pixels, 1 to 65535. */
  height: number;
  /** Red, green and blue of 0 to 256 colors; it is filled up with black. */
  colors: Uint8Array;
  /** True if the colors are those of the global table, which is not written. */
  globalTable?: boolean;
  /** The index that is transparent, if there is one; it needs no color. */
  transparentIndex?: number;
  /** 0 to 3: see {@linkcode GraphicControl.disposal}. */
  disposal: number;
}

/** An image to be written, but for the time that it is shown. */
export interface UntimedImage extends ImageFields {
  /** A color index for each pixel, row by row. */
  indices: Uint8Array;
}

/** An image to be written whose data is there. */
export interface CompressedImage extends ImageFields {
  /** Hundredths of a second. */
  delayCentiseconds: number;
  /** Minimum code size, sub-blocks, block terminator (GIF89a section 22). */
  data: Uint8Array;
}

/**
 * Writes an image as it stands in a stream: graphic control, descriptor,
 * local color table, data (GIF89a sections 20 to 23).
 */
export function compressedImagePart(
  image: CompressedImage,
): Uint8Array<ArrayBuffer> {
  const { data } = image;
  const tableBytes = image.globalTable
    ? 0
    : 6 << spec.colorTableSizeField(entriesOf(image) * 3);
  const dataStart = imageHeadBytes(tableBytes);
  const bytes = new Uint8Array(dataStart + data.length);
  writeImageHead(bytes, 0, { ...image, tableBytes });
  bytes.set(data, dataStart);
  return bytes;
}

/** The minimum code size for so many colors, transparent among them. */
export function minimumCodeSizeFor(entries: number): number {
  return Math.max(
    spec.MIN_LZW_CODE_SIZE,
    spec.colorTableSizeField(entries * 3) + 1,
  );
}

/** Entries that the color table needs, for the transparent index, too. */
export function entriesOf(
  { colors, transparentIndex = -1 }: ImageFields,
): number {
  return Math.max(colors.length / 3, transparentIndex + 1);
}
