import {
  WorkerClient,
  WorkerTimeoutError,
} from "../system/worker/worker_client.ts";
import { workerModule } from "../system/worker/worker_module.ts";
import type { WorkerMessage } from "../system/worker/worker_service.ts";
import type { DecodedPicture } from "./decode_picture.ts";
import type { PictureSize } from "./scale_pixels.ts";
import {
  DECODING_THREAD,
  type DecodingReply,
  type DecodingRequest,
} from "./decoding_messages.ts";
import { PictureError } from "./image_file.ts";

/** Options of {@linkcode PictureDecoder}. */
export interface PictureDecoderOptions extends PictureSize {
  /**
   * Milliseconds that one picture may take; some files are made to take very
   * long.
   *
   * @default {10000}
   */
  timeoutMilliseconds?: number;
}

const DECODING = workerModule<DecodingRequest, DecodingReply>({
  name: DECODING_THREAD,
  task: "read picture",
  url: () => new URL("./decoding_worker.ts", import.meta.url),
  load: async () => {
    const { DecodingService } = await import("./decoding_worker.ts");
    return () => new DecodingService();
  },
});

/**
 * Decodes JPEG and PNG files in a thread of its own, one after another, each
 * as {@linkcode decodePicture} does. The thread begins with the first picture.
 */
export class PictureDecoder implements Disposable {
  readonly #options: PictureSize;
  readonly #client: WorkerClient<DecodingRequest, DecodingReply>;
  #closed = false;

  /**
   * Makes a decoder.
   *
   * @param options The size that is wanted, and bounds.
   */
  constructor(options: PictureDecoderOptions = {}) {
    const { timeoutMilliseconds = 10_000, ...size } = options;
    this.#options = size;
    this.#client = new WorkerClient(DECODING, { timeoutMilliseconds });
  }

  /**
   * Decodes a file, when those before it are done.
   *
   * @param bytes The whole file, which stays as it is.
   * @throws {PictureError} If it cannot be read, or takes too long.
   * @throws {Error} If the decoder is closed, or its thread breaks down.
   */
  async decode(bytes: Uint8Array): Promise<DecodedPicture> {
    if (this.#closed) throw closedError();
    const reply = await this.#client.ask(() => this.#request(bytes))
      .catch(asPictureError);
    if ("error" in reply) throw new PictureError(reply.error);
    return reply.picture;
  }

  /** True once the decoder is closed. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Ends the thread, whatever it does; what waits for it fails. */
  close(): void {
    this.#closed = true;
    this.#client.stop(closedError());
  }

  /** As `close()`. */
  [Symbol.dispose](): void {
    this.close();
  }

  #request(bytes: Uint8Array): WorkerMessage<DecodingRequest> {
    // A view would take its whole buffer along.
    const own = bytes.slice();
    const options = this.#options;
    return { data: { bytes: own, options }, transfer: [own.buffer] };
  }
}

/** It is the picture's own fault that it takes long. */
function asPictureError(error: unknown): never {
  if (!(error instanceof WorkerTimeoutError)) throw error;
  throw new PictureError(error.message, { cause: error });
}

function closedError(): Error {
  return new Error("Cannot decode picture: the decoder is closed");
}
