import { concat } from "@std/bytes/concat";
import type { LogicalScreen } from "../../gif/block.ts";
import { GifError } from "../../gif/gif_error.ts";
import { BlockReader } from "../../gif/read/block_reader.ts";
import type { GifFrame } from "../../gif/read/frame_reader.ts";
import { showableImage } from "../../gif/read/image_data.ts";
import { framePart, type Part } from "../../gif/write/frame_part.ts";

/** As for any GIF from outside: enough for 3840x2160. */
const MAX_PIXELS = 2 ** 23;
/** More images than any part has that gifstream makes. */
const MAX_IMAGES = 1000;

/**
 * The part again, of checked images: anybody may have written it, and one block
 * that is none would cost all viewers their picture.
 *
 * @param part Blocks without a header; any but images and their controls are
 * left out.
 * @throws {GifError} If browsers could not show it.
 */
export function checkedPart(
  { bytes, keyframe }: Part,
  screen: LogicalScreen,
): Part {
  if (screen.width * screen.height > MAX_PIXELS) throw tooLarge(screen);
  const reader = new BlockReader({
    start: "blocks",
    maxBlockBytes: Math.max(1, bytes.length),
  });
  reader.push(bytes);
  reader.end();
  const pieces: Uint8Array[] = [];
  let graphicControl: GifFrame["graphicControl"];
  for (;;) {
    const block = reader.next();
    if (block.type === "end") {
      if (block.reason === "end-of-data" && pieces.length > 0) break;
      throw new GifError(
        `Cannot read part: expected blocks to its end, found ${block.reason}`,
        block.offset,
      );
    }
    if (block.type === "graphic-control") graphicControl = block.control;
    if (block.type !== "image") continue;
    const { image } = block;
    if (image.width * image.height > MAX_PIXELS) throw tooLarge(image);
    const colorTable = image.localColorTable;
    if (colorTable === undefined || pieces.length === MAX_IMAGES) {
      throw new GifError(
        colorTable === undefined
          ? "Cannot show image: expected a color table of its own, found none"
          : `Cannot read part: expected at most ${MAX_IMAGES} images`,
        block.offset,
      );
    }
    const frame = {
      ...{ screen, graphicControl, standalone: false },
      colorTable: colorTable.slice(),
      image: showableImage(image),
    };
    pieces.push(framePart(frame, { delayCentiseconds: "source" }).bytes);
    graphicControl = undefined;
  }
  return { bytes: pieces.length > 1 ? concat(pieces) : pieces[0], keyframe };
}

function tooLarge({ width, height }: LogicalScreen): GifError {
  return new GifError(
    `Cannot show image: expected at most ${MAX_PIXELS} pixels, found ` +
      `${width}x${height}`,
    0,
  );
}
