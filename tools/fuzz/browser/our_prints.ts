import { Canvas } from "../../../src/gif/canvas/canvas.ts";
import { GifError } from "../../../src/gif/gif_error.ts";
import { decodeLzw, type LzwResult } from "../../../src/gif/lzw_decode.ts";
import {
  FrameReader,
  type GifFrame,
} from "../../../src/gif/read/frame_reader.ts";
import { fingerprint } from "../check/fingerprint.ts";
import { MAX_PICTURES, type Print } from "./chromium_prints.ts";

/** A picture by us. */
export interface OurPrint extends Print {
  /** How its image data ends. */
  end: LzwResult["end"];
}

/** What we make of a GIF, up to a mistake in its blocks. */
export interface OurPrints {
  prints: OurPrint[];
  error?: string;
}

/** The pictures of a GIF as `decodeGif()` gives them. */
export function ourPrintsOf(gif: Uint8Array): OurPrints {
  const reader = new FrameReader();
  reader.push(gif.slice());
  reader.end();
  const prints: OurPrint[] = [];
  let canvas: Canvas | undefined;
  try {
    for (let frame = reader.next(); frame; frame = reader.next()) {
      canvas ??= new Canvas(frame.screen);
      const end = endOf(frame);
      canvas.draw(frame);
      const { screen: { width, height }, graphicControl } = frame;
      prints.push({
        end,
        size: `${width}x${height}`,
        delayMilliseconds: 10 * (graphicControl?.delayCentiseconds ?? 0),
        picture: fingerprint(canvas.pixels),
      });
      if (prints.length === MAX_PICTURES) break;
    }
    return { prints };
  } catch (error) {
    if (!(error instanceof GifError)) throw error;
    return { prints, error: error.message };
  }
}

/** Of all rows, even those that lie off the screen. */
function endOf({ image }: GifFrame): LzwResult["end"] {
  const { width, height, bytes, dataStart, dataEnd } = image;
  const indices = new Uint8Array(width * height);
  return decodeLzw(bytes.subarray(dataStart, dataEnd), indices).end;
}
