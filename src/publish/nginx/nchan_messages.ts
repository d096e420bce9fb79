/**
 * An endless GIF as messages of Nchan, which gives a new viewer all messages
 * that it keeps, and each viewer the same.
 *
 * It keeps those from the newest opening on: a message that begins with a
 * stream header and a keyframe. Viewers who watch already get it, too, and a
 * header in the middle is no GIF. So each message ends within a comment that
 * the next one goes on with: for them the header is in that comment.
 *
 * @module
 */

import { concat } from "@std/bytes/concat";
import type { LogicalScreen } from "../../gif/block.ts";
import { begins, GIF_VERSIONS } from "../../gif/signature.ts";
import {
  COMMENT_LABEL,
  EXTENSION_INTRODUCER,
  SCREEN_BYTES,
  TRAILER,
} from "../../gif/spec.ts";
import { readU16 } from "../../gif/u16.ts";
import { streamHeader } from "../../gif/write/stream_header.ts";

/** The end of each message: a comment begins (GIF89a section 24). */
const BEGUN_COMMENT = Uint8Array.of(EXTENSION_INTRODUCER, COMMENT_LABEL);
/** The end of that comment, in a message that is no opening. */
const NO_SUB_BLOCK = Uint8Array.of(0);

/**
 * A global color table, which no part uses. As sub-blocks of a comment, the
 * "G" of the header is a length of 71 bytes; the table has the length of the
 * next sub-block, and the end of the comment. It is the smallest with room for
 * both.
 */
const COLORS = new Uint8Array(32 * 3);
const [, GIF89A] = GIF_VERSIONS;
const NEXT_LENGTH_AT = 1 + GIF89A[0] - SCREEN_BYTES;
COLORS[NEXT_LENGTH_AT] = COLORS.length - 1 - (NEXT_LENGTH_AT + 1);

/** A message that new viewers begin with: a keyframe, and parts after it. */
export function openingMessage(
  screen: LogicalScreen,
  parts: readonly Uint8Array[],
): Uint8Array {
  return concat([streamHeader(screen, COLORS), ...parts, BEGUN_COMMENT]);
}

/** A message of parts that build on the message before; of none, too. */
export function followingMessage(parts: readonly Uint8Array[]): Uint8Array {
  return concat([NO_SUB_BLOCK, ...parts, BEGUN_COMMENT]);
}

/** The message that ends the GIF. */
export const LAST_MESSAGE: Uint8Array = concat([
  NO_SUB_BLOCK,
  Uint8Array.of(TRAILER),
]);

/** The logical screen of an opening; undefined if the bytes are not of one. */
export function screenOf(message: Uint8Array): LogicalScreen | undefined {
  if (message.length < SCREEN_BYTES || !begins(message, GIF89A)) {
    return undefined;
  }
  return { width: readU16(message, 6), height: readU16(message, 8) };
}
