import { concat } from "@std/bytes/concat";
import type { LogicalScreen } from "../block.ts";
import { TRAILER } from "../spec.ts";
import { streamHeader } from "./frame_part.ts";

const TRAILER_BYTES = Uint8Array.of(TRAILER);

/** A GIF of one picture, by the keyframe that draws it. */
export function wholeGif(
  screen: LogicalScreen,
  keyframe: Uint8Array,
): Uint8Array {
  return concat([streamHeader(screen), keyframe, TRAILER_BYTES]);
}
