import type { LogicalScreen } from "../gif/block.ts";
import { Canvas } from "../gif/canvas/canvas.ts";
import { keyframe } from "../gif/canvas/keyframe.ts";
import type { Part } from "../gif/write/frame_part.ts";
import { PendingParts } from "./pending_parts.ts";

/**
 * The canvas that viewers of a stream see now, for viewers that join or lag
 * when parts build on each other.
 *
 * Parts are drawn only when a picture is wanted, or when too many wait. A
 * keyframe replaces the parts before it, so a stream of whole pictures is never
 * drawn at all unless a canvas is asked for.
 */
export class LiveCanvas {
  readonly #screen: LogicalScreen;
  /** The canvas; made when it is first wanted. */
  #canvas: Canvas | undefined;
  readonly #pending = new PendingParts();
  /** The keyframe of the newest part, once one was wanted. */
  #keyframe: Uint8Array | undefined;

  /** @param screen The stream's logical screen. */
  constructor(screen: LogicalScreen) {
    this.#screen = screen;
  }

  /** Takes the part that viewers get next, as it can be kept. */
  push(part: Part): void {
    this.#keyframe = part.keyframe ? part.bytes : undefined;
    this.#pending.push(part);
    if (this.#pending.isFull) this.drawn();
  }

  /**
   * A keyframe of the canvas: it shows any viewer, whatever that viewer has
   * seen before, the newest picture, and later parts may build on it.
   */
  keyframe(): Uint8Array {
    return this.#keyframe ??= keyframe(this.drawn());
  }

  /** The canvas. Later parts change it: copy it to keep it. */
  drawn(): Canvas {
    const canvas = this.#canvas ??= new Canvas(this.#screen);
    for (const { bytes } of this.#pending.take()) canvas.drawPart(bytes);
    return canvas;
  }
}
