import type { Thread } from "../../../system/borrowed_thread.ts";
import { startWorker } from "../../../system/start_worker.ts";
import type { WatchingReply, WatchingRequest } from "./watching_messages.ts";
import { watchingModule } from "./watching_worker.ts";

/** Listener of one watch. */
export interface WatchListener {
  /** The thread sent a message about the watch. */
  reply(reply: WatchingReply): void;
  /** The thread has ended. */
  fail(error: Error): void;
}

/**
 * The thread in which Deno watches folders, while any folder is watched.
 *
 * A separate thread, since Deno opens the path of each event: a named pipe
 * without a writer blocks that forever, and with it the beginning and the end
 * of any watch.
 */
class WatchingThread {
  readonly #listeners = new Map<number, WatchListener>();
  #worker: Thread | undefined;
  #lastId = 0;

  /**
   * Begins to watch a folder; returns the id of the watch.
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

  /** Sends a request about a watch. */
  send(request: WatchingRequest): void {
    if (this.#listeners.has(request.id)) this.#worker?.postMessage(request);
  }

  /** Forgets a watch that is closed. */
  leave(id: number): void {
    this.#listeners.delete(id);
    if (this.#listeners.size === 0) this.#stop();
  }

  /** Ends the thread, whatever it does; the next watch starts another. */
  fail(error: Error): void {
    this.#stop();
    const listeners = [...this.#listeners.values()];
    this.#listeners.clear();
    for (const listener of listeners) listener.fail(error);
  }

  #start(): Thread {
    const worker = startWorker(watchingModule());
    worker.onmessage = ({ data }: MessageEvent<WatchingReply>) => {
      this.#listeners.get(data.id)?.reply(data);
    };
    worker.onerror = (event) => {
      // Otherwise the error would end the program.
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

/** The thread that all watches share. */
export const watchingThread: WatchingThread = new WatchingThread();
