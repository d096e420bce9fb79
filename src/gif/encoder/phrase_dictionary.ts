import type { Palette } from "./palette.ts";

/** Codes have at most 12 bits, so this is one past the last (appendix F). */
export const CODES = 4096;

/** Stands for a string that there is not. */
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
  /** The last index of each string. */
  readonly symbol = new Uint8Array(CODES);
  /** Red, green and blue of the last index of each string, 8 bits each. */
  readonly color = new Int32Array(CODES);
  /** The string without its last index. */
  readonly parent = new Uint16Array(CODES);
  /** The newest string with one index more, or 0. */
  readonly child = new Uint16Array(CODES);
  /** The string with the transparent index more, or 0. */
  readonly transparentChild = new Uint16Array(CODES);
  /** The next older string with the same parent, or 0. */
  readonly sibling = new Uint16Array(CODES);
  /** The string of two indices, the first one in the upper 8 bits, or 0. */
  readonly pairs = new Uint16Array(1 << 16);
  /** The code of the next string. */
  nextCode = 0;
  /** Bits of the next code to be written. */
  bits = 0;
  #clearCode = 0;

  /** The code that makes a decoder forget its strings. */
  get clearCode(): number {
    return this.#clearCode;
  }

  /** Whether there is room for no other string. */
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

  /** Enters a string and an index after it, as decoders do. */
  add(prefix: number, index: number): void {
    const code = this.nextCode++;
    if (code === 1 << this.bits && this.bits < 12) this.bits++;
    // Phrases are not the longest that match, so a string may be there
    // already; searching it twice finds nothing new.
    if (this.#has(prefix, index)) return;
    this.symbol[code] = index;
    const color = this.color[index];
    this.color[code] = color;
    if (color === TRANSPARENT) this.transparentChild[prefix] = code;
    this.parent[code] = prefix;
    this.child[code] = 0;
    if (prefix < this.#clearCode) {
      this.pairs[prefix << 8 | index] = code;
      this.child[prefix] = code;
    } else {
      this.sibling[code] = this.child[prefix];
      this.child[prefix] = code;
    }
  }

  /** Gives the pixels of a string, which ends there, their indices. */
  paint(code: number, end: number, indices: Uint8Array): void {
    const { symbol, parent } = this;
    let at = end - 1;
    for (; code > this.#clearCode; at--) {
      indices[at] = symbol[code];
      code = parent[code];
    }
    indices[at] = code;
  }

  #has(prefix: number, index: number): boolean {
    if (prefix < this.#clearCode) return this.pairs[prefix << 8 | index] !== 0;
    const { symbol, sibling } = this;
    let code = this.child[prefix];
    while (code !== 0 && symbol[code] !== index) code = sibling[code];
    return code !== 0;
  }
}
