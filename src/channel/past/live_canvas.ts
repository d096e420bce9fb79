import type { LogicalScreen } from "../../gif/block.ts";
import { Canvas } from "../../gif/canvas/canvas.ts";
import { keyframe } from "../../gif/canvas/keyframe.ts";
import type { Part } from "../../gif/write/frame_part.ts";
import { keptPart } from "./kept_part.ts";
import { PendingParts } from "./pending_parts.ts";

/**
 * What the viewers of a stream see now, for those who join or lag when the
 * parts build on each other.
 *
 * It draws nothing until a keyframe is wanted, but for what does not fit its
 * bounds; and since a keyframe makes what came before it superfluous, it
 * never draws at all on a stream of whole pictures.
 */
export class LiveCanvas {
  readonly #screen: LogicalScreen;
  /** Made when the first part is drawn. */
  #canvas: Canvas | undefined;
  readonly #pending = new PendingParts();
  /** The keyframe of the newest part, once one was wanted. */
  #keyframe: Uint8Array | undefined;

  /** @param screen The stream's logical screen. */
  constructor(screen: LogicalScreen) {
    this.#screen = screen;
  }

  /** Takes the part that viewers get next. */
  push(sent: Part): void {
    const part = keptPart(sent);
    this.#keyframe = part.keyframe ? part.bytes : undefined;
    this.#pending.push(part);
    if (this.#pending.isFull) this.drawn();
  }

  /**
   * Bytes that show one who has seen nothing, or anything, what viewers of
   * all parts see, and that later parts may build on.
   */
  keyframe(): Uint8Array {
    return this.#keyframe ??= keyframe(this.drawn());
  }

  /** What viewers see, drawn. It is drawn on later: copy what is to stay. */
  drawn(): Canvas {
    const canvas = this.#canvas ??= new Canvas(this.#screen);
    for (const { bytes } of this.#pending.take()) canvas.drawPart(bytes);
    return canvas;
  }
}
