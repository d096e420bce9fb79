import { Faults } from "../log/faults.ts";
import { WorkerClient } from "../system/worker/worker_client.ts";
import { workerModule } from "../system/worker/worker_module.ts";
import type { WorkerMessage } from "../system/worker/worker_service.ts";
import {
  type CanvasDrop,
  type MadePicture,
  MAKING_THREAD,
  type PictureReply,
  type PictureRequest,
} from "./making_messages.ts";

const MAKING = workerModule<PictureRequest, PictureReply, CanvasDrop>({
  name: MAKING_THREAD,
  task: "make pictures",
  url: () => new URL("./making_worker.ts", import.meta.url),
  load: async () => {
    const { MakingService } = await import("./making_worker.ts");
    return () => new MakingService();
  },
});

/** Counts of pictures so far. */
export interface PictureStats {
  /** Pictures made. */
  pictures: number;
  /** Pictures that could not be made. */
  errors: number;
  /** Time spent on making them, in milliseconds. */
  milliseconds: number;
}

/** Time after a breakdown in which the thread is not restarted. */
const REST_MILLISECONDS = 1000;
/** Time that one picture may take. */
const TIMEOUT_MILLISECONDS = 30_000;

/** Makes pictures one after another; the first of all starts the thread. */
export class PictureThread {
  /** Counts of pictures so far. */
  readonly stats: PictureStats;
  readonly #client: WorkerClient<PictureRequest, PictureReply, CanvasDrop>;
  readonly #stopped = new Error("Cannot make pictures: nobody wants any");
  #nextCanvas = 0;

  /**
   * Makes a thread, which does not run yet.
   *
   * @param faults Counts breakdowns of the thread.
   * @param stats Counts of pictures to add to.
   */
  constructor(
    faults: Faults = new Faults(),
    stats: PictureStats = { pictures: 0, errors: 0, milliseconds: 0 },
  ) {
    this.stats = stats;
    this.#client = new WorkerClient(MAKING, {
      timeoutMilliseconds: TIMEOUT_MILLISECONDS,
      restMilliseconds: REST_MILLISECONDS,
      onBreakdown: (error) => faults.note("worker", error),
    });
  }

  /** Pictures that wait for their turn. */
  get waiting(): number {
    return this.#client.waiting;
  }

  /** A new name for a canvas that is to be kept. */
  newCanvas(): number {
    return this.#nextCanvas++;
  }

  /**
   * Makes a picture, after those before it.
   *
   * @param request Called when it is its turn, so that it shows the newest
   * part.
   * @param isFirst True: it is made before those that are not.
   * @throws {Error} If it cannot be made.
   */
  async make(
    request: () => PictureRequest,
    isFirst: boolean = false,
  ): Promise<MadePicture> {
    let startedAt = performance.now();
    try {
      const reply = await this.#client.ask(() => {
        startedAt = performance.now();
        return messageOf(request());
      }, isFirst);
      if ("error" in reply) throw new Error(reply.error);
      this.stats.pictures++;
      this.stats.milliseconds += performance.now() - startedAt;
      return reply;
    } catch (error) {
      if (error !== this.#stopped) this.stats.errors++;
      throw error;
    }
  }

  /** Drops a canvas. */
  drop(canvas: number): void {
    this.#client.tell({ drop: canvas });
  }

  /** Ends the thread; open requests fail. */
  stop(): void {
    this.#client.stop(this.#stopped);
  }
}

/** The thread gets copies, since viewers share the parts. */
function messageOf(request: PictureRequest): WorkerMessage<PictureRequest> {
  const parts = request.parts.map((part) => new Uint8Array(part));
  const buffers = parts.map(({ buffer }) => buffer);
  const { pixels } = request;
  if (pixels !== undefined) buffers.push(pixels.buffer);
  const jpeg = request.jpeg && new Uint8Array(request.jpeg);
  if (jpeg !== undefined) buffers.push(jpeg.buffer);
  return { data: { ...request, parts, jpeg }, transfer: buffers };
}
