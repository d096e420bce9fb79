import { colorLoss } from "./color_loss.ts";
import type { FewColors } from "./few_colors.ts";
import type { Palette } from "./palette.ts";

/** Cells of 4x4x4 colors. */
const CELLS = 1 << 18;
/** Half a cell. */
const MIDDLE = 2;
/** Stands for a color that was not asked for; 255 itself is found anew. */
const UNKNOWN = 255;
/** Pixels that are mapped before cells that came up are searched. */
const RUN_PIXELS = 1024;

/** Pixels that are to get indices. */
export interface MappedPixels {
  /** Three bytes a pixel. */
  rgb: Uint8Array;
  /** The loss of each pixel if it stays as viewers see it. */
  seenLosses: Int32Array;
  /** The index that leaves pixels so; -1: their losses are out of reach. */
  transparentIndex: number;
  /** The weight of the loss of each pixel. */
  weights: Uint8Array;
  /** Gets the index of each pixel. */
  indices: Uint8Array;
  /** Gets what each pixel loses so, or as it is seen where that is less. */
  losses: Int32Array;
}

/** Finds the color of a palette that is nearest to another. */
export class NearestColor {
  // The palette by rising green: a search goes both ways from where the
  // green is, and ends where green alone is further off than the best.
  readonly #red = new Int32Array(256);
  readonly #green = new Int32Array(256);
  readonly #blue = new Int32Array(256);
  readonly #index = new Uint8Array(256);
  /** The position of each green value. */
  readonly #start = new Int32Array(256);
  #colors = 0;
  /** Answers by cell of colors, filled as they are asked for. */
  readonly #answers = new Uint8Array(CELLS);
  /** Red, green and blue of each color, 8 bits each. */
  readonly #packed = new Int32Array(256);
  readonly #unknown = new Int32Array(RUN_PIXELS);

  /** Colors whose nearest ones are known exactly. */
  #few: FewColors | undefined;

  /**
   * Takes a palette as it is now, of at least one color.
   *
   * @param few Colors whose indices in it are known.
   */
  reset(palette: Palette, few?: FewColors): void {
    this.#few = few;
    const count = new Int32Array(257);
    this.#colors = palette.colors;
    for (let i = 0; i < palette.colors; i++) count[palette.green[i] + 1]++;
    for (let green = 0; green < 256; green++) {
      count[green + 1] += count[green];
      this.#start[green] = Math.min(count[green], palette.colors - 1);
    }
    for (let i = 0; i < palette.colors; i++) {
      const place = count[palette.green[i]]++;
      this.#red[place] = palette.red[i];
      this.#green[place] = palette.green[i];
      this.#blue[place] = palette.blue[i];
      this.#index[place] = i;
    }
    this.#answers.fill(UNKNOWN);
  }

  /** The index of the nearest color. */
  find(red: number, green: number, blue: number): number {
    const reds = this.#red, greens = this.#green, blues = this.#blue;
    const colors = this.#colors;
    let up = this.#start[green], down = up - 1;
    let least = Infinity, best = 0;
    for (;;) {
      let open = false;
      if (up < colors) {
        const g = greens[up] - green;
        if (g * g < least) {
          open = true;
          const r = reds[up] - red, b = blues[up] - blue;
          const error = colorLoss(r, g, b);
          if (error < least) {
            least = error;
            best = up;
          }
          up++;
        } else up = colors;
      }
      if (down >= 0) {
        const g = greens[down] - green;
        if (g * g < least) {
          open = true;
          const r = reds[down] - red, b = blues[down] - blue;
          const error = colorLoss(r, g, b);
          if (error < least) {
            least = error;
            best = down;
          }
          down--;
        } else down = -1;
      }
      if (!open) return this.#index[best];
    }
  }

  /** As `find()`, for the middle of the color's cell of colors: see `map()`. */
  findRoughly(red: number, green: number, blue: number): number {
    if (this.#few !== undefined) {
      const number = this.#few.find(red << 16 | green << 8 | blue);
      if (number >= 0) return this.#few.index[number];
    }
    const cell = cellOf(red, green, blue);
    const known = this.#answers[cell];
    if (known !== UNKNOWN) return known;
    const index = this.find(
      red & -4 | MIDDLE,
      green & -4 | MIDDLE,
      blue & -4 | MIDDLE,
    );
    this.#answers[cell] = index;
    return index;
  }

  /**
   * Gives pixels their colors: each the one nearest to the middle of its cell
   * of colors, which is searched for only once. Those that are hardly worth to
   * be painted become transparent.
   *
   * @param palette The palette that was taken last; its colors may have moved.
   * @param pixels The pixels.
   * @param worth How much more a pixel must lose as it is than in its color,
   * to be painted.
   */
  map(palette: Palette, pixels: MappedPixels, worth: number): void {
    const { rgb, indices } = pixels;
    const { red, green, blue, colors } = palette;
    for (let i = 0; i < colors; i++) {
      this.#packed[i] = red[i] << 16 | green[i] << 8 | blue[i];
    }
    const least = Math.floor(worth);
    if (this.#few !== undefined) return this.#mapFew(pixels, least);
    for (let begin = 0; begin < indices.length; begin += RUN_PIXELS) {
      const end = Math.min(begin + RUN_PIXELS, indices.length);
      const unknown = this.#mapRun(pixels, least, begin, end);
      for (let i = 0; i < unknown; i++) {
        const pixel = this.#unknown[i], at = pixel * 3;
        this.findRoughly(rgb[at], rgb[at + 1], rgb[at + 2]);
        this.#mapRun(pixels, least, pixel, pixel + 1);
      }
    }
  }

  /** Maps pixels, most of which have the color of the one before. */
  #mapFew(
    { rgb, indices, losses, seenLosses, transparentIndex, weights }:
      MappedPixels,
    worth: number,
  ): void {
    const packed = this.#packed;
    let last = -1, index = 0, loss = 0;
    for (let i = 0, at = 0; i < indices.length; i++, at += 3) {
      const seenLoss = seenLosses[i];
      if (seenLoss <= worth) {
        indices[i] = transparentIndex;
        losses[i] = seenLoss;
        continue;
      }
      const red = rgb[at], green = rgb[at + 1], blue = rgb[at + 2];
      const color = red << 16 | green << 8 | blue;
      if (color !== last) {
        last = color;
        index = this.findRoughly(red, green, blue);
        const found = packed[index];
        loss = colorLoss(
          red - (found >> 16),
          green - (found >> 8 & 255),
          blue - (found & 255),
        );
      }
      const own = Math.imul(loss, weights[i]);
      const isLeft = seenLoss - own <= worth;
      indices[i] = isLeft ? transparentIndex : index;
      losses[i] = isLeft || seenLoss < own ? seenLoss : own;
    }
  }

  /**
   * Maps the pixels from one to another, and puts those aside whose cells are
   * not known: a search within the loop would slow down all of it.
   *
   * @returns How many those are.
   */
  #mapRun(
    pixels: MappedPixels,
    worth: number,
    begin: number,
    end: number,
  ): number {
    const { rgb, indices, losses, seenLosses, transparentIndex, weights } =
      pixels;
    const answers = this.#answers, packed = this.#packed;
    let unknown = 0;
    for (let i = begin; i < end; i++) {
      const seenLoss = seenLosses[i];
      // Most of a still scene: whatever its color would lose, it is left.
      if (seenLoss <= worth) {
        indices[i] = transparentIndex;
        losses[i] = seenLoss;
        continue;
      }
      const at = 3 * i;
      const red = rgb[at], green = rgb[at + 1], blue = rgb[at + 2];
      const index = answers[cellOf(red, green, blue)];
      if (index === UNKNOWN) this.#unknown[unknown++] = i;
      const color = packed[index];
      const loss = Math.imul(
        colorLoss(
          red - (color >> 16),
          green - (color >> 8 & 255),
          blue - (color & 255),
        ),
        weights[i],
      );
      const isLeft = seenLoss - loss <= worth;
      indices[i] = isLeft ? transparentIndex : index;
      losses[i] = isLeft || seenLoss < loss ? seenLoss : loss;
    }
    return unknown;
  }
}

/**
 * The number of a color's cell. Those of 4x4x4 cells lie together: what a
 * picture asks for stays in the cache of a processor.
 */
function cellOf(red: number, green: number, blue: number): number {
  return (red & 0xf0) << 10 | (green & 0xf0) << 6 | (blue & 0xf0) << 2 |
    (red & 12) << 2 | green & 12 | (blue & 12) >> 2;
}
