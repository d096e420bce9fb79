/** A part on its way, or a keyframe with the parts after it. */
export interface WaitingPart {
  bytes: Uint8Array;
  /** True if new viewers can begin with it. */
  keyframe: boolean;
  /** The number of the newest part that it has; -1 for a sign of life. */
  number: number;
  /** Called once it is no longer in memory. */
  done: () => void;
}

/** More than these are too many to be sent late. */
const MAX_PARTS = 64;
const MAX_BYTES = 2 ** 23;

/** The parts of a channel that wait to be sent, oldest first. */
export class WaitingParts {
  #parts: WaitingPart[] = [];
  #bytes = 0;

  /** Number of parts. */
  get size(): number {
    return this.#parts.length;
  }

  /** True if they are more than can be sent without lag. */
  get tooMany(): boolean {
    return this.#parts.length > MAX_PARTS || this.#bytes > MAX_BYTES;
  }

  /** True if new viewers can begin with one of them. */
  get hasKeyframe(): boolean {
    return this.#parts.some(({ keyframe }) => keyframe);
  }

  add(part: WaitingPart): void {
    this.#parts.push(part);
    this.#bytes += part.bytes.length;
  }

  /** Takes those before the newest keyframe; all of them if there is none. */
  takeBeforeKeyframe(): WaitingPart[] {
    const at = this.#parts.findLastIndex(({ keyframe }) => keyframe);
    return this.#take(at < 0 ? this.#parts.length : at);
  }

  /** Takes all. */
  takeAll(): WaitingPart[] {
    return this.#take(this.#parts.length);
  }

  #take(count: number): WaitingPart[] {
    const taken = this.#parts.splice(0, count);
    for (const { bytes } of taken) this.#bytes -= bytes.length;
    return taken;
  }
}
