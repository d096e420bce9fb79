import { Queue } from "../queue.ts";
import { withResolvers } from "../with_resolvers.ts";

/** Events that are handled at a stretch: a few milliseconds of small parts. */
const STRETCH_EVENTS = 256;

/** Events of a thread that wait for one of those who share it. */
export class EventQueue<Event> {
  readonly #runs = new Queue<Iterator<Event, void>>();
  #waiting = 0;
  /** Events taken since others had a turn. */
  #taken = 0;
  #failure: { error: unknown } | undefined;
  #changed: PromiseWithResolvers<void> = withResolvers();
  #hasRoom: PromiseWithResolvers<void> | undefined;

  /** Adds an event. */
  push(event: Event): void {
    this.pushRun([event], 1);
  }

  /** Adds so many events, each of which is made when it is taken. */
  pushRun(events: Iterable<Event, void>, count: number): void {
    this.#runs.push(events[Symbol.iterator]());
    this.#waiting += count;
    this.#changed.resolve();
  }

  /** No more events come, for this reason. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#changed.resolve();
    this.#tellRoom();
  }

  /** Fulfilled while few events wait. */
  get room(): Promise<void> {
    if (this.#waiting < STRETCH_EVENTS || this.#failure !== undefined) {
      return Promise.resolve();
    }
    return (this.#hasRoom ??= withResolvers()).promise;
  }

  /**
   * The next event, if it is there, and if it is not the turn of others: of
   * many, that takes the least time.
   */
  take(): Event | undefined {
    while (this.#taken < STRETCH_EVENTS && this.#runs.length > 0) {
      const { done, value } = this.#runs.at(0)!.next();
      if (!done) {
        this.#taken++;
        if (--this.#waiting < STRETCH_EVENTS) this.#tellRoom();
        return value;
      }
      this.#runs.drop(1);
    }
    return undefined;
  }

  /**
   * The next event.
   *
   * @throws {Error} The reason why no more come.
   */
  async next(): Promise<Event> {
    for (;;) {
      if (this.#taken >= STRETCH_EVENTS) {
        await new Promise<void>((resolve) => setTimeout(resolve, 0));
        this.#taken = 0;
      }
      const event = this.take();
      if (event !== undefined) return event;
      if (this.#failure !== undefined) throw this.#failure.error;
      await this.#changed.promise;
      this.#changed = withResolvers();
    }
  }

  #tellRoom(): void {
    this.#hasRoom?.resolve();
    this.#hasRoom = undefined;
  }
}

/** Waits until few events wait in each. */
export async function roomIn<Event>(
  queues: Iterable<EventQueue<Event>>,
): Promise<void> {
  await Promise.all(Array.from(queues, (queue) => queue.room));
}
