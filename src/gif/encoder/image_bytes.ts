import * as spec from "../spec.ts";

/** An image that is to be written, its data compressed already. */
export interface CompressedImage {
  /** Pixels from the left edge of the logical screen. */
  left: number;
  /** Pixels from the top edge of the logical screen. */
  top: number;
  /** Pixels. */
  width: number;
  /** Pixels. */
  height: number;
  /** Red, green and blue of each color; filled up with black. */
  colors: Uint8Array;
  /** The index that is transparent, or -1. */
  transparentIndex: number;
  /** Hundredths of a second. */
  delayCentiseconds: number;
  /** Minimum code size, sub-blocks, block terminator. */
  data: Uint8Array;
}

/**
 * Writes an image as it stands in a stream: graphic control, descriptor,
 * local color table, data (GIF89a sections 20 to 23).
 */
export function imageBytes(image: CompressedImage): Uint8Array<ArrayBuffer> {
  const { colors, transparentIndex, data } = image;
  const entries = Math.max(colors.length / 3, transparentIndex + 1);
  const sizeField = spec.colorTableSizeField(entries * 3);
  const descriptor = spec.GRAPHIC_CONTROL_BYTES;
  const table = descriptor + spec.DESCRIPTOR_BYTES;
  const dataStart = table + (3 << sizeField + 1);
  const bytes = new Uint8Array(dataStart + data.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = spec.EXTENSION_INTRODUCER;
  bytes[1] = spec.GRAPHIC_CONTROL_LABEL;
  bytes[2] = 4;
  bytes[3] = 1 << spec.DISPOSAL_SHIFT |
    (transparentIndex < 0 ? 0 : spec.TRANSPARENT_FLAG);
  view.setUint16(4, image.delayCentiseconds, true);
  bytes[6] = Math.max(0, transparentIndex);
  bytes[descriptor] = spec.IMAGE_SEPARATOR;
  view.setUint16(descriptor + 1, image.left, true);
  view.setUint16(descriptor + 3, image.top, true);
  view.setUint16(descriptor + 5, image.width, true);
  view.setUint16(descriptor + 7, image.height, true);
  bytes[descriptor + 9] = spec.TABLE_FLAG | sizeField;
  bytes.set(colors, table);
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
