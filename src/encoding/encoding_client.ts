import { startWorker } from "../system/start_worker.ts";
import type { EncodingReply, EncodingRequest } from "./encoding_messages.ts";

/**
 * A thread of its own that encodes pictures, one at a time. One that breaks
 * down fails the picture that it was at; the next picture gets another.
 */
export class EncodingClient implements Disposable {
  #worker: Worker | undefined;
  #waiting: PromiseWithResolvers<EncodingReply> | undefined;

  /** Starts the thread. */
  constructor() {
    this.#worker = this.#start();
  }

  /**
   * Encodes a picture, whose buffer is gone then. The one before must have
   * been answered.
   *
   * @throws {Error} If the thread breaks down.
   */
  async encode(request: EncodingRequest): Promise<EncodingReply> {
    this.#waiting = Promise.withResolvers();
    this.#worker ??= this.#start();
    this.#worker.postMessage(request, [request.pixels.buffer]);
    return await this.#waiting.promise;
  }

  /** Ends the thread, whatever it does. */
  [Symbol.dispose](): void {
    this.#worker?.terminate();
  }

  #start(): Worker {
    const module = new URL("./encoding_worker.ts", import.meta.url);
    const worker = startWorker(module);
    worker.onmessage = ({ data }: MessageEvent<EncodingReply>) => {
      this.#waiting?.resolve(data);
    };
    worker.onerror = (event) => {
      // It would end the program otherwise.
      event.preventDefault();
      worker.terminate();
      this.#worker = undefined;
      const failure = new Error(`Cannot encode pictures: ${event.message}`);
      this.#waiting?.reject(failure);
    };
    return worker;
  }
}
