import type { GifImage, GraphicControl } from "../block.ts";
import { RESTORE_TO_BACKGROUND } from "../spec.ts";
import { BlockReader } from "./block_reader.ts";
import { effectiveDisposal } from "./frame_reader.ts";

/** Position of the delay in a graphic control extension (section 23). */
const DELAY_OFFSET = 4;

/** An image of a part. */
export interface PartImage {
  /** The image. */
  image: GifImage;
  /** Position of its first byte in the part. */
  offset: number;
  /** Its graphic control, as all images have that this library makes. */
  graphicControl?: GraphicControl;
  /** Position of its delay in the part, if it has a graphic control. */
  delayPosition?: number;
}

/**
 * The images of a part, of which all but the last lead up to what it shows.
 *
 * @param part Blocks without a header, as {@linkcode framePart} makes them.
 * @throws {GifError} If the bytes are no blocks of a GIF, or end in the middle
 * of one.
 */
export function* partImages(part: Uint8Array): Generator<PartImage, void> {
  const reader = new BlockReader({
    start: "blocks",
    maxBlockBytes: Number.MAX_SAFE_INTEGER,
  });
  reader.push(part);
  reader.end();
  let control: Omit<PartImage, "image" | "offset"> = {};
  for (;;) {
    const block = reader.next();
    if (block.type === "end") return;
    if (block.type === "graphic-control") {
      const delayPosition = block.offset + DELAY_OFFSET;
      control = { graphicControl: block.control, delayPosition };
    } else if (block.type === "image") {
      yield { image: block.image, offset: block.offset, ...control };
      control = {};
    }
  }
}

/** True if all images of a part stay: none is cleared or taken back. */
export function imagesStay(part: Uint8Array): boolean {
  for (const { graphicControl } of partImages(part)) {
    const disposal = effectiveDisposal(graphicControl?.disposal ?? 0);
    if (disposal >= RESTORE_TO_BACKGROUND) return false;
  }
  return true;
}
