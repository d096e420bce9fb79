import type { Part } from "../../gif/write/frame_part.ts";
import { keptBytes, keptPart } from "./kept_part.ts";

/** Parts wait until there are this many bytes of them ... */
const MAX_BYTES = 4 * 1024 * 1024;
/** ... or this many parts, so that whoever wants a picture does not wait long. */
const MAX_PARTS = 100;

/**
 * Parts that wait to be drawn, until a picture is wanted. A keyframe makes
 * those before it superfluous.
 */
export class PendingParts {
  #parts: Part[] = [];
  #bytes = 0;

  /** The part, if there is only one. */
  get only(): Part | undefined {
    return this.#parts.length === 1 ? this.#parts[0] : undefined;
  }

  /**
   * Whether no more should wait. One by itself may, however large: a keyframe
   * can be used as it is.
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

  /** Takes all of them out, oldest first. */
  take(): Part[] {
    const parts = this.#parts;
    this.#parts = [];
    this.#bytes = 0;
    return parts;
  }
}
