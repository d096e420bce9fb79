import type { Palette } from "../palette/palette.ts";

/** Codes have at most 12 bits, so this is one past the last (appendix F). */
export const CODES = 4096;

/** No such string. */
export const NO_PHRASE = 0;

/** Stands for the color of the transparent index. */
export const TRANSPARENT: number = -1;

/**
 * The strings that LZW codes stand for, as a tree that can be searched from
 * its root (GIF89a appendix F).
 *
 * A code is a node, the strings that it begins are its children. A color has
 * up to 255 children, which would take long to go through: those are found by
 * pairs of indices instead. Longer strings have few.
 */
export class PhraseDictionary {
  /** Red, green and blue of the last index of each string, 8 bits each. */
  readonly color = new Int32Array(CODES);
  /** The newest string with one index more, or 0. */
  readonly child = new Uint16Array(CODES);
  /** The string with the transparent index more, or 0. */
  readonly transparentChild = new Uint16Array(CODES);
  /** The next older string with the same parent, or 0. */
  readonly sibling = new Uint16Array(CODES);
  /** The string of two indices, the first one in the upper 8 bits, or 0. */
  readonly pairs = new Uint16Array(1 << 16);
  /** The position of the pixels that each string was entered for. */
  readonly #begin = new Int32Array(CODES);
  /** The code of the next string. */
  nextCode = 0;
  /** Bits of the next code to be written. */
  bits = 0;
  /** True if the string entered last was there already. */
  repeated = false;
  #clearCode = 0;
  /** The last entry. */
  #prefix = 0;
  #index = 0;

  /** The code that makes a decoder forget its strings. */
  get clearCode(): number {
    return this.#clearCode;
  }

  /** True once there is room for no other string. */
  get full(): boolean {
    return this.nextCode === CODES;
  }

  /** Takes the colors of indices; -1: none is transparent. */
  takeColors(palette: Palette, transparentIndex: number): void {
    const { red, green, blue, colors } = palette;
    for (let i = 0; i < colors; i++) {
      this.color[i] = red[i] << 16 | green[i] << 8 | blue[i];
    }
    if (transparentIndex >= 0) this.color[transparentIndex] = TRANSPARENT;
  }

  /** Forgets all strings of more than one index. */
  clear(minimumCodeSize: number): void {
    this.#clearCode = 1 << minimumCodeSize;
    this.nextCode = this.#clearCode + 2;
    this.bits = minimumCodeSize + 1;
    this.child.fill(0);
    this.transparentChild.fill(0);
    this.pairs.fill(0);
  }

  /**
   * Enters a string and an index after it, as decoders do.
   *
   * @param begin Where the pixels of both have been, or will be, painted.
   */
  add(prefix: number, index: number, begin: number): void {
    const code = this.nextCode++;
    if (code === 1 << this.bits && this.bits < 12) this.bits++;
    this.#begin[code] = begin;
    this.#prefix = prefix;
    this.#link(index);
  }

  /** Changes the index that was entered last. */
  correct(index: number): void {
    if (index === this.#index) return;
    if (!this.repeated) this.#unlink();
    this.#link(index);
  }

  #link(index: number): void {
    const { child, sibling, color } = this;
    const prefix = this.#prefix, code = this.nextCode - 1;
    this.#index = index;
    // Phrases are not the longest that match, so a string may be there
    // already; searching it twice finds nothing new.
    this.repeated = this.#has(prefix, index);
    if (this.repeated) return;
    if (prefix < this.#clearCode) this.pairs[prefix << 8 | index] = code;
    color[code] = color[index];
    if (color[code] === TRANSPARENT) this.transparentChild[prefix] = code;
    child[code] = NO_PHRASE;
    sibling[code] = child[prefix];
    child[prefix] = code;
  }

  #has(prefix: number, index: number): boolean {
    if (prefix < this.#clearCode) {
      return this.pairs[prefix << 8 | index] !== NO_PHRASE;
    }
    const { sibling, color } = this;
    let kid = this.child[prefix];
    while (kid !== NO_PHRASE && color[kid] !== color[index]) kid = sibling[kid];
    return kid !== NO_PHRASE;
  }

  /** Takes out the string entered last. */
  #unlink(): void {
    const prefix = this.#prefix, index = this.#index;
    this.child[prefix] = this.sibling[this.nextCode - 1];
    if (prefix < this.#clearCode) this.pairs[prefix << 8 | index] = NO_PHRASE;
    if (this.color[index] === TRANSPARENT) {
      this.transparentChild[prefix] = NO_PHRASE;
    }
  }

  /** Gives pixels the indices of a string of that length. */
  paint(code: number, begin: number, end: number, indices: Uint8Array): void {
    if (code < this.#clearCode) {
      indices[begin] = code;
      return;
    }
    let from = this.#begin[code];
    for (let to = begin; to < end; to++) indices[to] = indices[from++];
  }
}
