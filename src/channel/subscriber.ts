/**
 * One viewer connection: a stream's underlying source and its short queue.
 *
 * It is the source object itself, not closures around one, and has no
 * `pull`: with thousands of viewers both would be a large part of the cost.
 */
export class Subscriber implements UnderlyingDefaultSource<Uint8Array> {
  /** When it first had no room for a part that it has yet to make up for. */
  laggingSinceMilliseconds: number | undefined;
  /** Parts that it was not given because it lagged. */
  droppedParts = 0;
  #controller!: ReadableStreamDefaultController<Uint8Array>;
  readonly #onLeave: (subscriber: Subscriber) => void;

  /** @param onLeave Called when the viewer goes away by itself. */
  constructor(onLeave: (subscriber: Subscriber) => void) {
    this.#onLeave = onLeave;
  }

  /** Part of the stream's protocol: the stream begins. */
  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    this.#controller = controller;
  }

  /** Part of the stream's protocol: the reader went away. */
  cancel(): void {
    this.#onLeave(this);
  }

  /** Whether its queue takes another chunk. */
  get hasRoom(): boolean {
    return this.#controller.desiredSize! > 0;
  }

  /** Appends a chunk, whether there is room or not. */
  enqueue(bytes: Uint8Array): void {
    this.#controller.enqueue(bytes);
  }

  /** Ends the stream behind what is in the queue. */
  close(): void {
    this.#controller.close();
  }

  /** Cuts the connection of one that would not take even a trailer. */
  abort(reason: Error): void {
    this.#controller.error(reason);
  }
}
