import { HeldPipes } from "./held_pipes.ts";
import type { WatchedEvent, WatchingReply } from "./watching_messages.ts";
import { watchingThread, type WatchListener } from "./watching_thread.ts";

/** Time to wait for the watching thread, which something may block. */
const STUCK_MILLISECONDS = 10_000;
/** Time between two searches for pipes that block it. */
const SEARCH_MILLISECONDS = 200;

/** All open watches. */
const all = new Set<FolderEvents>();

/** The file system's events of one folder, even with named pipes in it. */
export class FolderEvents implements WatchListener {
  readonly #pipes: HeldPipes;
  readonly #id: number;
  readonly #opened = Promise.withResolvers<void>();
  readonly #over = Promise.withResolvers<void>();
  #isOver = false;
  #failure: Error | undefined;
  #events: WatchedEvent[] = [];
  #wake = Promise.withResolvers<void>();

  private constructor(folder: string, changedAt: number) {
    this.#pipes = new HeldPipes(folder, changedAt);
    this.#id = watchingThread.open(folder, this);
    all.add(this);
  }

  /**
   * Begins to watch.
   *
   * @param folder Path of the folder.
   * @param changedAt Time of the folder's last change, in milliseconds since
   * 1970.
   * @throws {Error} If the folder cannot be watched.
   */
  static async open(folder: string, changedAt: number): Promise<FolderEvents> {
    const events = new FolderEvents(folder, changedAt);
    try {
      await answered(events.#opened.promise);
      return events;
    } catch (error) {
      await events.close();
      throw error;
    }
  }

  /**
   * The next event; `unknown` if Deno cannot tell its path, which is not UTF-8;
   * undefined once the watch is closed.
   */
  async next(): Promise<WatchedEvent | undefined> {
    for (;;) {
      const event = this.#events.shift();
      if (event !== undefined) {
        if (this.#events.length === 0) this.#send("more");
        return event;
      }
      if (this.#failure !== undefined) throw this.#failure;
      if (this.#isOver) return undefined;
      await this.#wake.promise;
      this.#wake = Promise.withResolvers();
    }
  }

  /**
   * Frees events that a named pipe blocks.
   *
   * @returns The number of new pipes.
   */
  holdPipes(): Promise<number> {
    return this.#pipes.hold();
  }

  /** Frees events that any named pipe in the folder blocks. */
  async searchPipes(): Promise<void> {
    try {
      await this.#pipes.search();
    } catch {
      // The follower of the folder runs into the same error, and reports it.
    }
  }

  /** Ends the watch. */
  async close(): Promise<void> {
    this.#send("close");
    await answered(this.#over.promise);
    this.#events = [];
    all.delete(this);
    watchingThread.leave(this.#id);
    // Before the end of the watch this would cause another event.
    await this.#pipes.release();
  }

  /** Called by the thread. */
  reply(reply: WatchingReply): void {
    if (reply.type === "opened") this.#opened.resolve();
    else if (reply.type === "failed") this.fail(errorOf(reply));
    else if (reply.type === "closed") this.#end();
    else {
      this.#events.push(...reply.events);
      this.#wake.resolve();
    }
  }

  /** Called when the thread breaks down. */
  fail(error: Error): void {
    this.#failure = error;
    this.#opened.reject(error);
    this.#end();
  }

  #end(): void {
    this.#isOver = true;
    this.#over.resolve();
    this.#wake.resolve();
  }

  #send(type: "more" | "close"): void {
    watchingThread.send({ id: this.#id, type });
  }
}

/**
 * Waits for the thread's answer; meanwhile searches for pipes that block it.
 */
async function answered(told: Promise<void>): Promise<void> {
  const searching = setInterval(() => {
    for (const each of all) each.searchPipes();
  }, SEARCH_MILLISECONDS);
  const givingUp = setTimeout(() => {
    const time = `${STUCK_MILLISECONDS / 1000} s`;
    watchingThread.fail(
      new Error(`Cannot watch folders: something blocks that for ${time}`),
    );
  }, STUCK_MILLISECONDS);
  try {
    await told;
  } finally {
    clearInterval(searching);
    clearTimeout(givingUp);
  }
}

/** The thread's error, with its class. */
function errorOf({ name, message }: { name: string; message: string }): Error {
  const errors: Record<string, new (message: string) => Error> = {
    ...Deno.errors,
  };
  return new (errors[name] ?? Error)(message);
}
