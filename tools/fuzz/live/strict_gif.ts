/**
 * A reader of endless GIFs that forgives nothing, and shares no code with
 * what is tried.
 *
 * @module
 */

import { strictPixels } from "./strict_lzw.ts";

/** The fields of a graphic control that matter. */
interface Control {
  disposal: number;
  transparentIndex: number;
}

const NO_CONTROL: Control = { disposal: 0, transparentIndex: -1 };

/** Reads one endless GIF and draws it. */
export class StrictGif {
  width = 0;
  height = 0;
  /** Red, green, blue and alpha of every pixel. */
  pixels: Uint32Array = new Uint32Array();
  /** Images so far. */
  images = 0;
  /** True once the trailer was there. */
  ended = false;
  #bytes = new Uint8Array();
  #control: Control = NO_CONTROL;
  #dispose: () => void = () => {};
  readonly #onImage: () => void;
  readonly #mayHaveTable: boolean;

  /**
   * @param onImage Called after each image was drawn.
   * @param mayHaveTable True if the header may have a color table, which no
   * image uses.
   */
  constructor(onImage: () => void = () => {}, mayHaveTable = false) {
    this.#onImage = onImage;
    this.#mayHaveTable = mayHaveTable;
  }

  /**
   * Reads what is there.
   *
   * @throws {Error} If it is not as the specification has it.
   */
  push(bytes: Uint8Array): void {
    const joined = new Uint8Array(this.#bytes.length + bytes.length);
    joined.set(this.#bytes);
    joined.set(bytes, this.#bytes.length);
    this.#bytes = joined;
    let length: number | undefined;
    while ((length = this.#readOne()) !== undefined) {
      this.#bytes = this.#bytes.subarray(length);
    }
  }

  /** Reads a block, if all of it is there, and answers its length. */
  #readOne(): number | undefined {
    const bytes = this.#bytes;
    if (bytes.length === 0) return undefined;
    if (this.ended) throw new Error("bytes after the trailer");
    if (this.width === 0) return this.#readHeader(bytes);
    switch (bytes[0]) {
      case 0x21:
        return this.#readExtension(bytes);
      case 0x2c:
        return this.#readImage(bytes);
      case 0x3b:
        this.ended = true;
        return 1;
    }
    throw new Error(`0x${bytes[0].toString(16)} after ${this.images} images`);
  }

  #readHeader(bytes: Uint8Array): number | undefined {
    if (bytes.length < 13) return undefined;
    const signature = String.fromCharCode(...bytes.subarray(0, 6));
    if (signature !== "GIF89a") throw new Error(`a header of ${signature}`);
    const hasTable = (bytes[10] & 0x80) !== 0;
    if (hasTable && !this.#mayHaveTable) {
      throw new Error("a global color table");
    }
    const length = 13 + (hasTable ? 3 << (bytes[10] & 7) + 1 : 0);
    if (bytes.length < length) return undefined;
    this.width = u16(bytes, 6);
    this.height = u16(bytes, 8);
    if (this.width * this.height === 0) throw new Error("a screen of no size");
    this.pixels = new Uint32Array(this.width * this.height);
    return length;
  }

  #readExtension(bytes: Uint8Array): number | undefined {
    const end = endOfSubBlocks(bytes, 2);
    if (end === undefined) return undefined;
    if (bytes[1] !== 0xf9) return end;
    if (bytes[2] !== 4 || end !== 8) throw new Error("an odd graphic control");
    const packed = bytes[3];
    if (packed >> 2 > 3) {
      throw new Error(`a control of 0x${packed.toString(16)}`);
    }
    const transparentIndex = packed & 1 ? bytes[6] : -1;
    this.#control = { disposal: packed >> 2, transparentIndex };
    return end;
  }

  #readImage(bytes: Uint8Array): number | undefined {
    if (bytes.length < 10) return undefined;
    if (!(bytes[9] & 0x80)) throw new Error("an image without a table");
    const table = 10, data = 10 + (3 << (bytes[9] & 7) + 1);
    const end = endOfSubBlocks(bytes, data + 1);
    if (end === undefined) return undefined;
    const [left, top, width, height] = [1, 3, 5, 7].map((at) => u16(bytes, at));
    if (width * height === 0) throw new Error("an image of no size");
    if (this.images++ === 0) {
      if (left + width > this.width || top + height > this.height) {
        throw new Error("a first image that enlarges the screen");
      }
    }
    const indices = strictPixels(bytes.subarray(data, end), width * height);
    this.#draw(
      { left, top, width, height, interlaced: (bytes[9] & 0x40) !== 0 },
      bytes.subarray(table, data),
      indices,
    );
    this.#onImage();
    return end;
  }

  #draw(
    { left, top, width, height, interlaced }: {
      left: number;
      top: number;
      width: number;
      height: number;
      interlaced: boolean;
    },
    table: Uint8Array,
    indices: Uint8Array,
  ): void {
    const { disposal, transparentIndex } = this.#control;
    this.#control = NO_CONTROL;
    this.#dispose();
    const before = disposal === 3 ? this.pixels.slice() : undefined;
    const right = Math.min(this.width, left + width);
    const bottom = Math.min(this.height, top + height);
    const rows = interlaced ? interlacedRows(height) : undefined;
    for (let row = 0; row < height; row++) {
      const y = top + (rows?.[row] ?? row);
      if (y >= bottom) continue;
      for (let x = left; x < right; x++) {
        const index = indices[row * width + x - left];
        if (index === transparentIndex) continue;
        const red = table[3 * index] ?? 0, green = table[3 * index + 1] ?? 0;
        const blue = table[3 * index + 2] ?? 0;
        this.pixels[y * this.width + x] =
          (red | green << 8 | blue << 16 | 255 << 24) >>> 0;
      }
    }
    this.#dispose = () => {
      if (before !== undefined) this.pixels = before;
      if (disposal !== 2) return;
      for (let y = top; y < bottom; y++) {
        const at = y * this.width;
        if (left < right) this.pixels.fill(0, at + left, at + right);
      }
    };
  }
}

function interlacedRows(height: number): number[] {
  const rows: number[] = [];
  for (let row = 0; row < height; row += 8) rows.push(row);
  for (let row = 4; row < height; row += 8) rows.push(row);
  for (let row = 2; row < height; row += 4) rows.push(row);
  for (let row = 1; row < height; row += 2) rows.push(row);
  return rows;
}

function u16(bytes: Uint8Array, at: number): number {
  return bytes[at] | bytes[at + 1] << 8;
}

function endOfSubBlocks(bytes: Uint8Array, at: number): number | undefined {
  while (at < bytes.length) {
    if (bytes[at] === 0) return at + 1;
    at += 1 + bytes[at];
  }
  return undefined;
}
