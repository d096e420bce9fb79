import { encodeLzw } from "../lzw_encode.ts";
import type { Area, AreaPixels } from "./changes.ts";
import { imageBytes, minimumCodeSizeFor } from "./image_bytes.ts";
import { LossyLzw } from "./lossy_lzw.ts";
import { NeighborColors } from "./neighbor_colors.ts";
import { type PaletteEffort, PaletteMaker } from "./palette_maker.ts";
import type { SearchEffort } from "./phrase_search.ts";

/** How much work goes into an image. */
export interface Effort {
  /** How palettes are made. */
  palette: PaletteEffort;
  /** Without it, every pixel gets its nearest color or stays as it is. */
  search?: SearchEffort;
  /** If there is a search before, by which the palette is improved. */
  draft?: SearchEffort;
}

/** An image that viewers may get. */
export interface EncodedImage {
  /** Graphic control to data. */
  bytes: Uint8Array<ArrayBuffer>;
  /** Where it is. */
  area: Area;
  /** The color of each pixel of the area. */
  indices: Uint8Array;
  /** Red, green and blue of each color. */
  colors: Uint8Array;
  /** The index that leaves what viewers see, or -1. */
  transparentIndex: number;
}

/** Colors of a table; transparent needs one of them. */
const MAX_COLORS = 256;
/** Bits that a pixel must be worth to be painted where none is searched. */
const PAINT_BITS = 4;

/** Encodes single images; what viewers see is not its business. */
export class ImageEncoder {
  readonly #maker = new PaletteMaker();
  readonly #neighbors = new NeighborColors();
  readonly #lzw = new LossyLzw();
  readonly #indices: Uint8Array;
  readonly #losses: Int32Array;

  /** Makes room for images of so many pixels. */
  constructor(maxPixels: number) {
    this.#indices = new Uint8Array(maxPixels);
    this.#losses = new Int32Array(maxPixels);
  }

  /**
   * Encodes an area.
   *
   * @param paintAll Whether no pixel may stay as it is.
   * @param lambda Squared error that a bit is worth.
   * @returns Its indices are overwritten by the next image.
   */
  encode(
    pixels: AreaPixels,
    paintAll: boolean,
    lambda: number,
    effort: Effort,
    delayCentiseconds: number,
  ): EncodedImage {
    const maker = this.#maker;
    const { palette } = maker;
    const maxColors = paintAll ? MAX_COLORS : MAX_COLORS - 1;
    maker.make(pixels, maxColors, lambda, effort.palette);
    const count = pixels.seenLosses.length;
    const indices = this.#indices.subarray(0, count);
    const losses = this.#losses.subarray(0, count);
    maker.nearest.map(pixels.rgb, palette, indices, losses);
    const transparentIndex = paintAll ? -1 : palette.colors;
    const codeSize = minimumCodeSizeFor(palette.colors + (paintAll ? 0 : 1));
    const { area } = pixels;
    let data: Uint8Array;
    if (effort.search === undefined) {
      if (!paintAll) leave(pixels, indices, losses, transparentIndex, lambda);
      data = encodeLzw(indices, codeSize);
    } else {
      const image = {
        ...pixels,
        indices,
        losses,
        palette,
        neighbors: this.#neighbors,
        transparentIndex,
      };
      if (effort.draft !== undefined) {
        this.#neighbors.reset(palette);
        this.#lzw.encode(image, codeSize, lambda, effort.draft);
        maker.refit(pixels.rgb, indices);
        maker.nearest.reset(palette);
        maker.nearest.map(pixels.rgb, palette, indices, losses);
      }
      this.#neighbors.reset(palette);
      data = this.#lzw.encode(image, codeSize, lambda, effort.search);
    }
    maker.refit(pixels.rgb, indices);
    const colors = palette.bytes();
    const bytes = imageBytes({
      ...area,
      colors,
      transparentIndex,
      delayCentiseconds,
      data,
    });
    return { bytes, area, indices, colors, transparentIndex };
  }
}

/** Makes pixels transparent that are hardly worth to be painted. */
function leave(
  { seenLosses }: AreaPixels,
  indices: Uint8Array,
  losses: Int32Array,
  transparentIndex: number,
  lambda: number,
): void {
  const worth = PAINT_BITS * lambda;
  for (let i = 0; i < indices.length; i++) {
    if (seenLosses[i] - losses[i] <= worth) indices[i] = transparentIndex;
  }
}
