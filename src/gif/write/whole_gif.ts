import { concat } from "@std/bytes/concat";
import type { LogicalScreen } from "../block.ts";
import { TRAILER_BYTES } from "../markers.ts";
import { streamHeader } from "./stream_header.ts";

/** A GIF of one picture, by the keyframe that draws it. */
export function wholeGif(
  screen: LogicalScreen,
  keyframe: Uint8Array,
): Uint8Array<ArrayBuffer> {
  return concat([streamHeader(screen), keyframe, TRAILER_BYTES]);
}
