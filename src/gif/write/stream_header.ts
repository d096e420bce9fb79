import type { LogicalScreen } from "../block.ts";
import { GIF_VERSIONS } from "../signature.ts";
import * as spec from "../spec.ts";
import { writeU16 } from "../u16.ts";

const [, GIF89A] = GIF_VERSIONS;

/**
 * The first bytes of an endless GIF: header and logical screen descriptor
 * (GIF89a sections 17, 18), without a loop extension, so that a stream that
 * ends rests on its last picture.
 *
 * @param screen Width and height, 1 to 65535 pixels each.
 * @param globalColors Red, green and blue of up to 256 colors for a global
 * color table (section 19); by default there is none.
 * @returns 13 bytes, and the table.
 * @throws {RangeError} If width or height is out of range.
 *
 * @example
 * ```ts
 * import { streamHeader } from "@x/gifstream/gif";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(streamHeader({ width: 320, height: 180 }).length, 13);
 * ```
 */
export function streamHeader(
  screen: LogicalScreen,
  globalColors?: Uint8Array,
): Uint8Array {
  const { width, height } = screen;
  for (const side of [width, height]) {
    if (!Number.isInteger(side) || side < 1 || side > 65535) {
      throw new RangeError(
        `Cannot make stream header: width and height must be 1 to 65535: ${width}x${height}`,
      );
    }
  }
  const sizeField = globalColors === undefined
    ? undefined
    : spec.colorTableSizeField(globalColors.length);
  const tableBytes = sizeField === undefined ? 0 : 6 << sizeField;
  const header = new Uint8Array(spec.SCREEN_BYTES + tableBytes);
  header.set(GIF89A);
  writeU16(header, 6, width);
  writeU16(header, 8, height);
  // Color resolution 8 bits; background index and aspect 0.
  header[10] = 0x70 |
    (sizeField === undefined ? 0 : spec.TABLE_FLAG | sizeField);
  if (globalColors !== undefined) header.set(globalColors, spec.SCREEN_BYTES);
  return header;
}
