import type { GifBlock, GifImage, GraphicControl } from "../block.ts";
import { GifError, hex, hexDigits } from "../gif_error.ts";
import { LOOP_FOR_EVER, NETSCAPE } from "../markers.ts";
import { begins, GIF_VERSIONS, otherFormat } from "../signature.ts";
import * as spec from "../spec.ts";
import { readU16 } from "../u16.ts";

/** Options of {@linkcode BlockReader}. */
export interface BlockReaderOptions {
  /**
   * Start of the bytes: a `header`, or `blocks` with none before
   * them; `any` looks at the first byte.
   *
   * @default {"header"}
   */
  start?: "header" | "blocks" | "any";
  /**
   * Most bytes that one image or extension may take.
   *
   * @default {33554432}
   */
  maxBlockBytes?: number;
}

/**
 * Room that a buffer needs in front of an image, in bytes, for every image
 * to become a part in place: graphic control, descriptor, largest table.
 */
export const PART_ROOM_BYTES: number = spec.GRAPHIC_CONTROL_BYTES +
  spec.DESCRIPTOR_BYTES + spec.MAX_TABLE_BYTES;

const NEED_MORE: GifBlock = { type: "need-more" };
const NO_BYTES = new Uint8Array(0);
const NETSCAPE_BYTES = LOOP_FOR_EVER.length;

/**
 * Reads the blocks of a GIF as its bytes arrive, in pieces of any size.
 *
 * Push bytes, then ask for blocks until it needs more. It stops at the
 * trailer; as browsers do, it takes bytes that are no block, after at least
 * one image, for the end. Time is linear in the bytes pushed, and memory
 * bounded by `maxBlockBytes`, whatever the bytes are.
 *
 * @example The blocks of a one-pixel GIF, a byte at a time
 * ```ts
 * import { BlockReader } from "@x/gifstream/gif";
 * import { assertEquals } from "@std/assert";
 *
 * const gif = Uint8Array.from(
 *   atob("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs="),
 *   (c) => c.charCodeAt(0),
 * );
 * const reader = new BlockReader();
 * const types: string[] = [];
 * for (const byte of gif) {
 *   reader.push(Uint8Array.of(byte));
 *   const block = reader.next();
 *   if (block.type !== "need-more") types.push(block.type);
 * }
 * assertEquals(types, ["header", "image", "end"]);
 * ```
 */
export class BlockReader {
  readonly #maxBlockBytes: number;
  #state: "header" | "blocks" | "any" | "end";
  #bytes: Uint8Array = NO_BYTES;
  /** Start in #bytes of the block that is being read. */
  #begin = 0;
  /** End in #bytes of the pushed bytes; more room may follow. */
  #end = 0;
  #roomStart = 0;
  /** True if #bytes is this reader's own, with room after #end. */
  #own = false;
  /** Position from the first byte pushed, of #bytes[0]; may be negative. */
  #base = 0;
  /** Bytes of this block, from #begin, whose sub-blocks were followed. */
  #scanned = 0;
  #images = 0;
  #bare = false;
  #noMore = false;
  #endBlock: GifBlock = NEED_MORE;
  #failure: GifError | undefined;

  /**
   * Makes a reader of one GIF.
   *
   * @param options How the bytes begin, and bounds.
   * @throws {RangeError} If `maxBlockBytes` is not a positive integer.
   */
  constructor(options: BlockReaderOptions = {}) {
    const { start = "header", maxBlockBytes = 32 * 1024 * 1024 } = options;
    if (!Number.isInteger(maxBlockBytes) || maxBlockBytes < 1) {
      throw new RangeError(
        `Cannot read GIF: maxBlockBytes must be a positive integer: ${maxBlockBytes}`,
      );
    }
    this.#maxBlockBytes = maxBlockBytes;
    this.#state = start;
    this.#bare = start === "blocks";
  }

  /**
   * Adds bytes. The reader keeps the buffer and hands out views of it
   * instead of copies: do not change it afterwards.
   *
   * @param bytes The bytes that follow those pushed before; ignored once
   * {@linkcode BlockReader.next} has answered with `end`.
   * @param begin Where in `bytes` they begin; what lies before is free room
   * for {@linkcode framePart}.
   * @throws {TypeError} If {@linkcode BlockReader.end} was called.
   */
  push(bytes: Uint8Array, begin: number = 0): void {
    if (this.#noMore) {
      throw new TypeError("Cannot push bytes: the end was announced before");
    }
    if (this.#state === "end") return;
    if (this.#begin < this.#end) return this.#append(bytes.subarray(begin));
    this.#base += this.#end - begin;
    this.#bytes = bytes;
    this.#begin = begin;
    this.#end = bytes.length;
    this.#roomStart = 0;
    this.#own = false;
  }

  /**
   * Bytes pushed but not read: a block that is not all there, is broken,
   * or follows the end. A view, not a copy.
   */
  get rest(): Uint8Array {
    return this.#bytes.subarray(this.#begin, this.#end);
  }

  /** Announces that no more bytes will come. */
  end(): void {
    this.#noMore = true;
  }

  /**
   * The next block, `need-more` when it is not all there yet, or `end`.
   *
   * @throws {GifError} If the bytes are no GIF, or end in the middle of a
   * block after {@linkcode BlockReader.end}; every later call throws it too.
   */
  next(): GifBlock {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      return this.#next();
    } catch (error) {
      if (error instanceof GifError) this.#failure = error;
      throw error;
    }
  }

  #next(): GifBlock {
    if (this.#state === "end") return this.#endBlock;
    if (this.#begin === this.#end) {
      return this.#noMore ? this.#finish("end-of-data", 0) : NEED_MORE;
    }
    const label = this.#bytes[this.#begin];
    if (this.#state === "any") {
      this.#bare = label === spec.EXTENSION_INTRODUCER ||
        label === spec.IMAGE_SEPARATOR;
      this.#state = this.#bare ? "blocks" : "header";
    }
    if (this.#state === "header") return this.#readHeader();
    switch (label) {
      case spec.EXTENSION_INTRODUCER:
        return this.#readExtension();
      case spec.IMAGE_SEPARATOR:
        return this.#readImage();
      case spec.TRAILER:
        return this.#finish("trailer", 1);
      default:
        if (this.#images > 0) return this.#finish("garbage", 0);
        throw this.#error(
          `expected a block label (0x21, 0x2c or 0x3b), found ${hex(label)}`,
        );
    }
  }

  /** Sections 17 to 19: signature, logical screen, global color table. */
  #readHeader(): GifBlock {
    const { SIGNATURE_BYTES, SCREEN_BYTES } = spec;
    const bytes = this.#bytes, at = this.#begin;
    if (!this.#has(SIGNATURE_BYTES, "the header")) return NEED_MORE;
    const head = bytes.subarray(at, at + SIGNATURE_BYTES);
    const [is87a, is89a] = GIF_VERSIONS.map((v) => begins(head, v));
    if (!is87a && !is89a) throw this.#otherFormat(head);
    if (!this.#has(SCREEN_BYTES, "the logical screen")) return NEED_MORE;
    const tableBytes = spec.colorTableBytes(bytes[at + 10]);
    const length = SCREEN_BYTES + tableBytes;
    if (!this.#has(length, "the global color table")) return NEED_MORE;
    const offset = this.#advance(length);
    this.#state = "blocks";
    return {
      type: "header",
      offset,
      version: is89a ? "89a" : "87a",
      screen: { width: readU16(bytes, at + 6), height: readU16(bytes, at + 8) },
      // Skipped: background color index, pixel aspect ratio. Copied, because
      // images turned into parts in place overwrite what lies before them.
      globalColorTable: tableBytes === 0
        ? undefined
        : bytes.slice(at + SCREEN_BYTES, at + length),
    };
  }

  /** Sections 23 to 26: all extensions share one shape. */
  #readExtension(): GifBlock {
    if (!this.#has(3, "an extension")) return NEED_MORE;
    const bytes = this.#bytes, at = this.#begin;
    const length = this.#followSubBlocks(2, "an extension");
    if (length < 0) return NEED_MORE;
    const label = bytes[at + 1];
    const offset = this.#advance(length);
    if (label === spec.GRAPHIC_CONTROL_LABEL && bytes[at + 2] >= 4) {
      return { type: "graphic-control", offset, control: control(bytes, at) };
    }
    const extension = bytes.subarray(at, at + length);
    return { type: "extension", offset, label, bytes: extension };
  }

  /** Sections 20 to 22: descriptor, local color table, image data. */
  #readImage(): GifBlock {
    const { DESCRIPTOR_BYTES } = spec;
    if (!this.#has(DESCRIPTOR_BYTES, "an image descriptor")) return NEED_MORE;
    if (this.#bare && this.#images === 0 && !this.#mendDescriptor()) {
      return NEED_MORE;
    }
    const bytes = this.#bytes, at = this.#begin, packed = bytes[at + 9];
    const tableBytes = spec.colorTableBytes(packed);
    const dataFrom = DESCRIPTOR_BYTES + tableBytes;
    if (!this.#has(dataFrom + 1, "an image")) return NEED_MORE;
    const codeSize = bytes[at + dataFrom];
    if (codeSize > spec.MAX_LZW_CODE_SIZE) {
      throw this.#error(
        `expected an LZW minimum code size of 0 to 8, found ${codeSize}`,
        dataFrom,
      );
    }
    const length = this.#followSubBlocks(dataFrom + 1, "an image");
    if (length < 0) return NEED_MORE;
    const image: GifImage = {
      left: readU16(bytes, at + 1),
      top: readU16(bytes, at + 3),
      width: readU16(bytes, at + 5),
      height: readU16(bytes, at + 7),
      interlaced: (packed & spec.INTERLACE_FLAG) !== 0,
      sorted: (packed & spec.SORT_FLAG) !== 0,
      localColorTable: tableBytes === 0
        ? undefined
        : bytes.subarray(at + DESCRIPTOR_BYTES, at + dataFrom),
      bytes,
      roomStart: this.#roomStart,
      dataStart: at + dataFrom,
      dataEnd: at + length,
    };
    const offset = this.#advance(length);
    this.#roomStart = this.#begin;
    this.#images++;
    return { type: "image", offset, image };
  }

  /**
   * In the bare delta files of ffmpeg's image2 muxer a NETSCAPE extension
   * stands inside the image descriptor, after the top position: the muxer
   * takes the first 13 bytes for a header. Moves the front of the descriptor
   * over it. False: not enough bytes to tell.
   */
  #mendDescriptor(): boolean {
    const at = this.#begin, spliced = at + 5, bytes = this.#bytes;
    if (
      bytes[spliced] !== spec.EXTENSION_INTRODUCER ||
      bytes[spliced + 1] !== spec.APPLICATION_LABEL ||
      bytes[spliced + 2] !== NETSCAPE.length
    ) return true;
    const whole = spec.DESCRIPTOR_BYTES + NETSCAPE_BYTES;
    if (!this.#has(whole, "an image descriptor")) return false;
    if (!NETSCAPE.every((byte, i) => bytes[spliced + 3 + i] === byte)) {
      return true;
    }
    bytes.copyWithin(at + NETSCAPE_BYTES, at, spliced);
    this.#advance(NETSCAPE_BYTES);
    return true;
  }

  /**
   * Section 15: follows length bytes to the block terminator, from where the
   * last call stopped. Returns the length of the whole block, or -1 when the
   * terminator is not there yet.
   */
  #followSubBlocks(from: number, what: string): number {
    const bytes = this.#bytes, end = this.#end;
    let at = this.#begin + Math.max(from, this.#scanned);
    while (at < end) {
      const length = bytes[at++];
      if (length === 0) {
        this.#has(at - this.#begin, what);
        return at - this.#begin;
      }
      at += length;
    }
    this.#scanned = at - this.#begin;
    this.#has(this.#scanned + 1, what);
    return -1;
  }

  /** True if the first `length` bytes are there; throws if they cannot come. */
  #has(length: number, what: string): boolean {
    if (length > this.#maxBlockBytes) {
      throw this.#error(
        `expected ${what} of at most ${this.#maxBlockBytes} bytes, ` +
          `found a longer one`,
      );
    }
    if (this.#end - this.#begin >= length) return true;
    if (this.#noMore) {
      throw this.#error(
        `expected the rest of ${what}, found the end of the data`,
        this.#end - this.#begin,
      );
    }
    return false;
  }

  #advance(length: number): number {
    const offset = this.#base + this.#begin;
    this.#begin += length;
    this.#scanned = 0;
    return offset;
  }

  #finish(
    reason: "trailer" | "end-of-data" | "garbage",
    length: number,
  ): GifBlock {
    this.#endBlock = { type: "end", offset: this.#advance(length), reason };
    this.#state = "end";
    return this.#endBlock;
  }

  #error(problem: string, from = 0, format?: string): GifError {
    const offset = this.#base + this.#begin + from;
    return new GifError(
      `Cannot read GIF: ${problem} at byte ${offset}`,
      offset,
      format,
    );
  }

  #otherFormat(head: Uint8Array): GifError {
    const format = otherFormat(head);
    const found = format === undefined
      ? `the bytes ${Array.from(head, hexDigits).join(" ")}`
      : `${format} data`;
    return this.#error(`expected GIF87a or GIF89a, found ${found}`, 0, format);
  }

  /** Joins new bytes to those of a block that is not all there yet. */
  #append(bytes: Uint8Array): void {
    const waiting = this.#end - this.#begin;
    if (!this.#own || this.#end + bytes.length > this.#bytes.length) {
      const room = PART_ROOM_BYTES;
      const grown = new Uint8Array(room + 2 * (waiting + bytes.length));
      grown.set(this.#bytes.subarray(this.#begin, this.#end), room);
      this.#base += this.#begin - room;
      this.#bytes = grown;
      this.#begin = room;
      this.#end = room + waiting;
      this.#roomStart = 0;
      this.#own = true;
    }
    this.#bytes.set(bytes, this.#end);
    this.#end += bytes.length;
  }
}

/** Section 23; `at` is where the extension introducer stands. */
function control(bytes: Uint8Array, at: number): GraphicControl {
  const packed = bytes[at + 3];
  return {
    disposal: packed >> spec.DISPOSAL_SHIFT & spec.DISPOSAL_MASK,
    userInput: (packed & spec.USER_INPUT_FLAG) !== 0,
    transparent: (packed & spec.TRANSPARENT_FLAG) !== 0,
    delayCentiseconds: readU16(bytes, at + 4),
    transparentIndex: bytes[at + 6],
  };
}
