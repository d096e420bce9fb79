import type { Part } from "../gif/write/frame_part.ts";
import { keptBytes, keptPart } from "./kept_part.ts";

/** Most bytes of parts that wait. */
const MAX_BYTES = 4 * 1024 * 1024;
/** Most parts that wait, so that drawing a picture does not take long. */
const MAX_PARTS = 100;

/**
 * Parts that wait to be drawn until a picture is wanted. A keyframe replaces
 * the parts before it.
 */
export class PendingParts {
  #parts: Part[] = [];
  #bytes = 0;

  /** The waiting part, if there is exactly one. */
  get only(): Part | undefined {
    return this.#parts.length === 1 ? this.#parts[0] : undefined;
  }

  /**
   * True if the parts should be drawn now. A single part may wait however large
   * it is: a keyframe can be used as it is.
   */
  get isFull(): boolean {
    return this.#parts.length > 1 &&
      (this.#bytes > MAX_BYTES || this.#parts.length > MAX_PARTS);
  }

  /** Adds the part that viewers get next. */
  push(sent: Part): void {
    const part = keptPart(sent);
    if (part.keyframe) this.take();
    this.#parts.push(part);
    this.#bytes += keptBytes(part);
  }

  /** Removes and returns all parts, oldest first. */
  take(): Part[] {
    const parts = this.#parts;
    this.#parts = [];
    this.#bytes = 0;
    return parts;
  }
}
