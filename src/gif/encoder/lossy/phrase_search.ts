import { colorLoss } from "../palette/color_loss.ts";
import type { LossyImage, PhraseFinder } from "./lossy_image.ts";
import {
  NO_PHRASE as NONE,
  PhraseDictionary,
  TRANSPARENT,
} from "./phrase_dictionary.ts";

/** Limits of the search in the dictionary. */
export interface SearchEffort {
  /** Strings of equal length that are followed at a time. */
  beam: number;
  /** Strings that are this many bits worse than the best are dropped. */
  slackBits: number;
  /** The same where there are few colors, of which a wrong one is far off. */
  fewColorsSlackBits: number;
  /**
   * Most colors that are tried for a pixel at the start of a string, 2 to 16.
   */
  colors: number;
}

const MAX_BEAM = 32;
/** Most colors that a pixel may take, with transparent. */
const MAX_CANDIDATES = 16;

/**
 * Finds the phrase that gains most, or nearly so.
 *
 * Strings are followed all at the same pixel, a beam of the best of each
 * length, so that a pixel's losses are worked out once and strings compare
 * fairly.
 */
export class PhraseSearch implements PhraseFinder {
  /** The strings that phrases are taken from. */
  readonly dictionary = new PhraseDictionary();
  /** The phrase found. */
  code = 0;
  /** The end: the position after its last pixel. */
  end = 0;
  /** The gain over leaving all pixels. */
  gain = 0;

  readonly #effort: SearchEffort;
  #image!: LossyImage;
  #limit = 0;
  #slack = 0;
  /** Strings that gain no more than this are not worth following. */
  #floor = 0;
  readonly #maxBeam: number;
  #beam = 0;
  #nextBeam = 0;
  readonly #maxColors: number;
  // The beam is in one half of these, the next one in the other.
  readonly #codes = new Uint16Array(2 * MAX_BEAM);
  readonly #gains = new Float64Array(2 * MAX_BEAM);
  #half = 0;

  readonly #colors = new Uint8Array(MAX_CANDIDATES);
  readonly #excesses = new Int32Array(MAX_CANDIDATES);

  /** Makes one that has no image yet. */
  constructor(effort: SearchEffort) {
    this.#effort = effort;
    this.#maxBeam = effort.beam;
    this.#maxColors = effort.colors;
  }

  /** Begins with an image. */
  start(image: LossyImage, lambda: number): void {
    this.#image = image;
    const { slackBits, fewColorsSlackBits } = this.#effort;
    const bits = image.isOfFew ? fewColorsSlackBits : slackBits;
    this.#slack = bits * lambda;
    this.#limit = Math.floor(this.#slack);
    this.dictionary.takeColors(image.palette, image.transparentIndex);
  }

  /** Looks for the best phrase from a position on. */
  find(begin: number, cost: number): void {
    const { length } = this.#image.indices;
    let at = begin + 1;
    this.#beginBeam(begin, cost);
    this.#takeBest(at);
    if (at < length) {
      this.#followPairs(at++, cost);
      this.#turn();
      if (this.#beam > 0) this.#takeBest(at);
    }
    this.#followOn(at, cost);
  }

  #takeBest(end: number): void {
    // The beam is sorted. Of equal gains the longer phrase is better.
    const gain = this.#gains[this.#half];
    if (gain < this.gain) return;
    this.gain = gain;
    this.code = this.#codes[this.#half];
    this.end = end;
  }

  #turn(): void {
    this.#half ^= MAX_BEAM;
    this.#beam = this.#nextBeam;
    this.#nextBeam = 0;
    this.#floor = this.gain - 2 * this.#slack;
  }

  /** Puts a string into the next beam, if it gains more than the floor. */
  #offer(code: number, gain: number): void {
    const codes = this.#codes, gains = this.#gains;
    const begin = this.#half ^ MAX_BEAM;
    const full = this.#nextBeam === this.#maxBeam;
    let at = begin + (full ? this.#nextBeam - 1 : this.#nextBeam++);
    for (; at > begin && gains[at - 1] < gain; at--) {
      codes[at] = codes[at - 1];
      gains[at] = gains[at - 1];
    }
    codes[at] = code;
    gains[at] = gain;
    if (at === begin) this.#raiseFloor(gain - this.#slack);
    if (this.#nextBeam === this.#maxBeam) {
      this.#raiseFloor(gains[begin + this.#maxBeam - 1]);
    }
  }

  #raiseFloor(gain: number): void {
    if (gain > this.#floor) this.#floor = gain;
  }

  /** The strings of one index. */
  #beginBeam(begin: number, cost: number): void {
    this.#nextBeam = 0;
    this.#floor = -Infinity;
    const count = this.#findCandidates(begin);
    const excesses = this.#excesses;
    for (let i = 0; i < count; i++) {
      const gain = cost - excesses[i];
      if (gain > this.#floor) this.#offer(this.#colors[i], gain);
    }
    this.gain = -Infinity;
    this.#turn();
  }

  /** From strings of one index to those of two. */
  #followPairs(at: number, cost: number): void {
    const count = this.#findCandidates(at);
    const { pairs, child } = this.dictionary;
    const codes = this.#codes, gains = this.#gains;
    const colors = this.#colors, excesses = this.#excesses;
    const end = this.#half + this.#beam;
    for (let i = this.#half; i < end; i++) {
      const first = codes[i];
      if (child[first] === NONE) continue;
      const gain = gains[i] + cost;
      for (let j = 0; j < count; j++) {
        if (gain - excesses[j] <= this.#floor) continue;
        const code = pairs[first << 8 | colors[j]];
        if (code !== NONE) this.#offer(code, gain - excesses[j]);
      }
    }
  }

  /**
   * From strings of two indices or more to longer ones, to the end. This is
   * where the time goes, so it is one loop, and the beam is kept in order here
   * as `#offer()` does it.
   */
  #followOn(begin: number, cost: number): void {
    const { rgb, losses, seenLosses, weights } = this.#image;
    const { child, sibling, color } = this.dictionary;
    const codes = this.#codes, gains = this.#gains;
    const slack = this.#slack, limit = this.#limit, maxBeam = this.#maxBeam;
    let half = this.#half, beam = this.#beam, best = this.gain;
    for (let at = begin; beam > 0 && at < losses.length; at++) {
      const from = at * 3;
      const red = rgb[from], green = rgb[from + 1], blue = rgb[from + 2];
      const least = losses[at], most = least + limit, weight = weights[at];
      const next = half ^ MAX_BEAM, last = next + maxBeam - 1;
      let floor = best - 2 * slack;
      let nextEnd = next;
      for (let i = half; i < half + beam; i++) {
        const gain = gains[i] + cost + least;
        for (let code = child[codes[i]]; code !== NONE; code = sibling[code]) {
          const packed = color[code];
          let loss = 0;
          if (packed === TRANSPARENT) loss = seenLosses[at];
          else {
            const r = red - (packed >> 16);
            const g = green - (packed >> 8 & 255);
            const b = blue - (packed & 255);
            loss = Math.imul(colorLoss(r, g, b), weight);
          }
          const own = gain - loss;
          if (loss > most || own <= floor) continue;
          let to = nextEnd > last ? last : nextEnd++;
          for (; to > next && gains[to - 1] < own; to--) {
            codes[to] = codes[to - 1];
            gains[to] = gains[to - 1];
          }
          codes[to] = code;
          gains[to] = own;
          if (to === next && own - slack > floor) floor = own - slack;
          if (nextEnd > last && gains[last] > floor) floor = gains[last];
        }
      }
      half = next;
      beam = nextEnd - next;
      if (beam === 0 || gains[half] < best) continue;
      best = gains[half];
      this.code = codes[half];
      this.end = at + 1;
    }
    this.gain = best;
  }

  /** The indices that a pixel may take alone, and what each loses more. */
  #findCandidates(at: number): number {
    const { indices, losses, seenLosses, neighbors, transparentIndex } =
      this.#image;
    const colors = this.#colors, excesses = this.#excesses;
    const least = losses[at], limit = this.#limit;
    let count = 0;
    // Transparent comes first: among equals, it is the one that goes on.
    if (transparentIndex >= 0 && seenLosses[at] - least <= limit) {
      colors[0] = transparentIndex;
      excesses[0] = seenLosses[at] - least;
      count = 1;
    }
    const nearest = indices[at];
    const { rgb, palette, weights } = this.#image;
    const weight = weights[at];
    const { red: reds, green: greens, blue: blues } = palette;
    const red = rgb[at * 3], green = rgb[at * 3 + 1], blue = rgb[at * 3 + 2];
    const own = colorLoss(
      red - reds[nearest],
      green - greens[nearest],
      blue - blues[nearest],
    );
    if (own * weight - least <= limit) {
      colors[count] = nearest;
      excesses[count++] = own * weight - least;
    }
    if (neighbors.counts[nearest] === 0) neighbors.find(nearest);
    const row = nearest * neighbors.perColor;
    const rowEnd = row + neighbors.counts[nearest];
    // No color further from the nearest one can be near enough to the pixel.
    const most = (least + limit) / weight;
    const reach = own + most + 2 * Math.sqrt(own * most);
    for (let i = row + 1; i < rowEnd && count < this.#maxColors; i++) {
      if (neighbors.distances[i] > reach) break;
      const index = neighbors.indices[i];
      const r = red - reds[index];
      const g = green - greens[index];
      const b = blue - blues[index];
      const excess = Math.imul(colorLoss(r, g, b), weight) - least;
      if (excess > limit) continue;
      colors[count] = index;
      excesses[count++] = excess;
    }
    return count;
  }
}
