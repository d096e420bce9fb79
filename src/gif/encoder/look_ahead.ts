import { colorLoss } from "./palette/color_loss.ts";
import { FewColors } from "./palette/few_colors.ts";

/** The cost of a change of a pixel. */
interface ChangeCost {
  /** Bits, about. */
  bits: number;
  /** Most squared error: what loses more is blended into ghosts. */
  most: number;
}

/** In a film all changes, and another change costs little. */
const FILM_COST: ChangeCost = { bits: 1.5, most: 600 };
/** In a graphic the pixels around it stay. */
const GRAPHIC_COST: ChangeCost = { bits: 6, most: 3000 };
/** Colors of a graphic, at most. */
const GRAPHIC_COLORS = 256;
/**
 * Lambda below which pixels change as they like: where little may be lost, what
 * moves smoothly would only be broken up. From the second on, all is saved.
 */
const FINE_LAMBDA = 6;
const COARSE_LAMBDA = 36;
/** Most weight of a pixel that stays for long. */
const MAX_WEIGHT = 4;
/** Squared difference of neighbors up to which they are soft colors ... */
const SOFT_LOSS = 3;
/** ... which have weight if they stay for so many pictures. */
const SOFT_PICTURES = 6;

/** A picture as it is best shown, knowing the next ones. */
export interface SteadyPicture {
  /** Three bytes a pixel, which the next call overwrites. */
  rgb: Uint8Array<ArrayBuffer>;
  /** The weight of the loss of each pixel, 1 to 4: more if it will stay. */
  weights: Uint8Array;
}

/**
 * Holds pictures back, to see what becomes of each pixel: it changes only when
 * that is worth the bits, in as few steps as may be, each to the mean of what
 * follows. What will stay for long gets its color all the better.
 *
 * A pixel's time is cut into spans by dynamic programming: each costs the bits
 * of a change, and its squared distance from the mean of the span.
 */
export class LookAhead {
  readonly #pixels: number;
  readonly #most: number;
  /** Pictures that are held back, oldest first. */
  readonly #held: Uint8Array<ArrayBuffer>[] = [];
  readonly #spare: Uint8Array<ArrayBuffer>[] = [];
  /** The picture that is shown. */
  readonly #steady: Uint8Array<ArrayBuffer>;
  /** For how many pictures more each pixel is to stay so. */
  readonly #left: Uint8Array;
  readonly #weights: Uint8Array;
  /** The least cost from each picture on, and where its span ends. */
  readonly #costs: Float64Array;
  readonly #ends: Uint8Array;
  readonly #window: Int32Array;
  /** True if the pixel that was decided on last stays as it is shown. */
  #stays = false;
  #started = false;
  readonly #few = new FewColors();
  readonly #all: Int32Array;

  /**
   * Makes one that holds nothing yet.
   *
   * @param pixels Pixels of a picture.
   * @param frames Most pictures held back, 1 to 255.
   */
  constructor(pixels: number, frames: number) {
    this.#pixels = pixels;
    this.#most = frames + 1;
    this.#steady = new Uint8Array(pixels * 3);
    this.#left = new Uint8Array(pixels);
    this.#weights = new Uint8Array(pixels);
    this.#all = new Int32Array(pixels).fill(1);
    this.#costs = new Float64Array(frames + 2);
    this.#ends = new Uint8Array(frames + 2);
    this.#window = new Int32Array((frames + 1) * 3);
  }

  /** True if a picture must be taken before another one is given. */
  get full(): boolean {
    return this.#held.length === this.#most;
  }

  /** Number of pictures held. */
  get size(): number {
    return this.#held.length;
  }

  /** Holds a picture, three bytes a pixel, which is copied. */
  push(rgb: Uint8Array): void {
    const copy = this.#spare.pop() ?? new Uint8Array(rgb.length);
    copy.set(rgb);
    this.#held.push(copy);
  }

  /**
   * Takes the oldest picture that is held; there must be one.
   *
   * @param lambda Squared error that a bit is worth.
   */
  take(lambda: number): SteadyPicture {
    const held = this.#held, steady = this.#steady;
    const left = this.#left, weights = this.#weights;
    const changeCost = changeCostOf(lambda, this.#changeCost());
    for (let i = 0; i < this.#pixels; i++) {
      weights[i] = 1;
      if (left[i] === 0) {
        left[i] = this.#decide(i * 3, changeCost);
        if (!this.#stays) weights[i] = this.#weightOf(i);
      }
      left[i]--;
    }
    this.#started = true;
    this.#spare.push(held.shift()!);
    return { rgb: steady, weights };
  }

  /**
   * The weight of the loss of a pixel that changes now. In soft colors that
   * change slowly, neighbors stay for unlike times: with unlike weights they
   * would break up into patterns, which take up to twice the bytes.
   */
  #weightOf(i: number): number {
    const left = this.#left[i];
    if (left < SOFT_PICTURES && i > 0 && this.#isSoft(i * 3)) return 1;
    return left < MAX_WEIGHT ? left : MAX_WEIGHT;
  }

  /** True if a pixel of the oldest picture is nearly as the one before it. */
  #isSoft(at: number): boolean {
    const [rgb] = this.#held;
    return colorLoss(
      rgb[at] - rgb[at - 3],
      rgb[at + 1] - rgb[at - 2],
      rgb[at + 2] - rgb[at - 1],
    ) <= SOFT_LOSS;
  }

  /** By the number of colors of the oldest picture. */
  #changeCost(): ChangeCost {
    const few = this.#few;
    few.clear();
    return few.add(this.#held[0], this.#all, 0, GRAPHIC_COLORS)
      ? GRAPHIC_COST
      : FILM_COST;
  }

  /** Sets a pixel, and tells for how many pictures. */
  #decide(at: number, changeCost: number): number {
    const held = this.#held, steady = this.#steady;
    const red = steady[at], green = steady[at + 1], blue = steady[at + 2];
    if (this.#started) {
      let same = 0;
      while (
        same < held.length && held[same][at] === red &&
        held[same][at + 1] === green && held[same][at + 2] === blue
      ) same++;
      this.#stays = true;
      if (same > 0) return same;
    }
    const count = held.length;
    const window = this.#window;
    for (let t = 0, to = 0; t < count; t++) {
      const picture = held[t];
      window[to++] = picture[at];
      window[to++] = picture[at + 1];
      window[to++] = picture[at + 2];
    }
    this.#cutSpans(count, changeCost);
    if (this.#started) {
      const kept = this.#keepFor(count, red, green, blue);
      if (kept > 0) return kept;
    }
    this.#stays = false;
    const end = this.#ends[0];
    let r = 0, g = 0, b = 0;
    for (let from = 0; from < end * 3; from += 3) {
      r += window[from];
      g += window[from + 1];
      b += window[from + 2];
    }
    steady[at] = Math.round(r / end);
    steady[at + 1] = Math.round(g / end);
    steady[at + 2] = Math.round(b / end);
    return end;
  }

  /** Cuts the window into the spans that cost least, from the end on. */
  #cutSpans(count: number, changeCost: number): void {
    const costs = this.#costs, ends = this.#ends, window = this.#window;
    costs[count] = 0;
    for (let begin = count - 1; begin >= 0; begin--) {
      let r = 0, g = 0, b = 0, squares = 0, least = Infinity, best = 0;
      for (let end = begin + 1; end <= count; end++) {
        const from = end * 3 - 3;
        const red = window[from];
        const green = window[from + 1];
        const blue = window[from + 2];
        r += red;
        g += green;
        b += blue;
        squares += red * red + green * green + blue * blue;
        const loss = squares - (r * r + g * g + b * b) / (end - begin);
        // A longer span loses more.
        if (loss >= least) break;
        const cost = loss + costs[end];
        if (cost > least) continue;
        least = cost;
        best = end;
      }
      costs[begin] = least + changeCost;
      ends[begin] = best;
    }
  }

  /** For how many pictures to keep what is shown; 0: it is to change now. */
  #keepFor(count: number, red: number, green: number, blue: number): number {
    const costs = this.#costs, window = this.#window;
    let least = costs[0], best = 0, loss = 0;
    for (let end = 1; end <= count; end++) {
      const from = end * 3 - 3;
      const r = window[from] - red;
      const g = window[from + 1] - green;
      const b = window[from + 2] - blue;
      loss += r * r + g * g + b * b;
      if (loss > least) break;
      const cost = loss + costs[end];
      if (cost > least) continue;
      least = cost;
      best = end;
    }
    return best;
  }
}

/** The squared error that a change must save. */
function changeCostOf(lambda: number, { bits, most }: ChangeCost): number {
  const share = (lambda - FINE_LAMBDA) / (COARSE_LAMBDA - FINE_LAMBDA);
  return Math.min(most, bits * lambda * Math.max(0, Math.min(1, share)));
}
