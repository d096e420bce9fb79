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

/** What became of pictures so far. */
export interface PictureStats {
  /** Pictures made. */
  pictures: number;
  /** Pictures that could not be made. */
  errors: number;
  /** Time that making them took, in milliseconds. */
  milliseconds: number;
}

/** After the thread has broken down it is not begun again for so long. */
const REST_MILLISECONDS = 1000;

/** Makes pictures one after another; begins with the first one. */
export class PictureThread {
  /** What became of pictures so far. */
  readonly stats: PictureStats = { pictures: 0, errors: 0, milliseconds: 0 };
  readonly #client: WorkerClient<PictureRequest, PictureReply, CanvasDrop>;
  readonly #stopped = new Error("Cannot make pictures: nobody wants any");
  #nextCanvas = 0;

  /** @param faults Told when the thread breaks down. */
  constructor(faults: Faults = new Faults()) {
    this.#client = new WorkerClient(MAKING, {
      restMilliseconds: REST_MILLISECONDS,
      onBreakdown: (error) => faults.note("worker", error),
    });
  }

  /** Pictures that wait for their turn. */
  get waiting(): number {
    return this.#client.waiting;
  }

  /** What to call a canvas that is to be kept. */
  newCanvas(): number {
    return this.#nextCanvas++;
  }

  /**
   * Makes a picture when those before it are made.
   *
   * @param request Called when its turn has come, so that it is of what is
   * newest then.
   * @throws {Error} If it cannot be made.
   */
  async make(request: () => PictureRequest): Promise<MadePicture> {
    let startedAt = performance.now();
    try {
      const reply = await this.#client.ask(() => {
        startedAt = performance.now();
        return messageOf(request());
      });
      if ("error" in reply) throw new Error(reply.error);
      this.stats.pictures++;
      this.stats.milliseconds += performance.now() - startedAt;
      return reply;
    } catch (error) {
      if (error !== this.#stopped) this.stats.errors++;
      throw error;
    }
  }

  /** Lets go of a canvas. */
  drop(canvas: number): void {
    this.#client.tell({ drop: canvas });
  }

  /** Ends the thread; what it was asked for fails. */
  stop(): void {
    this.#client.stop(this.#stopped);
  }
}

/** Parts are shared with viewers: the thread gets copies. */
function messageOf(request: PictureRequest): WorkerMessage<PictureRequest> {
  const parts = request.parts.map((part) => new Uint8Array(part));
  const buffers = parts.map(({ buffer }) => buffer);
  const { pixels } = request;
  if (pixels !== undefined) buffers.push(pixels.buffer);
  return { data: { ...request, parts }, transfer: buffers };
}
