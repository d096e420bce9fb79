/**
 * Blocks of a GIF that are always the same bytes. They are shared: do not
 * change them.
 *
 * @module
 */

import {
  APPLICATION_LABEL,
  COMMENT_LABEL,
  EXTENSION_INTRODUCER,
  TRAILER,
} from "./spec.ts";

/** The block that ends a GIF (GIF89a section 27). */
export const TRAILER_BYTES: Uint8Array<ArrayBuffer> = Uint8Array.of(TRAILER);

/** A comment without text (section 24), which no player shows. */
export const EMPTY_COMMENT: Uint8Array<ArrayBuffer> = Uint8Array.of(
  EXTENSION_INTRODUCER,
  COMMENT_LABEL,
  0,
);

/** The application that the loop count belongs to (section 26). */
export const NETSCAPE: Uint8Array<ArrayBuffer> = new TextEncoder()
  .encode("NETSCAPE2.0");

/** Loop count 0 of the Netscape extension: the GIF plays again and again. */
export const LOOP_FOR_EVER: Uint8Array<ArrayBuffer> = loopBlock(0);

/**
 * The Netscape extension, which players repeat a GIF by.
 *
 * @param repetitions How often it plays again, 1 to 65535; 0: for ever.
 */
export function loopBlock(repetitions: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(
    EXTENSION_INTRODUCER,
    APPLICATION_LABEL,
    NETSCAPE.length,
    ...NETSCAPE,
    ...[3, 1, repetitions & 255, repetitions >> 8, 0],
  );
}
