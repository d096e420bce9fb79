import { startWorker } from "../../../system/start_worker.ts";
import type { WatchingReply, WatchingRequest } from "./watching_messages.ts";
import { watchingModule } from "./watching_worker.ts";

/** What becomes of one watch. */
export interface WatchListener {
  /** The thread tells of it. */
  reply(reply: WatchingReply): void;
  /** The thread is no more. */
  fail(error: Error): void;
}

/**
 * The thread in which Deno watches folders, as long as any is watched.
 *
 * It is one of its own since Deno opens each path that an event is about: a
 * named pipe that nobody writes to blocks that for ever, and with it whoever
 * begins or ends to watch any folder.
 */
class WatchingThread {
  readonly #listeners = new Map<number, WatchListener>();
  #worker: Worker | undefined;
  #lastId = 0;

  /**
   * Begins to watch a folder; answers the number of that watch.
   *
   * @throws {Error} If there are too few file descriptors for the thread.
   */
  open(folder: string, listener: WatchListener): number {
    const id = ++this.#lastId;
    this.#worker ??= this.#start();
    this.#listeners.set(id, listener);
    this.send({ id, type: "open", folder });
    return id;
  }

  /** Asks for something about a watch. */
  send(request: WatchingRequest): void {
    if (this.#listeners.has(request.id)) this.#worker?.postMessage(request);
  }

  /** Forgets a watch that is closed. */
  leave(id: number): void {
    this.#listeners.delete(id);
    if (this.#listeners.size === 0) this.#stop();
  }

  /** Ends the thread, whatever it does; the next watch gets another. */
  fail(error: Error): void {
    this.#stop();
    const listeners = [...this.#listeners.values()];
    this.#listeners.clear();
    for (const listener of listeners) listener.fail(error);
  }

  #start(): Worker {
    const worker = startWorker(watchingModule());
    worker.onmessage = ({ data }: MessageEvent<WatchingReply>) => {
      this.#listeners.get(data.id)?.reply(data);
    };
    worker.onerror = (event) => {
      // It would end the program otherwise.
      event.preventDefault();
      this.fail(new Error(`Cannot watch folders: ${event.message}`));
    };
    return worker;
  }

  #stop(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}

/** The one that all share. */
export const watchingThread: WatchingThread = new WatchingThread();
