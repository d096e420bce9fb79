import type { EventBatch } from "./event_messages.ts";
import type { SentError } from "./sent_error.ts";
import type { WorkerMessage } from "./worker_service.ts";

/** Most events that wait; their receiver handles so many at a stretch. */
const MAX_EVENTS = 256;
/** Bytes in waiting events after which no more are made. */
const MAX_BYTES = 2 ** 20;
/** Most events that wait beyond that: of those which nobody can hold back. */
const MAX_MORE = 64;
/** Up to here, to copy a buffer is cheaper than to move it. */
const COPIED_BYTES = 4096;

/** Options of {@linkcode Outbox}. */
export interface OutboxOptions<Event> {
  /** An event that each batch ends with, as one of counts; undefined: none. */
  closing?: () => Event | undefined;
  /** Makes of the events of a batch fewer or smaller ones; undefined: the same. */
  pack?: (events: Event[]) => Event[];
}

/** The events of a task that wait to be fetched: one batch at most. */
export class Outbox<Event> {
  readonly #options: OutboxOptions<Event>;
  #events: Event[] = [];
  #transfer: Transferable[] = [];
  #bytes = 0;
  #end: EventBatch<Event>["end"];
  #isAwake = false;
  /** The receiver, who waits for an event. */
  #wanted: (() => void) | undefined;
  /** The task, which waits for room. */
  #room: PromiseWithResolvers<void> | undefined;

  constructor(options: OutboxOptions<Event> = {}) {
    this.#options = options;
  }

  /**
   * Adds an event. A task that can wait does so by {@linkcode Outbox.room}
   * before it makes the next one.
   *
   * @param event The event.
   * @param owned Buffers in it that belong to it alone: large ones are moved.
   */
  post(event: Event, owned: readonly ArrayBuffer[] = []): void {
    for (const buffer of owned) {
      this.#bytes += buffer.byteLength;
      if (buffer.byteLength > COPIED_BYTES) this.#transfer.push(buffer);
    }
    this.#events.push(event);
    this.wake();
  }

  /** Adds an event that may get lost when there are too many, as a warning. */
  postIfRoom(event: Event): void {
    if (this.#events.length < MAX_EVENTS + MAX_MORE) this.post(event);
  }

  /** Tells the receiver although there may be no event but the closing one. */
  wake(): void {
    this.#isAwake = true;
    this.#wanted?.();
  }

  /** Resolves once an event may be made. */
  async room(): Promise<void> {
    while (this.#isFull && this.#end === undefined) {
      this.#room ??= Promise.withResolvers();
      await this.#room.promise;
    }
  }

  /** The task has ended. */
  end(error?: SentError): void {
    this.#end ??= { error };
    this.wake();
  }

  /**
   * The next batch, which may be empty.
   *
   * @param milliseconds The longest wait for an event.
   */
  async take(milliseconds: number): Promise<WorkerMessage<EventBatch<Event>>> {
    if (!this.#isAwake && this.#end === undefined) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.#wanted = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wanted = undefined;
    }
    return this.#batch();
  }

  get #isFull(): boolean {
    return this.#events.length >= MAX_EVENTS || this.#bytes >= MAX_BYTES;
  }

  #batch(): WorkerMessage<EventBatch<Event>> {
    const events = this.#events, transfer = this.#transfer;
    const closing = this.#options.closing?.();
    if (closing !== undefined) events.push(closing);
    this.#events = [];
    this.#transfer = [];
    this.#bytes = 0;
    this.#isAwake = false;
    this.#room?.resolve();
    this.#room = undefined;
    const { pack = (events) => events } = this.#options;
    return { data: { events: pack(events), end: this.#end }, transfer };
  }
}
