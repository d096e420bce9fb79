import type { LogicalScreen } from "../block.ts";
import { encodeLzw } from "../lzw_encode.ts";
import { PART_ROOM_BYTES } from "../read/block_reader.ts";
import type { GifFrame } from "../read/frame_reader.ts";

/**
 * Makes a frame of a picture whose colors have been chosen already.
 *
 * @param screen Its width and height, 1 to 65535 pixels each.
 * @param indices One color index a pixel, row by row.
 * @param colorTable Red, green and blue of 2, 4, 8 ... or 256 colors.
 * @returns A frame that paints the whole screen.
 * @throws {RangeError} If the lengths do not fit, or an index has no color.
 *
 * @example
 * ```ts
 * import { framePart, indexedFrame } from "@x/gifstream/gif";
 * import { assertEquals } from "@std/assert";
 *
 * const frame = indexedFrame(
 *   { width: 2, height: 1 },
 *   Uint8Array.of(0, 1),
 *   Uint8Array.of(0, 0, 0, 255, 255, 255),
 * );
 * assertEquals(framePart(frame).keyframe, true);
 * ```
 */
export function indexedFrame(
  screen: LogicalScreen,
  indices: Uint8Array,
  colorTable: Uint8Array,
): GifFrame {
  const { width, height } = screen;
  if (indices.length !== width * height) {
    throw new RangeError(
      `Cannot make frame: expected ${width}x${height} indices: ${indices.length}`,
    );
  }
  const bits = Math.log2(colorTable.length / 3);
  if (!Number.isInteger(bits) || bits < 1 || bits > 8) {
    throw new RangeError(
      `Cannot make frame: colorTable must have 2, 4, ... 256 colors of 3 bytes: ${colorTable.length} bytes`,
    );
  }
  const data = encodeLzw(indices, Math.max(2, bits));
  const bytes = new Uint8Array(PART_ROOM_BYTES + data.length);
  bytes.set(data, PART_ROOM_BYTES);
  return {
    screen,
    image: {
      left: 0,
      top: 0,
      width,
      height,
      interlaced: false,
      sorted: false,
      bytes,
      roomStart: 0,
      dataStart: PART_ROOM_BYTES,
      dataEnd: bytes.length,
    },
    colorTable,
    standalone: false,
  };
}
