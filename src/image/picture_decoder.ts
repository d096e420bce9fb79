import { startWorker } from "../system/start_worker.ts";
import type { DecodePictureOptions } from "./decode_picture.ts";
import type { DecodingReply, DecodingRequest } from "./decoding_messages.ts";
import { PictureError } from "./image_file.ts";
import type { Pixels } from "./pixels.ts";

/** Options of {@linkcode PictureDecoder}. */
export interface PictureDecoderOptions extends DecodePictureOptions {
  /**
   * Milliseconds that one picture may take; some files are made to take very
   * long.
   *
   * @default {10000}
   */
  timeoutMilliseconds?: number;
}

/**
 * Decodes JPEG and PNG files in a thread of its own, one after another, each
 * as {@linkcode decodePicture} does. The thread begins with the first picture.
 */
export class PictureDecoder implements Disposable {
  readonly #options: DecodePictureOptions;
  readonly #timeoutMilliseconds: number;
  #worker: Worker | undefined;
  #waiting: PromiseWithResolvers<DecodingReply> | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  /**
   * Makes a decoder.
   *
   * @param options The size that is wanted, and bounds.
   */
  constructor(options: PictureDecoderOptions = {}) {
    const { width, height, maxPixels, timeoutMilliseconds = 10_000 } = options;
    this.#options = { width, height, maxPixels };
    this.#timeoutMilliseconds = timeoutMilliseconds;
  }

  /**
   * Decodes a file, when those before it are done.
   *
   * @param bytes The whole file, which stays as it is.
   * @throws {PictureError} If it cannot be read, or takes too long.
   * @throws {Error} If the decoder is closed, or its thread breaks down.
   */
  decode(bytes: Uint8Array): Promise<Pixels> {
    const decoded = this.#last.then(() => this.#decode(bytes));
    this.#last = decoded.catch(() => {});
    return decoded;
  }

  /** Whether it decodes no more. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Ends the thread, whatever it does; what waits for it fails. */
  close(): void {
    this.#closed = true;
    this.#stop(new Error("Cannot decode picture: the decoder is closed"));
  }

  /** As `close()`. */
  [Symbol.dispose](): void {
    this.close();
  }

  async #decode(bytes: Uint8Array): Promise<Pixels> {
    if (this.#closed) {
      throw new Error("Cannot decode picture: the decoder is closed");
    }
    const waiting = this.#waiting = Promise.withResolvers<DecodingReply>();
    const timer = setTimeout(() => this.#giveUp(), this.#timeoutMilliseconds);
    try {
      // A view would take its whole buffer along.
      const own = bytes.slice();
      const request: DecodingRequest = { bytes: own, options: this.#options };
      this.#worker ??= this.#start();
      this.#worker.postMessage(request, [own.buffer]);
      const reply = await waiting.promise;
      if ("error" in reply) throw new PictureError(reply.error);
      return reply.picture;
    } finally {
      clearTimeout(timer);
      this.#waiting = undefined;
    }
  }

  #start(): Worker {
    const module = new URL("./decoding_worker.ts", import.meta.url);
    const worker = startWorker(module);
    worker.onmessage = ({ data }: MessageEvent<DecodingReply>) => {
      this.#waiting?.resolve(data);
    };
    worker.onerror = (event) => {
      // It would end the program otherwise.
      event.preventDefault();
      this.#stop(new Error(`Cannot decode picture: ${event.message}`));
    };
    return worker;
  }

  #giveUp(): void {
    const seconds = this.#timeoutMilliseconds / 1000;
    this.#stop(
      new PictureError(
        `Cannot read picture: it takes longer than ${seconds} s`,
      ),
    );
  }

  /** The next picture gets a new thread. */
  #stop(reason: Error): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#waiting?.reject(reason);
  }
}
