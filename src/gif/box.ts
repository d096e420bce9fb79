/** A rectangle of the logical screen, in pixels. */
export interface Box {
  /** Pixels from the left edge. */
  left: number;
  /** Pixels from the top edge. */
  top: number;
  /** Pixels of a row. */
  width: number;
  /** Rows. */
  height: number;
}

/** The smallest rectangle around pixels, which come row by row. */
export class BoundingBox {
  #left = Infinity;
  #right = -1;
  #top = -1;
  #bottom = -1;

  /**
   * Adds the pixels of a row, which must be below those before.
   *
   * @param first Column of the first of them.
   * @param last Column of the last of them.
   */
  addRow(row: number, first: number, last: number): void {
    if (first < this.#left) this.#left = first;
    if (last > this.#right) this.#right = last;
    if (this.#top < 0) this.#top = row;
    this.#bottom = row;
  }

  /** The rectangle; undefined if there is no pixel. */
  get box(): Box | undefined {
    if (this.#top < 0) return undefined;
    const left = this.#left, top = this.#top;
    return {
      left,
      top,
      width: this.#right - left + 1,
      height: this.#bottom - top + 1,
    };
  }
}
