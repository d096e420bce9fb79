import * as spec from "../spec.ts";
import { writeU16 } from "../u16.ts";

/** The fields before the data of an image: see {@linkcode writeImageHead}. */
export interface ImageHead {
  /** Hundredths of a second, 0 to 65535. */
  delayCentiseconds: number;
  /** 0 to 3: see {@linkcode GraphicControl.disposal}. */
  disposal: number;
  /** The index that is transparent, if there is one. */
  transparentIndex?: number;
  /** Pixels from the left edge of the logical screen. */
  left: number;
  /** Pixels from the top edge of the logical screen. */
  top: number;
  /** Pixels, 1 to 65535. */
  width: number;
  /** Pixels, 1 to 65535. */
  height: number;
  /** True if the rows come in the four passes of appendix E. */
  interlaced?: boolean;
  /** True if the table is sorted by importance. */
  sorted?: boolean;
  /** Red, green and blue of each color; it may end early. */
  colors: Uint8Array;
  /**
   * Bytes of the color table: 3 for each of 2, 4, 8 ... or 256 colors; 0: the
   * image has the global one.
   */
  tableBytes: number;
}

/** Bytes before the data of an image with a color table of so many bytes. */
export function imageHeadBytes(tableBytes: number): number {
  return spec.GRAPHIC_CONTROL_BYTES + spec.DESCRIPTOR_BYTES + tableBytes;
}

/**
 * Writes the graphic control, the descriptor and the local color table of an
 * image (GIF89a sections 20, 21 and 23); its data follows them.
 *
 * @param bytes Where it is written to; what colors lack is left as it is.
 * @param at Where in `bytes` it begins.
 */
export function writeImageHead(
  bytes: Uint8Array,
  at: number,
  image: ImageHead,
): void {
  const { transparentIndex } = image;
  bytes[at] = spec.EXTENSION_INTRODUCER;
  bytes[at + 1] = spec.GRAPHIC_CONTROL_LABEL;
  bytes[at + 2] = 4;
  bytes[at + 3] = image.disposal << spec.DISPOSAL_SHIFT |
    (transparentIndex === undefined ? 0 : spec.TRANSPARENT_FLAG);
  writeU16(bytes, at + 4, image.delayCentiseconds);
  bytes[at + 6] = transparentIndex ?? 0;
  bytes[at + 7] = 0;
  const descriptor = at + spec.GRAPHIC_CONTROL_BYTES;
  bytes[descriptor] = spec.IMAGE_SEPARATOR;
  writeU16(bytes, descriptor + 1, image.left);
  writeU16(bytes, descriptor + 3, image.top);
  writeU16(bytes, descriptor + 5, image.width);
  writeU16(bytes, descriptor + 7, image.height);
  bytes[descriptor + 9] = image.interlaced ? spec.INTERLACE_FLAG : 0;
  if (image.tableBytes === 0) return;
  bytes[descriptor + 9] |= spec.TABLE_FLAG |
    (image.sorted ? spec.SORT_FLAG : 0) |
    spec.colorTableSizeField(image.tableBytes);
  bytes.set(image.colors, descriptor + spec.DESCRIPTOR_BYTES);
}
