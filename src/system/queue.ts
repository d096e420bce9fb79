/** A list that grows at its end and is dropped from its front, both cheaply. */
export class Queue<T> {
  /** Dropped items are undefined, so that nothing holds them. */
  #items: (T | undefined)[] = [];
  #dropped = 0;

  /** Number of items. */
  get length(): number {
    return this.#items.length - this.#dropped;
  }

  /** Adds an item at the end. */
  push(item: T): void {
    this.#items.push(item);
  }

  /**
   * The item at an index.
   *
   * @param index From 0, the oldest; negative ones count from the end.
   */
  at(index: number): T | undefined {
    const from = index < 0 ? this.#items.length : this.#dropped;
    return from + index < this.#dropped ? undefined : this.#items[from + index];
  }

  /** The items from an index on, oldest first. */
  from(index: number): T[] {
    return this.#items.slice(this.#dropped + index) as T[];
  }

  /** Lets go of the oldest items, as many as are given. */
  drop(count: number): void {
    const end = this.#dropped + Math.min(count, this.length);
    this.#items.fill(undefined, this.#dropped, end);
    this.#dropped = end;
    // Each item is moved once at most for each that was dropped.
    if (2 * end < this.#items.length) return;
    this.#items = this.#items.slice(end);
    this.#dropped = 0;
  }
}
