import { startWorker } from "../system/start_worker.ts";
import type {
  CanvasDrop,
  PictureReply,
  PictureRequest,
} from "./making_messages.ts";
import { PictureMaker } from "./picture_maker.ts";

/** Where pictures are made. */
export interface PictureBackend {
  /**
   * Makes a picture, behind those asked for before.
   *
   * @throws {Error} If it breaks down; another one is needed then.
   */
  make(request: PictureRequest): Promise<PictureReply>;
  /** Lets go of a canvas. */
  drop(message: CanvasDrop): void;
  /** Ends it, whatever it does; what it was asked for never comes. */
  stop(): void;
}

/**
 * A thread of its own; where there is none to be had, this one: runtimes
 * without `Worker`, and programs that may not read the thread's module.
 */
export function startBackend(): PictureBackend {
  const module = new URL("./making_worker.ts", import.meta.url);
  return typeof Worker === "function" && mayLoad(module)
    ? new WorkerBackend(module)
    : new LocalBackend();
}

/** The one thing of Deno's that is asked for, where there is Deno. */
interface Permissions {
  querySync(of: { name: "read"; path: URL }): { state: string };
}

function mayLoad(module: URL): boolean {
  if (module.protocol !== "file:") return true;
  const { Deno } = globalThis as { Deno?: { permissions?: Permissions } };
  const read = { name: "read", path: module } as const;
  return Deno?.permissions === undefined ||
    Deno.permissions.querySync(read).state === "granted";
}

class WorkerBackend implements PictureBackend {
  readonly #worker: Worker;
  readonly #waiting: PromiseWithResolvers<PictureReply>[] = [];

  constructor(module: URL) {
    this.#worker = startWorker(module);
    this.#worker.onmessage = ({ data }: MessageEvent<PictureReply>) => {
      this.#waiting.shift()!.resolve(data);
    };
    this.#worker.onerror = (event) => {
      // It would end the program otherwise.
      event.preventDefault();
      this.stop();
      const failure = new Error(`Cannot make pictures: ${event.message}`);
      for (const { reject } of this.#waiting.splice(0)) reject(failure);
    };
  }

  make(request: PictureRequest): Promise<PictureReply> {
    const waiting = Promise.withResolvers<PictureReply>();
    this.#waiting.push(waiting);
    // Parts are shared with viewers: the thread gets copies.
    const parts = request.parts.map((part) => new Uint8Array(part));
    const buffers = parts.map(({ buffer }) => buffer);
    if (request.pixels !== undefined) buffers.push(request.pixels.buffer);
    this.#worker.postMessage({ ...request, parts }, buffers);
    return waiting.promise;
  }

  drop(message: CanvasDrop): void {
    this.#worker.postMessage(message);
  }

  stop(): void {
    this.#worker.terminate();
  }
}

class LocalBackend implements PictureBackend {
  readonly #maker = new PictureMaker();

  async make(request: PictureRequest): Promise<PictureReply> {
    // What is to be sent at this moment goes first.
    await new Promise((resolve) => setTimeout(resolve));
    return this.#maker.answer(request);
  }

  drop(message: CanvasDrop): void {
    this.#maker.drop(message);
  }

  stop(): void {}
}
