import type { LogicalScreen } from "../block.ts";
import { FrameReader } from "../read/frame_reader.ts";
import { Canvas } from "./canvas.ts";

/** A picture of a GIF as a viewer sees it. */
export interface DecodedFrame {
  /** Width and height in pixels. */
  screen: LogicalScreen;
  /**
   * Red, green, blue and alpha of every pixel, row by row, as `ImageData`
   * takes them; alpha is 255, or 0 where nothing was drawn.
   */
  pixels: Uint8ClampedArray<ArrayBuffer>;
  /** Time that it is shown for, in hundredths of a second. */
  delayCentiseconds: number;
}

/** Options of {@linkcode decodeGif}. */
export interface DecodeGifOptions {
  /**
   * Most pixels that a picture may have.
   *
   * @default {67108864}
   */
  maxPixels?: number;
}

/**
 * Decodes a GIF, one picture at a time: it keeps one canvas, however many
 * pictures there are. How pictures are drawn: see {@linkcode Canvas}.
 *
 * @param bytes The whole file.
 * @param options Bounds.
 * @returns The pictures in turn, each with pixels of its own.
 * @throws {GifError} When a picture is asked for, if the bytes are no GIF, are cut off,
 * hold no picture, or ask for too many pixels.
 *
 * @example
 * ```ts
 * import { decodeGif } from "@x/gifstream/gif";
 * import { assertEquals } from "@std/assert";
 *
 * const gif = Uint8Array.from(
 *   atob("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs="),
 *   (c) => c.charCodeAt(0),
 * );
 * for (const { screen, pixels, delayCentiseconds } of decodeGif(gif)) {
 *   assertEquals(screen, { width: 1, height: 1 });
 *   assertEquals([...pixels], [0, 0, 0, 255]);
 *   assertEquals(delayCentiseconds, 0);
 * }
 * ```
 */
export function* decodeGif(
  bytes: Uint8Array,
  options: DecodeGifOptions = {},
): Generator<DecodedFrame, void, void> {
  const { maxPixels = 2 ** 26 } = options;
  const reader = new FrameReader({
    maxFrameBytes: Number.MAX_SAFE_INTEGER,
    maxPixels,
  });
  reader.push(bytes);
  reader.end();
  let canvas: Canvas | undefined;
  for (let frame = reader.next(); frame !== undefined; frame = reader.next()) {
    const { screen, graphicControl } = frame;
    canvas ??= new Canvas(screen, { maxPixels });
    canvas.draw(frame);
    yield {
      screen,
      pixels: canvas.snapshot(),
      delayCentiseconds: graphicControl?.delayCentiseconds ?? 0,
    };
  }
}
