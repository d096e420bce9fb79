import type { EncodingReply, EncodingRequest } from "./encoding_messages.ts";

/** A thread of its own that encodes pictures, one at a time. */
export class EncodingClient implements Disposable {
  readonly #worker: Worker;
  #waiting: PromiseWithResolvers<EncodingReply> | undefined;
  #failure: Error | undefined;

  /** Starts the thread. */
  constructor() {
    this.#worker = new Worker(
      new URL("./encoding_worker.ts", import.meta.url),
      {
        type: "module",
      },
    );
    this.#worker.onmessage = ({ data }: MessageEvent<EncodingReply>) => {
      this.#waiting?.resolve(data);
    };
    this.#worker.onerror = (event) => {
      // It would end the program otherwise.
      event.preventDefault();
      this.#failure = new Error(`Cannot encode pictures: ${event.message}`);
      this.#waiting?.reject(this.#failure);
    };
  }

  /**
   * Encodes a picture, whose buffer is gone then. The one before must have
   * been answered.
   *
   * @throws {Error} If the thread has broken down.
   */
  async encode(request: EncodingRequest): Promise<EncodingReply> {
    if (this.#failure !== undefined) throw this.#failure;
    this.#waiting = Promise.withResolvers();
    this.#worker.postMessage(request, [request.pixels.buffer]);
    return await this.#waiting.promise;
  }

  /** Ends the thread, whatever it does. */
  [Symbol.dispose](): void {
    this.#worker.terminate();
  }
}
