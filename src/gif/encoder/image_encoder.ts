import type { Box } from "../box.ts";
import { encodeLzw } from "../lzw_encode.ts";
import {
  compressedImagePart,
  minimumCodeSizeFor,
} from "../write/compressed_image.ts";
import { type AreaPixels, paintedOf } from "./changes.ts";
import type { Effort } from "./effort.ts";
import { costOf } from "./image_cost.ts";
import { type DitheredImage, ErrorDiffusion } from "./lossy/error_diffusion.ts";
import { encodeFlexibly } from "./lossy/flexible_lzw.ts";
import { LossyLzw } from "./lossy/lossy_lzw.ts";
import { PhraseFollower } from "./lossy/phrase_follower.ts";
import { PhraseSearch } from "./lossy/phrase_search.ts";
import { isExact } from "./quality.ts";
import { colorLoss } from "./palette/color_loss.ts";
import { NearestColor } from "./palette/nearest_color.ts";
import { NeighborColors } from "./palette/neighbor_colors.ts";
import type { Palette } from "./palette/palette.ts";
import { PaletteMaker } from "./palette/palette_maker.ts";

/** An image that viewers may get. */
export interface EncodedImage {
  /** Graphic control to data. */
  bytes: Uint8Array<ArrayBuffer>;
  /** The position of its data: minimum code size, sub-blocks, terminator. */
  dataAt: number;
  /** The rectangle of the image. */
  area: Box;
  /** The color of each pixel of the area. */
  indices: Uint8Array;
  /** Red, green and blue of each color. */
  colors: Uint8Array;
  /** The index that leaves what viewers see, or -1. */
  transparentIndex: number;
}

/** The uses of images. */
export interface ImageUses {
  /**
   * The table of the first image is to be that of the header, so that others
   * need none.
   */
  keepsGlobal: boolean;
  /** Graphics are dithered, too, if there is dithering at all. */
  dithersGraphics: boolean;
}

/** A way to encode an image. */
interface Way {
  /** True if no pixel may stay as it is. */
  paintAll: boolean;
  lambda: number;
  delayCentiseconds: number;
}

/** A coder that chooses phrases. */
interface Coder {
  lzw: LossyLzw;
  /** Bits' worth of loss below which pixels stay at first, if any may. */
  leaveBits?: number;
}

/** A color table, and what finds colors in it. */
interface ColorTable {
  palette: Palette;
  nearest: NearestColor;
  neighbors: NeighborColors;
}

/** Pixels of an area that are to get indices. */
interface IndexedPixels extends AreaPixels, ColorTable {
  /** True if the table is the global one, whose colors do not move. */
  isGlobal: boolean;
  /** True if its colors were counted one by one. */
  isGraphic: boolean;
  /** True if there were so few that a wrong one is far off. */
  isOfFew: boolean;
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
/** Share of what a table costs that the global one may lose: it stays lost. */
const GLOBAL_SHARE = 0.25;
/** Share of the pixels that must change for all to be painted. */
const PAINT_ALL_SHARE = 0.1;
/** Neighbors of a color among which a search finds its colors. */
const SEARCHED_NEIGHBORS = 32;

/** Encodes single images; what viewers see is not its business. */
export class ImageEncoder {
  readonly #maker = new PaletteMaker();
  readonly #effort: Effort;
  readonly #neighbors: NeighborColors;
  /** Of graphics, the result of the cheapest of these is taken. */
  readonly #coders: readonly Coder[];
  /** Two images may be tried. */
  readonly #indices: Uint8Array[];
  #turn = 0;
  readonly #uses: ImageUses;
  #global: ColorTable | undefined;
  /** True before the first image, if its table is to be the global one. */
  #awaitsGlobal: boolean;
  #diffusion: ErrorDiffusion | undefined;
  readonly #losses: Int32Array;

  /**
   * Makes room for images of so many pixels.
   *
   * @param effort The work that goes into each.
   * @param uses What they are for.
   */
  constructor(maxPixels: number, effort: Effort, uses: ImageUses) {
    this.#effort = effort;
    this.#uses = uses;
    this.#awaitsGlobal = uses.keepsGlobal;
    this.#indices = [new Uint8Array(maxPixels), new Uint8Array(maxPixels)];
    this.#losses = new Int32Array(maxPixels);
    const { search, follow } = effort;
    this.#neighbors = new NeighborColors(
      search || !follow
        ? SEARCHED_NEIGHBORS
        : Math.max(follow.firstColors, follow.secondColors),
    );
    const coders: Coder[] = this.#coders = [];
    if (search) coders.push({ lzw: new LossyLzw(new PhraseSearch(search)) });
    if (follow) {
      const lzw = new LossyLzw(new PhraseFollower(follow));
      coders.push({ lzw, leaveBits: follow.leaveBits });
    }
  }

  /** Red, green and blue of the global table, once there is one. */
  get globalColors(): Uint8Array | undefined {
    return this.#global?.palette.bytes();
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
    const way = { paintAll, lambda, delayCentiseconds };
    let [coder, other] = this.#coders;
    let image = this.#encodeOnce(pixels, way, coder);
    let cost: number | undefined;
    const attempt = (pixels: AreaPixels, way: Way, by: Coder | undefined) => {
      cost ??= costOf(image, changed, lambda);
      const another = this.#encodeOnce(pixels, way, by);
      const anotherCost = costOf(another, changed, lambda);
      if (anotherCost >= cost) this.#turn ^= 1; // keeps the indices of the first
      else {
        image = another;
        cost = anotherCost;
        coder = by as Coder;
      }
    };
    if (other !== undefined && this.#isPlainGraphic(changed)) {
      attempt(pixels, way, other);
    }
    if (!paintAll && this.#mayPaintAll(changed)) {
      attempt(paintedOf(changed), { ...way, paintAll: true }, coder);
    }
    return this.#effort.flexible && this.#maker.isExact
      ? cutShort(image)
      : image;
  }

  /** True if losses are as they were: dithering changes those of pixels. */
  #isPlainGraphic({ dither }: AreaPixels): boolean {
    const isDithered = dither !== undefined && this.#uses.dithersGraphics;
    return this.#maker.isExact && !isDithered;
  }

  /**
   * True if the area may be smaller without transparent: if most of a graphic
   * moves, that only breaks its pattern.
   */
  #mayPaintAll(pixels: AreaPixels): boolean {
    if (!this.#maker.isExact) return false;
    const { seenLosses } = pixels;
    let changed = 0;
    for (let i = 0; i < seenLosses.length; i++) {
      if (seenLosses[i] > 0) changed++;
    }
    return changed >= PAINT_ALL_SHARE * seenLosses.length &&
      this.#maker.holdsAll(pixels);
  }

  #encodeOnce(
    pixels: AreaPixels,
    { paintAll, lambda, delayCentiseconds }: Way,
    coder: Coder | undefined,
  ): EncodedImage {
    const maker = this.#maker, effort = this.#effort;
    // Transparent needs an index that is in no way one of the colors.
    const makesGlobal = this.#awaitsGlobal &&
      !(isExact(lambda) && maker.fillsTable(pixels));
    this.#awaitsGlobal = false;
    const maxColors = paintAll && !makesGlobal ? MAX_COLORS : MAX_COLORS - 1;
    if (maker.make(pixels, maxColors, lambda, effort.palette)) {
      this.#neighbors.reset(maker.palette);
    }
    const own: ColorTable = {
      palette: maker.palette,
      nearest: maker.nearest,
      neighbors: this.#neighbors,
    };
    const table = paintAll ? own : this.#choose(own, pixels, lambda);
    const { palette } = table;
    const isGlobal = table === this.#global;
    const count = pixels.seenLosses.length;
    const indices = this.#indices[this.#turn ^= 1].subarray(0, count);
    const transparentIndex = paintAll ? -1 : palette.colors;
    const codeSize = minimumCodeSizeFor(palette.colors + (paintAll ? 0 : 1));
    const isGraphic = maker.isExact;
    const image = {
      ...pixels,
      ...table,
      indices,
      transparentIndex,
      isGlobal,
      isGraphic,
      isOfFew: maker.isOfFew,
    };
    const data = coder === undefined
      ? this.#encodeExactly(image, lambda, codeSize)
      : this.#encodeLossily(image, coder, lambda, codeSize);
    const { rgb, area } = pixels;
    if (!isGlobal) {
      maker.refit(rgb, indices, transparentIndex, effort.refitStep);
    }
    if (makesGlobal) this.#takeGlobal(palette);
    const colors = palette.bytes();
    const bytes = compressedImagePart({
      ...area,
      colors,
      globalTable: isGlobal || makesGlobal,
      transparentIndex: paintAll ? undefined : transparentIndex,
      disposal: 1,
      delayCentiseconds,
      data,
    });
    const dataAt = bytes.length - data.length;
    return { bytes, dataAt, area, indices, colors, transparentIndex };
  }

  #takeGlobal(from: Palette): void {
    const palette = from.clone();
    const nearest = new NearestColor();
    nearest.reset(palette);
    const neighbors = new NeighborColors(this.#neighbors.perColor);
    neighbors.reset(palette);
    this.#global = { palette, nearest, neighbors };
  }

  /** The own table of an image, or the global one, if that is worth it. */
  #choose(own: ColorTable, pixels: AreaPixels, lambda: number): ColorTable {
    const global = this.#global;
    if (global === undefined) return own;
    const lost = this.#lossIn(own, pixels);
    const lostInGlobal = this.#lossIn(global, pixels);
    const bits = 24 * (1 << minimumCodeSizeFor(own.palette.colors + 1));
    return lostInGlobal - lost > bits * lambda * GLOBAL_SHARE ? own : global;
  }

  /** The least loss of pixels in the colors of a table. */
  #lossIn(
    { palette, nearest }: ColorTable,
    { rgb, seenLosses, weights }: AreaPixels,
  ): number {
    let sum = 0, last = -1, loss = 0;
    for (let i = 0, at = 0; i < seenLosses.length; i++, at += 3) {
      if (seenLosses[i] === 0) continue;
      const red = rgb[at], green = rgb[at + 1], blue = rgb[at + 2];
      const color = red << 16 | green << 8 | blue;
      if (color !== last) {
        last = color;
        const index = nearest.findRoughly(red, green, blue);
        loss = colorLoss(
          red - palette.red[index],
          green - palette.green[index],
          blue - palette.blue[index],
        );
      }
      sum += Math.min(seenLosses[i], loss * weights[i]);
    }
    return sum;
  }

  /** Every pixel in its nearest color, or left if that is about as good. */
  #encodeExactly(
    image: IndexedPixels,
    lambda: number,
    codeSize: number,
  ): Uint8Array {
    const worth = PAINT_BITS * lambda;
    const losses = this.#map(image, worth);
    this.#aim({ ...image, losses }, worth)?.diffusion.run();
    return encodeLzw(image.indices, codeSize);
  }

  /** Has errors carried in an image, if they are to be. */
  #aim(
    image: IndexedPixels & { losses: Int32Array },
    worth: number,
  ): { image: DitheredImage; diffusion: ErrorDiffusion } | undefined {
    const { dither, isGraphic, area: { width } } = image;
    if (dither === undefined) return undefined;
    if (isGraphic && !this.#uses.dithersGraphics) return undefined;
    const diffusion = this.#diffusion ??= new ErrorDiffusion(
      this.#indices[0].length,
    );
    const aimed = diffusion.start({ ...image, ...dither, width, worth });
    return { image: aimed, diffusion };
  }

  #encodeLossily(
    image: IndexedPixels,
    { lzw, leaveBits }: Coder,
    lambda: number,
    codeSize: number,
  ): Uint8Array {
    const { preview } = this.#effort;
    const maker = this.#maker;
    const { rgb, indices, transparentIndex, palette, nearest, neighbors } =
      image;
    if (preview && transparentIndex >= 0 && !image.isGlobal) {
      this.#map(image, PREVIEW_BITS * lambda);
      if (maker.refit(rgb, indices, transparentIndex, PREVIEW_STEP)) {
        nearest.reset(palette);
        neighbors.reset(palette);
      }
    }
    const worth = leaveBits === undefined ? PAINT_ALL : leaveBits * lambda;
    const lossy = { ...image, losses: this.#map(image, worth) };
    const aimed = this.#aim(lossy, worth);
    return lzw.encode(
      aimed?.image ?? lossy,
      codeSize,
      lambda,
      aimed?.diffusion,
    );
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
    const { palette, nearest } = image;
    const losses = this.#losses.subarray(0, image.indices.length);
    nearest.map(palette, { ...image, losses }, worth);
    return losses;
  }
}

/** The image with its phrases cut anew, if that is smaller. */
function cutShort(image: EncodedImage): EncodedImage {
  const { bytes, dataAt, indices } = image;
  const data = encodeFlexibly(indices, bytes[dataAt]);
  if (dataAt + data.length >= bytes.length) return image;
  const head = bytes.slice(0, dataAt + data.length);
  head.set(data, dataAt);
  return { ...image, bytes: head };
}
