import { TooManyViewersError } from "./too_many_viewers_error.ts";

/**
 * Counts viewers and limits their number: for one channel, and, with a limit
 * around it, for all channels of a server together.
 *
 * @example Two channels with 100 viewers each at most, 150 together
 * ```ts
 * import { Channel, ViewerLimit } from "@x/gifstream";
 * import { assertEquals } from "@std/assert";
 *
 * const viewerLimit = new ViewerLimit(150);
 * const maxViewers = 100;
 * const one = new Channel({ name: "one", maxViewers, viewerLimit });
 * const two = new Channel({ name: "two", maxViewers, viewerLimit });
 * const viewer = one.view();
 * assertEquals(viewerLimit.count, 1);
 * await viewer.cancel();
 * assertEquals(viewerLimit.count, 0);
 * one.close();
 * two.close();
 * ```
 */
export class ViewerLimit {
  #max: number;
  readonly #around: ViewerLimit | undefined;
  readonly #onCount: ((count: number) => void) | undefined;
  #count = 0;

  /**
   * Makes a limit without viewers.
   *
   * @param max Most viewers at a time, at least 1.
   * @param around A limit that these viewers also count for.
   * @param onCount Called with the number of viewers when it changes; it must
   * not throw.
   * @throws {RangeError} If `max` is less than 1.
   */
  constructor(
    max: number,
    around?: ViewerLimit,
    onCount?: (count: number) => void,
  ) {
    this.#max = checked(max);
    this.#around = around;
    this.#onCount = onCount;
  }

  /** Number of viewers. */
  get count(): number {
    return this.#count;
  }

  /**
   * Changes the limit; viewers that are too many now stay.
   *
   * @param max Most viewers at a time, at least 1.
   * @throws {RangeError} If `max` is less than 1.
   */
  change(max: number): void {
    this.#max = checked(max);
  }

  /**
   * Lets a viewer in.
   *
   * @throws {TooManyViewersError} If all places are taken.
   */
  enter(): void {
    if (this.#count >= this.#max) throw new TooManyViewersError(this.#max);
    this.#around?.enter();
    this.#count++;
    this.#onCount?.(this.#count);
  }

  /** Counts a viewer that has left. */
  leave(): void {
    this.#around?.leave();
    this.#count--;
    this.#onCount?.(this.#count);
  }
}

function checked(max: number): number {
  if (max >= 1) return max;
  throw new RangeError(
    `Cannot limit viewers: the limit must be at least 1: ${max}`,
  );
}
