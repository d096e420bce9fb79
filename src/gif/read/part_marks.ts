import { GifError, hex } from "../gif_error.ts";
import * as spec from "../spec.ts";

/** Position of the packed fields in a graphic control extension (section 23). */
const PACKED_OFFSET = 3;
/** Position of the delay there. */
const DELAY_OFFSET = 4;

/** An image of a part, by the graphic control before it. */
export interface PartMark {
  /** Position of its delay in the part; undefined if it has no control. */
  delayPosition?: number;
  /** Its disposal method, 0 to 7. */
  disposal: number;
}

/**
 * The images of a finished part, of which nothing but their place is looked at:
 * parts are made and checked before.
 *
 * @param part Blocks without a header, as {@linkcode framePart} makes them.
 * @throws {GifError} If the bytes are no blocks of a GIF, or end in the middle
 * of one.
 */
export function partMarks(part: Uint8Array): PartMark[] {
  const marks: PartMark[] = [];
  let at = 0, mark: PartMark = { disposal: 0 };
  while (at < part.length && part[at] !== spec.TRAILER) {
    const label = part[at];
    if (label === spec.EXTENSION_INTRODUCER) {
      if (part[at + 1] === spec.GRAPHIC_CONTROL_LABEL) {
        const disposal = part[at + PACKED_OFFSET] >> spec.DISPOSAL_SHIFT &
          spec.DISPOSAL_MASK;
        mark = { delayPosition: at + DELAY_OFFSET, disposal };
      }
      at = afterSubBlocks(part, at + 2);
    } else if (label === spec.IMAGE_SEPARATOR) {
      marks.push(mark);
      mark = { disposal: 0 };
      const packed = part[at + spec.DESCRIPTOR_BYTES - 1];
      const table = packed & spec.TABLE_FLAG
        ? 3 << (packed & spec.TABLE_SIZE_MASK) + 1
        : 0;
      // The least code size comes before the data.
      at = afterSubBlocks(part, at + spec.DESCRIPTOR_BYTES + table + 1);
    } else {
      throw new GifError(
        `Cannot read part: expected a block label, found ${hex(label)}`,
        at,
      );
    }
  }
  return marks;
}

/** True if all images of a part stay: none is cleared or taken back. */
export function imagesStay(part: Uint8Array): boolean {
  return partMarks(part)
    .every(({ disposal }) => disposal < spec.RESTORE_TO_BACKGROUND);
}

function afterSubBlocks(part: Uint8Array, at: number): number {
  while (part[at] > 0) at += part[at] + 1;
  if (at < part.length) return at + 1;
  throw new GifError("Cannot read part: its data is cut short", part.length);
}
