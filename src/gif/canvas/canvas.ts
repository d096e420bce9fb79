import type { GifImage, GraphicControl, LogicalScreen } from "../block.ts";
import { GifError } from "../gif_error.ts";
import { interlacedRowOrder } from "../interlace.ts";
import { decodeLzw, type LzwResult } from "../lzw_decode.ts";
import { effectiveDisposal, type GifFrame } from "../read/frame_reader.ts";
import { partImages } from "../read/part_images.ts";
import * as spec from "../spec.ts";

/** Options of {@linkcode Canvas}. */
export interface CanvasOptions {
  /**
   * Most pixels that the canvas, or an image drawn on it, may have.
   *
   * @default {67108864}
   */
  maxPixels?: number;
}

/** Disposal that the image drawn last asks for (GIF89a section 23). */
export interface PendingDisposal {
  /** 2: the rectangle is cleared. 3: what was there before is put back. */
  disposal: 2 | 3;
  /** Pixels from the left edge of the canvas. */
  left: number;
  /** Pixels from the top edge of the canvas. */
  top: number;
  /** Pixels. */
  width: number;
  /** Pixels. */
  height: number;
  /** The pixels that will be there: a copy, as {@linkcode Canvas.pixels}. */
  pixels: Uint8ClampedArray<ArrayBuffer>;
}

/** The part of an image that lies on the canvas, in pixels. */
interface Area {
  left: number;
  top: number;
  columns: number;
  rows: number;
}

/** Stands for the transparent index; other colors have an alpha of 255. */
const KEEP = 0;

/**
 * The picture of a viewer who has got every image of a GIF so far (GIF89a
 * sections 18 to 23), drawn as browsers draw it.
 *
 * The specification leaves much open. Where decoders differ, this does what
 * Chromium does:
 * - the background is transparent, whatever color the GIF names;
 * - disposal methods apply to the image's own rectangle, just before the next
 *   image is drawn; 4 counts as 3, and 5 to 7 as 0;
 * - an index that the color table does not have is opaque black;
 * - pixels off the logical screen are ignored;
 * - of an image whose data ends early or is broken, the pixels that there are
 *   are drawn (Chromium then shows nothing of the images that follow).
 *
 * @example
 * ```ts
 * import { Canvas, FrameReader } from "@x/gifstream/gif";
 * import { assertEquals } from "@std/assert";
 *
 * const reader = new FrameReader();
 * reader.push(Uint8Array.from(
 *   atob("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs="),
 *   (c) => c.charCodeAt(0),
 * ));
 * reader.end();
 * const frame = reader.next()!;
 * const canvas = new Canvas(frame.screen);
 * canvas.draw(frame);
 * assertEquals([...canvas.pixels], [0, 0, 0, 255]);
 * ```
 */
export class Canvas {
  /** Width and height in pixels. */
  readonly screen: Readonly<LogicalScreen>;
  /**
   * Red, green, blue and alpha of every pixel, row by row; alpha is 255, or 0
   * where nothing was drawn, then the others are 0 too. It changes with every
   * image drawn: see {@linkcode Canvas.snapshot}.
   */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  readonly #maxPixels: number;
  /** The same pixels, one by one. */
  readonly #pixels: Uint32Array<ArrayBuffer>;
  /** The color of each index in the image that is being drawn. */
  readonly #colors = new Uint32Array(256);
  readonly #colorBytes = new Uint8Array(this.#colors.buffer);
  #indices: Uint8Array = new Uint8Array(0);
  /** Disposal before the next image is drawn, and its area. */
  #disposal = 0;
  #disposalArea: Area = { left: 0, top: 0, columns: 0, rows: 0 };
  /** The pixels of that area before, if they are to be restored. */
  #previous = new Uint32Array(0);

  /**
   * Makes a canvas on which nothing is drawn yet.
   *
   * @param screen The logical screen, 1 to 65535 pixels a side.
   * @param options Bounds.
   * @throws {RangeError} If a side is out of range, or there are too many
   * pixels.
   */
  constructor(screen: LogicalScreen, options: CanvasOptions = {}) {
    const { maxPixels = 2 ** 26 } = options;
    const { width, height } = screen;
    for (const side of [width, height]) {
      if (!Number.isInteger(side) || side < 1 || side > 65535) {
        throw new RangeError(
          `Cannot make canvas: width and height must be 1 to 65535: ${width}x${height}`,
        );
      }
    }
    if (!(width * height <= maxPixels)) {
      throw new RangeError(
        `Cannot make canvas: it must have at most ${maxPixels} pixels: ${width}x${height}`,
      );
    }
    this.screen = { width, height };
    this.#maxPixels = maxPixels;
    this.#pixels = new Uint32Array(width * height);
    this.pixels = new Uint8ClampedArray(this.#pixels.buffer);
  }

  /** A copy of the pixels as they are now. */
  snapshot(): Uint8ClampedArray<ArrayBuffer> {
    return this.pixels.slice();
  }

  /** An independent copy of this canvas. */
  copy(): Canvas {
    const copy = new Canvas(this.screen, { maxPixels: this.#maxPixels });
    copy.#pixels.set(this.#pixels);
    copy.#disposal = this.#disposal;
    copy.#disposalArea = this.#disposalArea;
    if (this.#disposal === spec.RESTORE_TO_PREVIOUS) {
      const { columns, rows } = this.#disposalArea;
      copy.#previous = this.#previous.slice(0, columns * rows);
    }
    return copy;
  }

  /**
   * The disposal that waits for the next image, if there is one. A viewer who
   * goes on from here needs it.
   */
  get pendingDisposal(): PendingDisposal | undefined {
    const { left, top, columns, rows } = this.#disposalArea;
    const disposal = this.#disposal;
    if (disposal !== 2 && disposal !== 3) return undefined;
    const pixels = disposal === spec.RESTORE_TO_PREVIOUS
      ? this.#previous.slice(0, columns * rows)
      : new Uint32Array(columns * rows);
    return {
      disposal,
      left,
      top,
      width: columns,
      height: rows,
      pixels: new Uint8ClampedArray(pixels.buffer),
    };
  }

  /** Makes every pixel transparent, as before the first image. */
  clear(): void {
    this.#pixels.fill(0);
    this.#disposal = 0;
  }

  /**
   * Draws the next frame. A frame that stands alone begins with a clear
   * canvas.
   *
   * @param frame The frame; its own screen does not matter.
   * @returns How the image data came to its end: `complete` if all is well.
   * @throws {RangeError} If the image has too many pixels; the canvas is then
   * as it was.
   */
  draw(frame: GifFrame): LzwResult["end"] {
    const { image, graphicControl, colorTable, standalone } = frame;
    this.#checkImage(image);
    if (standalone) this.clear();
    return this.#drawImage(image, colorTable, graphicControl);
  }

  /**
   * Draws all images of a part, one after another.
   *
   * @param part Blocks without a header, as {@linkcode framePart} and
   * {@linkcode keyframe} make them.
   * @throws {GifError} If the bytes are no blocks of a GIF, end in the middle
   * of one, or hold an image without a local color table.
   * @throws {RangeError} If an image has too many pixels.
   */
  drawPart(part: Uint8Array): void {
    for (const { image, offset, graphicControl } of partImages(part)) {
      if (image.localColorTable === undefined) {
        throw new GifError(
          "Cannot draw part: expected a local color table for the image at " +
            `byte ${offset}, found none`,
          offset,
        );
      }
      this.#checkImage(image);
      this.#drawImage(image, image.localColorTable, graphicControl);
    }
  }

  #checkImage(image: GifImage): void {
    if (indicesWanted(image, this.#clip(image)) <= this.#maxPixels) return;
    throw new RangeError(
      `Cannot draw image: it must have at most ${this.#maxPixels} pixels: ` +
        `${image.width}x${image.height}`,
    );
  }

  #drawImage(
    image: GifImage,
    colorTable: Uint8Array,
    graphicControl: GraphicControl | undefined,
  ): LzwResult["end"] {
    this.#dispose();
    const area = this.#clip(image);
    if (area.columns === 0 || area.rows === 0) return "complete";
    this.#disposal = effectiveDisposal(graphicControl?.disposal ?? 0);
    this.#disposalArea = area;
    if (this.#disposal === spec.RESTORE_TO_PREVIOUS) this.#save(area);
    this.#setColors(colorTable, graphicControl);
    const { bytes, dataStart, dataEnd } = image;
    const indices = this.#indicesOf(image, area);
    const { pixels, end } = decodeLzw(
      bytes.subarray(dataStart, dataEnd),
      indices,
    );
    this.#paint(image, area, indices.subarray(0, pixels));
    return end;
  }

  /** Does what the last image asked for before the next one (section 23). */
  #dispose(): void {
    const { left, top, columns, rows } = this.#disposalArea;
    const pixels = this.#pixels, previous = this.#previous;
    for (let row = 0; row < rows; row++) {
      const at = (top + row) * this.screen.width + left;
      if (this.#disposal === spec.RESTORE_TO_BACKGROUND) {
        pixels.fill(0, at, at + columns);
      } else if (this.#disposal === spec.RESTORE_TO_PREVIOUS) {
        const from = row * columns;
        pixels.set(previous.subarray(from, from + columns), at);
      }
    }
    this.#disposal = 0;
  }

  /** Keeps what the next image is going to cover. */
  #save({ left, top, columns, rows }: Area): void {
    if (this.#previous.length < columns * rows) {
      this.#previous = new Uint32Array(columns * rows);
    }
    for (let row = 0; row < rows; row++) {
      const at = (top + row) * this.screen.width + left;
      const kept = this.#pixels.subarray(at, at + columns);
      this.#previous.set(kept, row * columns);
    }
  }

  #clip({ left, top, width, height }: GifImage): Area {
    const { screen } = this;
    return {
      left,
      top,
      columns: Math.max(0, Math.min(width, screen.width - left)),
      rows: Math.max(0, Math.min(height, screen.height - top)),
    };
  }

  #setColors(table: Uint8Array, control: GraphicControl | undefined): void {
    const bytes = this.#colorBytes;
    for (let color = 0; color < 256; color++) {
      const from = color * 3, to = color * 4;
      bytes[to] = table[from];
      bytes[to + 1] = table[from + 1];
      bytes[to + 2] = table[from + 2];
      bytes[to + 3] = 255;
    }
    if (control?.transparent) this.#colors[control.transparentIndex] = KEEP;
  }

  /** Room for the indices that are to be decoded. */
  #indicesOf(image: GifImage, area: Area): Uint8Array {
    const wanted = indicesWanted(image, area);
    if (this.#indices.length >= wanted) {
      return this.#indices.subarray(0, wanted);
    }
    const indices = new Uint8Array(wanted);
    // An image much larger than the canvas is too rare to keep the room.
    if (wanted <= 2 * this.#pixels.length) this.#indices = indices;
    return indices;
  }

  #paint(image: GifImage, area: Area, indices: Uint8Array): void {
    const { width, height, interlaced } = image;
    const order = interlaced ? interlacedRowOrder(height) : undefined;
    for (let row = 0; row * width < indices.length; row++) {
      const target = order === undefined ? row : order[row];
      if (target >= area.rows) continue;
      const from = row * width;
      this.#paintRow(
        indices.subarray(from, from + area.columns),
        (area.top + target) * this.screen.width + area.left,
      );
    }
  }

  #paintRow(indices: Uint8Array, at: number): void {
    const pixels = this.#pixels, colors = this.#colors;
    for (let i = 0; i < indices.length; i++) {
      const color = colors[indices[i]];
      if (color !== KEEP) pixels[at + i] = color;
    }
  }
}

/** Down to the last row on the canvas; interlaced rows come in any order. */
function indicesWanted(image: GifImage, { rows }: Area): number {
  return image.width * (image.interlaced ? image.height : rows);
}
