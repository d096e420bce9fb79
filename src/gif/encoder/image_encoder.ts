import type { Box } from "../box.ts";
import { encodeLzw } from "../lzw_encode.ts";
import {
  compressedImagePart,
  minimumCodeSizeFor,
} from "../write/compressed_image.ts";
import { type AreaPixels, MUST_CHANGE } from "./changes.ts";
import { LossyLzw } from "./lossy/lossy_lzw.ts";
import { type FollowEffort, PhraseFollower } from "./lossy/phrase_follower.ts";
import { PhraseSearch, type SearchEffort } from "./lossy/phrase_search.ts";
import { isExact } from "./quality.ts";
import { NeighborColors } from "./palette/neighbor_colors.ts";
import { type PaletteEffort, PaletteMaker } from "./palette/palette_maker.ts";

/** The work that goes into an image. */
export interface Effort {
  /** Options for making palettes. */
  palette: PaletteEffort;
  /** Options of the search for phrases. */
  search?: SearchEffort;
  /**
   * Options of following phrases, where there is no search. Without either,
   * every pixel gets its nearest color or stays as it is.
   */
  follow?: FollowEffort;
  /**
   * Moves colors, before the search, to the means of the pixels that will
   * probably be painted.
   */
  preview: boolean;
  /** 1 moves colors by all pixels that were painted, 2 by every other. */
  refitStep: number;
}

/** An image that viewers may get. */
export interface EncodedImage {
  /** Graphic control to data. */
  bytes: Uint8Array<ArrayBuffer>;
  /** The rectangle of the image. */
  area: Box;
  /** The color of each pixel of the area. */
  indices: Uint8Array;
  /** Red, green and blue of each color. */
  colors: Uint8Array;
  /** The index that leaves what viewers see, or -1. */
  transparentIndex: number;
}

/** Pixels of an area that are to get indices. */
interface IndexedPixels extends AreaPixels {
  indices: Uint8Array;
  transparentIndex: number;
}

/** Colors of a table; transparent needs one of them. */
const MAX_COLORS = 256;
/** Bits that a pixel must be worth to be painted where none is searched. */
const PAINT_BITS = 4;
/** The worth of all pixels together. */
const PAINT_ALL = -(2 ** 30);

/** The same, where it is searched. */
const PREVIEW_BITS = 3;
/** Of every so many pixels one is painted to see which colors it takes. */
const PREVIEW_STEP = 2;
/** Neighbors of a color among which a search finds its colors. */
const SEARCHED_NEIGHBORS = 32;

/** Encodes single images; what viewers see is not its business. */
export class ImageEncoder {
  readonly #maker = new PaletteMaker();
  readonly #effort: Effort;
  readonly #neighbors: NeighborColors;
  readonly #lzw: LossyLzw | undefined;
  readonly #indices: Uint8Array;
  readonly #losses: Int32Array;

  /** Makes room for images of so many pixels. */
  constructor(maxPixels: number, effort: Effort) {
    this.#effort = effort;
    this.#indices = new Uint8Array(maxPixels);
    this.#losses = new Int32Array(maxPixels);
    const { search, follow } = effort;
    this.#neighbors = new NeighborColors(
      follow
        ? Math.max(follow.firstColors, follow.secondColors)
        : SEARCHED_NEIGHBORS,
    );
    if (search) this.#lzw = new LossyLzw(new PhraseSearch(search));
    else if (follow) this.#lzw = new LossyLzw(new PhraseFollower(follow));
  }

  /**
   * Encodes an area.
   *
   * @param mustPaintAll Whether no pixel may stay as it is.
   * @param lambda Squared error that a bit is worth.
   * @returns Its indices are overwritten by the next image.
   */
  encode(
    changed: AreaPixels,
    mustPaintAll: boolean,
    lambda: number,
    delayCentiseconds: number,
  ): EncodedImage {
    const paintAll = mustPaintAll ||
      isExact(lambda) && this.#maker.fillsTable(changed);
    const pixels = paintAll && !mustPaintAll ? paintedOf(changed) : changed;
    const maker = this.#maker, effort = this.#effort;
    const { palette } = maker;
    const maxColors = paintAll ? MAX_COLORS : MAX_COLORS - 1;
    if (maker.make(pixels, maxColors, lambda, effort.palette)) {
      this.#neighbors.reset(palette);
    }
    const count = pixels.seenLosses.length;
    const indices = this.#indices.subarray(0, count);
    const transparentIndex = paintAll ? -1 : palette.colors;
    const codeSize = minimumCodeSizeFor(palette.colors + (paintAll ? 0 : 1));
    const image = { ...pixels, indices, transparentIndex };
    const data = this.#lzw === undefined
      ? this.#encodeExactly(image, lambda, codeSize)
      : this.#encodeLossily(image, this.#lzw, lambda, codeSize);
    const { rgb, area } = pixels;
    maker.refit(rgb, indices, transparentIndex, effort.refitStep);
    const colors = palette.bytes();
    const bytes = compressedImagePart({
      ...area,
      colors,
      transparentIndex: paintAll ? undefined : transparentIndex,
      disposal: 1,
      delayCentiseconds,
      data,
    });
    return { bytes, area, indices, colors, transparentIndex };
  }

  /** Every pixel in its nearest color, or left if that is about as good. */
  #encodeExactly(
    image: IndexedPixels,
    lambda: number,
    codeSize: number,
  ): Uint8Array {
    this.#map(image, PAINT_BITS * lambda);
    return encodeLzw(image.indices, codeSize);
  }

  #encodeLossily(
    image: IndexedPixels,
    lzw: LossyLzw,
    lambda: number,
    codeSize: number,
  ): Uint8Array {
    const { preview, follow } = this.#effort;
    const maker = this.#maker, neighbors = this.#neighbors;
    const { palette, nearest } = maker;
    const { rgb, indices, transparentIndex } = image;
    if (preview && transparentIndex >= 0) {
      this.#map(image, PREVIEW_BITS * lambda);
      maker.refit(rgb, indices, transparentIndex, PREVIEW_STEP);
      nearest.reset(palette);
      neighbors.reset(palette);
    }
    const losses = this.#map(
      image,
      follow === undefined ? PAINT_ALL : follow.leaveBits * lambda,
    );
    const lossy = { ...image, losses, palette, nearest, neighbors };
    return lzw.encode(lossy, codeSize, lambda);
  }

  /**
   * Gives pixels their nearest colors, or leaves them if these are not worth
   * so much.
   *
   * @returns What each pixel loses.
   */
  #map(
    image: IndexedPixels,
    worth: number,
  ): Int32Array {
    const { palette, nearest } = this.#maker;
    const losses = this.#losses.subarray(0, image.indices.length);
    nearest.map(palette, { ...image, losses }, worth);
    return losses;
  }
}

/** The pixels, none of which may stay. */
function paintedOf(pixels: AreaPixels): AreaPixels {
  const seenLosses = new Int32Array(pixels.seenLosses.length);
  return { ...pixels, seenLosses: seenLosses.fill(MUST_CHANGE) };
}
