import { concat } from "@std/bytes/concat";
import type { LogicalScreen } from "../../../src/gif/block.ts";
import { Canvas } from "../../../src/gif/canvas/canvas.ts";
import { keyframe } from "../../../src/gif/canvas/keyframe.ts";
import { TRAILER_BYTES } from "../../../src/gif/markers.ts";
import { streamHeader } from "../../../src/entries/gif.ts";
import type { Stream } from "./road.ts";

/**
 * What a viewer gets of a stream: its parts, but for the first one if that
 * builds on what came before, as after a frame that was refused. A channel
 * sends a keyframe then.
 */
export function bodiesOf({ screen, parts }: Stream): Uint8Array[] {
  const bodies = parts.map(({ bytes }) => bytes);
  if (parts.length > 0 && !parts[0].keyframe) {
    const canvas = new Canvas(screen);
    canvas.drawPart(bodies[0]);
    bodies[0] = keyframe(canvas);
  }
  return bodies;
}

/** The file that a viewer would save. */
export function finishedGif(
  screen: LogicalScreen,
  bodies: Uint8Array[],
): Uint8Array<ArrayBuffer> {
  return concat([streamHeader(screen), ...bodies, TRAILER_BYTES]);
}
