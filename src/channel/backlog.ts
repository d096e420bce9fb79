import type { Part } from "../gif/transform.ts";

/** Options of {@linkcode Backlog}. */
export interface BacklogOptions {
  /** How far back parts are kept, in seconds; the newest always is. */
  seconds: number;
  /** Most bytes of parts that are kept, beside the newest one. */
  maxBytes: number;
}

interface Kept {
  part: Part;
  timeMilliseconds: number;
}

/**
 * The newest parts of a stream, for viewers who join it: within a bound of
 * time and of bytes, and from a keyframe on wherever there is one.
 */
export class Backlog {
  readonly #windowMilliseconds: number;
  readonly #maxBytes: number;
  #kept: Kept[] = [];
  #bytes = 0;

  constructor({ seconds, maxBytes }: BacklogOptions) {
    this.#windowMilliseconds = seconds * 1000;
    this.#maxBytes = maxBytes;
  }

  /** The newest part, if there is any. */
  get newest(): Part | undefined {
    return this.#kept.at(-1)?.part;
  }

  /** Adds the newest part and lets go of those out of bounds. */
  push(part: Part, timeMilliseconds: number): void {
    this.#kept.push({ part, timeMilliseconds });
    this.#bytes += part.bytes.length;
    const oldest = timeMilliseconds - this.#windowMilliseconds;
    let drop = 0;
    while (
      drop < this.#kept.length - 1 &&
      (this.#bytes > this.#maxBytes ||
        this.#kept[drop].timeMilliseconds <= oldest)
    ) {
      this.#bytes -= this.#kept[drop++].part.bytes.length;
    }
    if (drop > 0) this.#kept.splice(0, drop);
  }

  /**
   * The parts that a viewer who joins now is given, oldest first: what is
   * kept, from its first keyframe on, or the newest alone if there is none.
   */
  parts(): Uint8Array[] {
    const first = this.#kept.findIndex(({ part }) => part.keyframe);
    return this.#kept.slice(first < 0 ? -1 : first)
      .map(({ part }) => part.bytes);
  }

  /** Lets go of everything. */
  clear(): void {
    this.#kept = [];
    this.#bytes = 0;
  }
}
