/** Options of {@linkcode NewestQueue}. */
export interface NewestQueueOptions<T = unknown> {
  /** Most items that may wait. */
  maxItems: number;
  /** Called with the number of items that are dropped, and the items. */
  onDrop?: (count: number, items: T[]) => void;
}

/**
 * A queue in which only the newest items count: when too many wait, the oldest
 * are dropped.
 */
export class NewestQueue<T> {
  /** Most items that may wait, from the next push on. */
  maxItems: number;
  readonly #onDrop: (count: number, items: T[]) => void;
  readonly #items: T[] = [];
  #closed = false;
  #failure: { error: unknown } | undefined;
  #changed = Promise.withResolvers<void>();

  constructor(options: NewestQueueOptions<T>) {
    this.maxItems = options.maxItems;
    this.#onDrop = options.onDrop ?? (() => {});
  }

  /** True if no item waits. */
  get isEmpty(): boolean {
    return this.#items.length === 0;
  }

  /** Adds an item. */
  push(item: T): void {
    if (this.#closed) return;
    const dropped = this.#items.length + 1 - this.maxItems;
    if (dropped > 0) {
      this.#onDrop(dropped, this.#items.splice(0, dropped));
    }
    this.#items.push(item);
    this.#signalChange();
  }

  /**
   * The oldest item that waits; undefined once the queue is closed and empty.
   */
  async next(): Promise<T | undefined> {
    while (this.#items.length === 0 && !this.#closed) {
      await this.#changed.promise;
    }
    if (this.#items.length > 0) return this.#items.shift();
    if (this.#failure !== undefined) throw this.#failure.error;
    return undefined;
  }

  /** The items of {@linkcode NewestQueue.next}, to the end. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    for (let item; (item = await this.next()) !== undefined;) yield item;
  }

  /** Takes no more items; those that wait are still given. */
  end(): void {
    this.#closed = true;
    this.#signalChange();
  }

  /** Takes no more items; after the last one, the error is thrown. */
  fail(error: unknown): void {
    if (this.#closed) return;
    this.#failure = { error };
    this.end();
  }

  /** Takes and gives no more items. */
  close(): void {
    this.#items.length = 0;
    this.#failure = undefined;
    this.end();
  }

  #signalChange(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }
}
