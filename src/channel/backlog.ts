import type { Part } from "../gif/transform.ts";

/** Options of {@linkcode Backlog}. */
export interface BacklogOptions {
  /** How far back parts are kept, in seconds; the newest always is. */
  seconds: number;
  /** Most bytes of parts that are kept; the newest always is. */
  maxBytes: number;
}

interface Kept {
  part: Part;
  timeMilliseconds: number;
  /** What a viewer may begin with here; the part itself if it can be. */
  entrance: Uint8Array | undefined;
}

/** Entrances among parts that build on each other are at least this apart. */
const MIN_ENTRANCE_MILLISECONDS = 1000;

/**
 * The newest parts of a stream, for viewers who join it, within a bound of
 * time and of bytes.
 *
 * Who joins needs a keyframe first. Where the parts have none, one is made
 * now and then, unless only the newest part is kept.
 */
export class Backlog {
  readonly #windowMilliseconds: number;
  readonly #maxBytes: number;
  #kept: Kept[] = [];
  #bytes = 0;
  #lastEntranceMilliseconds = -Infinity;

  constructor({ seconds, maxBytes }: BacklogOptions) {
    this.#windowMilliseconds = seconds * 1000;
    this.#maxBytes = maxBytes;
  }

  /** The newest part, if there is any. */
  get newest(): Part | undefined {
    return this.#kept.at(-1)?.part;
  }

  /**
   * Adds the newest part and lets go of those out of bounds.
   *
   * @param part The part.
   * @param timeMilliseconds When it was published.
   * @param keyframe Makes a keyframe of what viewers see after it.
   */
  push(part: Part, timeMilliseconds: number, keyframe: () => Uint8Array): void {
    const entrance = this.#entrance(part, timeMilliseconds, keyframe);
    const kept = { part, timeMilliseconds, entrance };
    this.#kept.push(kept);
    this.#bytes += sizeOf(kept);
    const oldest = timeMilliseconds - this.#windowMilliseconds;
    let drop = 0;
    while (
      drop < this.#kept.length - 1 &&
      (this.#bytes > this.#maxBytes ||
        this.#kept[drop].timeMilliseconds <= oldest)
    ) {
      this.#bytes -= sizeOf(this.#kept[drop++]);
    }
    if (drop > 0) this.#kept.splice(0, drop);
  }

  /**
   * What a viewer who joins now is given, oldest first: from the first place
   * on where one may begin; undefined if there is none.
   */
  chunks(): Uint8Array[] | undefined {
    const first = this.#kept.findIndex(({ entrance }) => entrance);
    if (first < 0) return undefined;
    const [{ entrance }, ...rest] = this.#kept.slice(first);
    return [entrance!, ...rest.map(({ part }) => part.bytes)];
  }

  /** Lets go of everything. */
  clear(): void {
    this.#kept = [];
    this.#bytes = 0;
    this.#lastEntranceMilliseconds = -Infinity;
  }

  #entrance(part: Part, now: number, keyframe: () => Uint8Array) {
    const window = this.#windowMilliseconds;
    const interval = Math.max(MIN_ENTRANCE_MILLISECONDS, window / 4);
    if (part.keyframe) {
      this.#lastEntranceMilliseconds = now;
      return part.bytes;
    }
    if (window === 0 || now - this.#lastEntranceMilliseconds < interval) {
      return undefined;
    }
    this.#lastEntranceMilliseconds = now;
    return keyframe();
  }
}

function sizeOf({ part, entrance }: Kept): number {
  const shared = entrance === undefined || entrance === part.bytes;
  return part.bytes.length + (shared ? 0 : entrance.length);
}
