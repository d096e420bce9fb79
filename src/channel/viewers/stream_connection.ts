import type { ViewerConnection } from "./viewer_connection.ts";

/** One chunk waits behind the one that is being sent; more would be lag. */
const MAX_QUEUED_CHUNKS = 2;
const QUEUE: QueuingStrategy<Uint8Array> = { highWaterMark: MAX_QUEUED_CHUNKS };

/**
 * A start that never ends: the stream then does not look for a `pull` after
 * every read, of which there is none here.
 */
const NEVER = new Promise<void>(() => {});

/** A viewer that reads a `ReadableStream`. */
export class StreamConnection
  implements ViewerConnection, UnderlyingDefaultSource<Uint8Array> {
  /** What the viewer reads. */
  readonly stream: ReadableStream<Uint8Array>;
  /** Called when the viewer goes away by itself. */
  onLeave = () => {};
  #left = false;
  /** Chunks sent, of which those that the stream begins with count as one. */
  #sentChunks = 0;
  #controller!: ReadableStreamDefaultController<Uint8Array>;

  constructor() {
    // The stream's source is this object itself, without closures of its own:
    // with thousands of viewers they would be a large part of the memory.
    this.stream = new ReadableStream(this, QUEUE);
  }

  /** Part of the stream's protocol: the stream begins. */
  start(
    controller: ReadableStreamDefaultController<Uint8Array>,
  ): Promise<void> {
    this.#controller = controller;
    return NEVER;
  }

  /** Part of the stream's protocol: the reader went away. */
  cancel(): void {
    this.#left = true;
    this.onLeave();
  }

  get hasRoom(): boolean {
    const queued = MAX_QUEUED_CHUNKS - this.#controller.desiredSize!;
    return Math.min(queued, this.#sentChunks) < MAX_QUEUED_CHUNKS;
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
    // What was sent just before may have shown that the viewer is gone.
    if (!this.#left) this.#controller.close();
  }

  abort(reason: Error): void {
    this.#controller.error(reason);
  }
}
