import { WorkerClient } from "../system/worker/worker_client.ts";
import { workerModule } from "../system/worker/worker_module.ts";
import {
  ENCODING_THREAD,
  type EncodingReply,
  type EncodingRequest,
} from "./encoding_messages.ts";

const ENCODING = workerModule<EncodingRequest, EncodingReply>({
  name: ENCODING_THREAD,
  task: "encode pictures",
  url: () => new URL("./encoding_worker.ts", import.meta.url),
  load: async () => {
    const { EncodingService } = await import("./encoding_worker.ts");
    return () => new EncodingService();
  },
});

/** A thread of its own that encodes pictures. */
export class EncodingClient implements Disposable {
  readonly #client: WorkerClient<EncodingRequest, EncodingReply>;

  /**
   * Starts the thread.
   *
   * @throws {Error} If there are too few file descriptors for it.
   */
  constructor() {
    this.#client = new WorkerClient(ENCODING);
    this.#client.start();
  }

  /**
   * Encodes a picture and takes its buffer over.
   *
   * @throws {Error} If the thread breaks down; the next picture gets another.
   */
  encode(request: EncodingRequest): Promise<EncodingReply> {
    const transfer = [request.pixels.buffer];
    return this.#client.ask(() => ({ data: request, transfer }));
  }

  /** Ends the thread at once. */
  [Symbol.dispose](): void {
    this.#client[Symbol.dispose]();
  }
}
