import type { GifImage, GraphicControl } from "../block.ts";
import { BlockReader } from "./block_reader.ts";

/** An image of a part. */
export interface PartImage {
  /** The image. */
  image: GifImage;
  /** Position of its first byte in the part. */
  offset: number;
  /** Its graphic control, as all images have that this library makes. */
  graphicControl?: GraphicControl;
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
      control = { graphicControl: block.control };
    } else if (block.type === "image") {
      yield { image: block.image, offset: block.offset, ...control };
      control = {};
    }
  }
}
