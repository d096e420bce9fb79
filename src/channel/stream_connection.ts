import type { ViewerConnection } from "./viewer_connection.ts";

/** One chunk waits behind the one that is being sent; more would be lag. */
const QUEUE: QueuingStrategy<Uint8Array> = { highWaterMark: 2 };

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
    return this.#controller.desiredSize! > 0;
  }

  send(bytes: Uint8Array): void {
    this.#controller.enqueue(bytes);
  }

  end(): void {
    // What was sent just before may have shown that the viewer is gone.
    if (!this.#left) this.#controller.close();
  }

  abort(reason: Error): void {
    this.#controller.error(reason);
  }
}
