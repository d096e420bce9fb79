import { Queue } from "../queue.ts";

/** Events of a thread that wait for one of those who share it. */
export class EventQueue<Event> {
  readonly #events = new Queue<Event>();
  #failure: { error: unknown } | undefined;
  #changed: PromiseWithResolvers<void> = Promise.withResolvers();

  /** Adds an event. */
  push(event: Event): void {
    this.#events.push(event);
    this.#changed.resolve();
  }

  /** No more events come, for this reason. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#changed.resolve();
  }

  /** The next event, if it is there: of many, that takes the least time. */
  take(): Event | undefined {
    const event = this.#events.at(0);
    if (event !== undefined) this.#events.drop(1);
    return event;
  }

  /**
   * The next event.
   *
   * @throws {Error} The reason why no more come.
   */
  async next(): Promise<Event> {
    for (;;) {
      const event = this.take();
      if (event !== undefined) return event;
      if (this.#failure !== undefined) throw this.#failure.error;
      await this.#changed.promise;
      this.#changed = Promise.withResolvers();
    }
  }
}
