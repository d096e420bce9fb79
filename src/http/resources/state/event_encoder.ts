import {
  type ServerSentEventMessage,
  ServerSentEventStream,
} from "@std/http/server-sent-event-stream";

/** Puts events into bytes, in order, each once for all who get it. */
export class EventEncoder {
  readonly #writer: WritableStreamDefaultWriter<ServerSentEventMessage>;
  readonly #deliveries: ((bytes: Uint8Array) => void)[] = [];

  constructor() {
    const stream = new ServerSentEventStream();
    this.#writer = stream.writable.getWriter();
    this.#deliver(stream.readable);
  }

  /**
   * Encodes an event.
   *
   * @param message The event.
   * @param deliver Takes its bytes, a moment later. It must not throw.
   */
  send(
    message: ServerSentEventMessage,
    deliver: (bytes: Uint8Array) => void,
  ): void {
    this.#deliveries.push(deliver);
    this.#writer.write(message);
  }

  /** Each message comes out as one chunk. */
  async #deliver(chunks: ReadableStream<Uint8Array>): Promise<void> {
    for await (const chunk of chunks) this.#deliveries.shift()?.(chunk);
  }
}
