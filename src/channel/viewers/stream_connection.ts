import type { ViewerConnection } from "./viewer_connection.ts";

/** One chunk being sent and one waiting; more would be lag. */
const MAX_QUEUED_CHUNKS = 2;
const QUEUE: QueuingStrategy<Uint8Array> = { highWaterMark: MAX_QUEUED_CHUNKS };

const settleNever = () => {};

/** A viewer that reads a `ReadableStream`. */
export class StreamConnection
  implements ViewerConnection, UnderlyingDefaultSource<Uint8Array> {
  /** The stream that the viewer reads. */
  readonly stream: ReadableStream<Uint8Array>;
  /** Called when the viewer leaves by itself. */
  onLeave = () => {};
  #left = false;
  /** Number of chunks sent; the first chunks together count as one. */
  #sentChunks = 0;
  #controller!: ReadableStreamDefaultController<Uint8Array>;

  constructor() {
    // The stream's source is this object itself: with thousands of viewers,
    // closures would be a large part of the memory.
    this.stream = new ReadableStream(this, QUEUE);
  }

  /**
   * Called by the stream when it starts.
   *
   * The start never ends: there is no `pull` here, and so the stream does not
   * look for one after every read. Each stream has a promise of its own, since
   * one for all would hold all streams that ever were.
   */
  start(
    controller: ReadableStreamDefaultController<Uint8Array>,
  ): Promise<void> {
    this.#controller = controller;
    return new Promise(settleNever);
  }

  /** Called by the stream when its reader cancels it. */
  cancel(): void {
    this.#left = true;
    this.onLeave();
  }

  get hasRoom(): boolean {
    return this.#controller.desiredSize! > 0 ||
      this.#sentChunks < MAX_QUEUED_CHUNKS;
  }

  send(bytes: Uint8Array): void {
    this.#sentChunks++;
    this.#controller.enqueue(bytes);
  }

  sendFirst(chunks: readonly Uint8Array[]): void {
    this.#sentChunks++;
    for (const chunk of chunks) {
      if (!this.#left) this.#controller.enqueue(chunk);
    }
  }

  end(): void {
    // The last send may have shown that the viewer has left.
    if (!this.#left) this.#controller.close();
  }

  abort(reason: Error): void {
    this.#controller.error(reason);
  }
}
