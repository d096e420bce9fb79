/** Options of {@linkcode NewestQueue}. */
export interface NewestQueueOptions<T = unknown> {
  /** Most items that wait. */
  maxItems: number;
  /** Called with the number of items dropped, and those, each time. */
  onDrop?: (count: number, items: T[]) => void;
}

/**
 * Items between who makes them and who takes them, where only the newest
 * count: when more wait than may, the oldest are dropped.
 */
export class NewestQueue<T> {
  /** Most items that wait, from the next one on that is added. */
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

  /** Whether no item waits. */
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

  /** The oldest item that waits; undefined: closed, and none is left. */
  async next(): Promise<T | undefined> {
    while (this.#items.length === 0 && !this.#closed) {
      await this.#changed.promise;
    }
    if (this.#items.length > 0) return this.#items.shift();
    if (this.#failure !== undefined) throw this.#failure.error;
    return undefined;
  }

  /** What {@linkcode NewestQueue.next} gives, to the end. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    for (let item; (item = await this.next()) !== undefined;) yield item;
  }

  /** Takes no more; what waits is still given. */
  end(): void {
    this.#closed = true;
    this.#signalChange();
  }

  /** Takes no more; when none is left, the error is thrown. */
  fail(error: unknown): void {
    if (this.#closed) return;
    this.#failure = { error };
    this.end();
  }

  /** Takes and gives no more. */
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
