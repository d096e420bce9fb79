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

  /**
   * Makes the error.
   *
   * @param message What was being read, what was expected, what was found.
   * @param offset Position of the offending byte, from the first one pushed.
   */
  constructor(message: string, offset: number) {
    super(message);
    this.name = "GifError";
    this.offset = offset;
  }
}

/** A byte as people write it in a format's tables: `0x2c`. */
export function hex(byte: number): string {
  return "0x" + byte.toString(16).padStart(2, "0");
}
