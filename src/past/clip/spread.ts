import type { SmallClipOptions } from "./clip_options.ts";
import { FRAMING_BYTES } from "./finished_clip.ts";

/** A second that would have fewer pictures gets smaller ones instead. */
export const LEAST_PICTURES_PER_SECOND = 1;
const LEAST_PICTURES = 2;

/** Bytes of the pictures of a clip. */
export interface ExpectedBytes {
  /** Of the first one, which is whole. */
  first: number;
  /** Of each of the others. */
  other: number;
  /** Kept free, since a picture's bytes are known only when it is made. */
  reserve: number;
}

/** Spreads the bytes that a clip may have evenly over its time. */
export class Spread {
  readonly #startMilliseconds: number;
  readonly #lastMilliseconds: number;
  readonly #room: number;
  readonly #expected: ExpectedBytes;
  /** The room in relation to what the fewest pictures take; below 1: too few. */
  readonly plenty: number;
  #used: number;

  constructor(
    { moments, startMilliseconds, endMilliseconds, bounds }: SmallClipOptions,
    expected: ExpectedBytes,
  ) {
    this.#startMilliseconds = Math.max(
      startMilliseconds,
      moments[0].timeMilliseconds,
    );
    this.#lastMilliseconds = moments.at(-1)!.timeMilliseconds;
    this.#room = bounds.maxBytes - FRAMING_BYTES;
    this.#expected = expected;
    this.#used = expected.first;
    const seconds = (endMilliseconds - startMilliseconds) / 1000;
    const wanted = Math.ceil(seconds * LEAST_PICTURES_PER_SECOND);
    const least = Math.min(moments.length, Math.max(LEAST_PICTURES, wanted));
    const { first, other, reserve } = expected;
    const needed = least === 1 ? first : first + reserve + other * (least - 1);
    this.plenty = this.#room / needed;
  }

  /** Share of the clip's pictures that have been shown by a time, 0 to 1. */
  shareAt(timeMilliseconds: number): number {
    const span = this.#lastMilliseconds - this.#startMilliseconds;
    if (span <= 0) return 1;
    return Math.max(0, (timeMilliseconds - this.#startMilliseconds) / span);
  }

  /** True if it is time for a picture of so many bytes. */
  isDue(
    timeMilliseconds: number,
    bytes: number = this.#expected.other,
  ): boolean {
    const { first, reserve } = this.#expected;
    const others = this.#room - first - reserve;
    const share = this.shareAt(timeMilliseconds);
    return this.#used + bytes <= first + others * share;
  }

  /** Takes the bytes of a picture; false if there are not as many. */
  take(bytes: number): boolean {
    if (this.#used + bytes > this.#room) return false;
    this.#used += bytes;
    return true;
  }
}
