/**
 * Thrown when bytes are not a GIF that can be played. The message says what
 * was expected and what was found.
 *
 * @example A file that is no GIF
 * ```ts
 * import { BlockReader, GifError } from "@x/gifstream/gif";
 * import { assertThrows } from "@std/assert";
 *
 * const reader = new BlockReader();
 * reader.push(new TextEncoder().encode("not a GIF at all"));
 * assertThrows(() => reader.next(), GifError, "expected GIF87a or GIF89a");
 * ```
 */
export class GifError extends Error {
  /** Position of the offending byte, counted from the first one pushed. */
  readonly offset: number;
  /** The format of the bytes, as in `JPEG`, if it is known and not GIF. */
  readonly format?: string;

  /**
   * Makes the error.
   *
   * @param message What was being read, what was expected, what was found.
   * @param offset Position of the offending byte, from the first one pushed.
   * @param format The format of the bytes, if it is known and not GIF.
   */
  constructor(message: string, offset: number, format?: string) {
    super(message);
    this.name = "GifError";
    this.offset = offset;
    this.format = format;
  }
}

/** A byte as people write it in a format's tables: `0x2c`. */
export function hex(byte: number): string {
  return "0x" + hexDigits(byte);
}

/** The two digits of a byte: `2c`. */
export function hexDigits(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}
