import type {
  GifBlock,
  GifImage,
  GraphicControl,
  LogicalScreen,
} from "../block.ts";
import { GifError } from "../gif_error.ts";
import { encodeLzw } from "../lzw_encode.ts";
import * as spec from "../spec.ts";
import { BlockReader } from "./block_reader.ts";

/** A picture of a GIF, with all that is needed to show it. */
export interface GifFrame {
  /** The logical screen of the GIF that the frame belongs to. */
  screen: LogicalScreen;
  /** The image and where its bytes lie. */
  image: GifImage;
  /** Delay, disposal and transparency, if the GIF states them. */
  graphicControl?: GraphicControl;
  /** Its own color table, else its GIF's global one: 3 bytes a color. */
  colorTable: Uint8Array;
  /**
   * Nothing of earlier pictures belongs to it: it begins on a clear screen,
   * and that is what its disposal method 3 puts back. {@linkcode FrameReader}
   * says so of the only image of a whole GIF that does not paint the whole
   * screen, sources of one GIF after another of the first image of each.
   */
  standalone: boolean;
}

/** The facts of a GIF's header on which its frames build. */
export interface GifSequence {
  /** Its logical screen, enlarged to hold its first image as browsers do. */
  screen: LogicalScreen;
  /** Its global color table, 3 bytes a color. */
  globalColorTable?: Uint8Array;
}

/** Options of {@linkcode FrameReader}. */
export interface FrameReaderOptions {
  /**
   * The sequence that bare frames belong to: ffmpeg's image2 muxer writes
   * files that hold a frame without a header, which need the screen and the
   * color table of the sequence's first file.
   */
  sequence?: GifSequence;
  /**
   * Most bytes that one frame may take.
   *
   * @default {33554432}
   */
  maxFrameBytes?: number;
  /**
   * Most pixels that the logical screen, or an image, may have.
   *
   * @default {8388608} enough for 3840x2160
   */
  maxPixels?: number;
}

/**
 * Reads the frames of a GIF as its bytes arrive, in pieces of any size.
 *
 * Takes whole GIFs of one or many images, and bare frames (see
 * {@linkcode FrameReaderOptions.sequence}). A frame is there as soon as its
 * last byte is; only the first one waits for the block after it if it leaves
 * holes, since that block tells whether the image stands alone.
 *
 * @example Frames of a file
 * ```ts
 * import { FrameReader } from "@x/gifstream/gif";
 * import { assertEquals } from "@std/assert";
 *
 * const reader = new FrameReader();
 * reader.push(Uint8Array.from(
 *   atob("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs="),
 *   (c) => c.charCodeAt(0),
 * ));
 * reader.end();
 * const frame = reader.next();
 * assertEquals(frame?.screen, { width: 1, height: 1 });
 * assertEquals(frame?.colorTable.length, 6);
 * assertEquals(reader.next(), undefined);
 * assertEquals(reader.done, true);
 * ```
 */
export class FrameReader {
  readonly #blocks: BlockReader;
  readonly #maxPixels: number;
  #sequence: GifSequence | undefined;
  #headerSeen = false;
  #graphicControl: GraphicControl | undefined;
  /** The first frame, until it is known whether it stands alone. */
  #held: GifFrame | undefined;
  /** A frame that was read to learn that; next in turn. */
  #following: GifFrame | undefined;
  #images = 0;
  #endReason: "trailer" | "end-of-data" | "garbage" | undefined;
  /** The mistake in the bytes, once the frames before it were given. */
  #failure: GifError | undefined;

  /**
   * Makes a reader of one GIF or one bare frame.
   *
   * @param options The sequence of bare frames, and bounds.
   * @throws {RangeError} If a bound is not a positive integer.
   */
  constructor(options: FrameReaderOptions = {}) {
    const { sequence, maxFrameBytes, maxPixels = 2 ** 23 } = options;
    if (!Number.isInteger(maxPixels) || maxPixels < 1) {
      throw new RangeError(
        `Cannot read GIF: maxPixels must be a positive integer: ${maxPixels}`,
      );
    }
    this.#maxPixels = maxPixels;
    this.#sequence = sequence;
    this.#blocks = new BlockReader({
      start: "any",
      maxBlockBytes: maxFrameBytes,
    });
  }

  /** True once the GIF has ended: nothing more will be read from it. */
  get done(): boolean {
    return this.#endReason !== undefined && this.#following === undefined;
  }

  /**
   * Cause of the GIF's end, once it is done: its trailer; the end of the data
   * without one; or garbage, bytes that are no block where one should be.
   */
  get endReason(): "trailer" | "end-of-data" | "garbage" | undefined {
    return this.done ? this.#endReason : undefined;
  }

  /** The screen and table of the header seen, else those given. */
  get sequence(): GifSequence | undefined {
    return this.#sequence;
  }

  /**
   * Adds bytes. The reader keeps the buffer: do not change it afterwards.
   *
   * @param bytes The bytes that follow those pushed before.
   * @param begin Where in `bytes` they begin; what lies before is free room
   * for {@linkcode framePart} to work in place.
   */
  push(bytes: Uint8Array, begin: number = 0): void {
    this.#blocks.push(bytes, begin);
  }

  /**
   * Bytes pushed but not read: a block that is not all there, is broken,
   * or follows the end. A view, not a copy.
   */
  get rest(): Uint8Array {
    return this.#blocks.rest;
  }

  /** Announces that no more bytes will come. */
  end(): void {
    this.#blocks.end();
  }

  /**
   * The next frame; undefined when it is not all there yet, or when the GIF
   * has ended. An image without pixels becomes a clear one, since Chromium
   * shows the picture below it for its delay; one without a color table is
   * black.
   *
   * @throws {GifError} If the bytes are no GIF, are cut off after
   * {@linkcode FrameReader.end}, hold no picture, or ask for a screen that
   * there cannot be; every later call throws it too.
   */
  next(): GifFrame | undefined {
    const following = this.#following;
    if (following !== undefined) {
      this.#following = undefined;
      return following;
    }
    if (this.#failure !== undefined) throw this.#failure;
    try {
      return this.#read();
    } catch (error) {
      if (!(error instanceof GifError)) throw error;
      this.#failure = error;
      const held = this.#release(false);
      if (held === undefined) throw error;
      return held;
    }
  }

  #read(): GifFrame | undefined {
    while (this.#endReason === undefined) {
      const block = this.#blocks.next();
      switch (block.type) {
        case "need-more":
          return undefined;
        case "header":
          this.#readHeader(block);
          break;
        case "graphic-control":
          this.#graphicControl = block.control;
          break;
        case "image": {
          const frame = this.#readImage(block.image, block.offset);
          if (frame !== undefined) return frame;
          break;
        }
        case "end":
          return this.#finish(block);
      }
    }
    return undefined;
  }

  #readHeader(header: GifSequence & { offset: number }): void {
    const { screen, globalColorTable, offset } = header;
    this.#checkPixels("a screen", screen, offset);
    this.#sequence = { screen, globalColorTable };
    this.#headerSeen = true;
  }

  #readImage(image: GifImage, offset: number): GifFrame | undefined {
    const graphicControl = this.#graphicControl;
    this.#graphicControl = undefined;
    this.#checkPixels("an image", image, offset);
    if (this.#sequence === undefined) {
      throw new GifError(
        "Cannot read bare GIF frame: expected the first file of its " +
          "sequence before it, with the screen and the color table, found none",
        offset,
      );
    }
    const first = this.#images++ === 0;
    if (first && this.#headerSeen) this.#enlargeScreen(image);
    const { screen, globalColorTable } = this.#sequence;
    if (first) this.#checkScreen(screen, offset);
    const frame: GifFrame = image.width === 0 || image.height === 0
      ? clearFrame(screen, image, graphicControl)
      : {
        screen,
        image,
        graphicControl,
        colorTable: image.localColorTable ?? globalColorTable ??
          blackTable(image),
        standalone: false,
      };
    if (first && this.#headerSeen && !paintsScreen(frame)) {
      this.#held = frame;
      return undefined;
    }
    if (this.#held === undefined) return frame;
    this.#following = frame;
    return this.#release(false);
  }

  #release(standalone: boolean): GifFrame | undefined {
    const frame = this.#held;
    if (frame !== undefined) frame.standalone = standalone;
    this.#held = undefined;
    return frame;
  }

  #finish(
    { reason, offset }: GifBlock & { type: "end" },
  ): GifFrame | undefined {
    this.#endReason = reason;
    if (this.#images > 0) return this.#release(true);
    throw new GifError(
      `Cannot read GIF: expected a picture, found the end at byte ${offset}`,
      offset,
    );
  }

  /** The first image may be larger than the screen: browsers enlarge it. */
  #enlargeScreen(image: GifImage): void {
    const { screen, globalColorTable } = this.#sequence!;
    const enlarged = {
      width: Math.max(screen.width, image.left + image.width),
      height: Math.max(screen.height, image.top + image.height),
    };
    this.#sequence = { screen: enlarged, globalColorTable };
  }

  /** A header may have a screen without pixels, enlarged it may fit none. */
  #checkScreen(screen: LogicalScreen, offset: number): void {
    this.#checkPixels("a screen", screen, offset);
    const { width, height } = screen;
    const { MAX_SIDE_PIXELS: max } = spec;
    if (Math.min(width, height) >= 1 && Math.max(width, height) <= max) return;
    throw new GifError(
      `Cannot read GIF: expected a screen of 1 to ${max} pixels a side, ` +
        `found ${width}x${height} at byte ${offset}`,
      offset,
    );
  }

  #checkPixels(what: string, size: LogicalScreen, offset: number): void {
    const { width, height } = size;
    if (width * height <= this.#maxPixels) return;
    throw new GifError(
      `Cannot read GIF: expected ${what} of at most ${this.#maxPixels} ` +
        `pixels, found ${width}x${height} at byte ${offset}`,
      offset,
    );
  }
}

/** Black for every index of an image, as browsers take it without a table. */
function blackTable({ bytes, dataStart }: GifImage): Uint8Array {
  const bits = Math.max(spec.MIN_LZW_CODE_SIZE, bytes[dataStart]);
  return new Uint8Array(3 << bits);
}

/**
 * One clear pixel in place of an image that has none, which browsers do not
 * show alike. It must not be disposed of: that would clear what is below.
 */
function clearFrame(
  screen: LogicalScreen,
  { left, top }: GifImage,
  graphicControl: GraphicControl | undefined,
): GifFrame {
  const bytes = encodeLzw(new Uint8Array(1), spec.MIN_LZW_CODE_SIZE);
  return {
    screen,
    image: {
      left: Math.min(left, screen.width - 1),
      top: Math.min(top, screen.height - 1),
      width: 1,
      height: 1,
      interlaced: false,
      sorted: false,
      bytes,
      roomStart: 0,
      dataStart: 0,
      dataEnd: bytes.length,
    },
    graphicControl: {
      delayCentiseconds: graphicControl?.delayCentiseconds ?? 0,
      disposal: 0,
      transparent: true,
      transparentIndex: 0,
      userInput: graphicControl?.userInput ?? false,
    },
    colorTable: new Uint8Array(3 << spec.MIN_LZW_CODE_SIZE),
    standalone: false,
  };
}

/** True if a frame paints every pixel of the screen, whatever it showed. */
export function paintsScreen(frame: GifFrame): boolean {
  const { screen, image, graphicControl } = frame;
  return graphicControl?.transparent !== true &&
    image.left === 0 && image.top === 0 &&
    image.width >= screen.width && image.height >= screen.height;
}

/**
 * True if a frame needs nothing before it: a viewer may start with it, and
 * whatever came before it may be skipped. One that asks for that to be put
 * back (disposal method 3) needs it. One that reaches past the screen must not
 * be the first, for which browsers enlarge the screen.
 */
export function isKeyframe(frame: GifFrame): boolean {
  if (overhangs(frame)) return false;
  if (frame.standalone) return true;
  const disposal = effectiveDisposal(frame.graphicControl?.disposal ?? 0);
  return paintsScreen(frame) && disposal !== spec.RESTORE_TO_PREVIOUS;
}

/**
 * The disposal method that browsers make of one: they take 4 for 3, since
 * some writers do, and the reserved ones for 0.
 */
export function effectiveDisposal(disposal: number): number {
  if (disposal === 4) return spec.RESTORE_TO_PREVIOUS;
  return disposal <= spec.RESTORE_TO_PREVIOUS ? disposal : 0;
}

function overhangs({ screen, image }: GifFrame): boolean {
  return image.left + image.width > screen.width ||
    image.top + image.height > screen.height;
}
