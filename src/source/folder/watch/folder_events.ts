import { HeldPipes } from "./held_pipes.ts";
import type { WatchedEvent, WatchingReply } from "./watching_messages.ts";
import { watchingThread, type WatchListener } from "./watching_thread.ts";

/** How long to wait for the watching thread, which something may block. */
const STUCK_MILLISECONDS = 10_000;
/** How often to look meanwhile for pipes that do. */
const SEARCH_MILLISECONDS = 200;

/** Those that are open. */
const all = new Set<FolderEvents>();

/** The file system's events of one folder, whatever is in that. */
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
   * @param changedAt When it was changed last, in milliseconds since 1970.
   * @throws {Error} If it cannot be watched.
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
   * The next event; `unknown` if Deno cannot tell what it is about, since a
   * name is not UTF-8; undefined once the watch was closed.
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
   * Has events go on that a named pipe holds up.
   *
   * @returns How many pipes there are that were not there before.
   */
  holdPipes(): Promise<number> {
    return this.#pipes.hold();
  }

  /** Has events go on that any named pipe in the folder holds up. */
  async searchPipes(): Promise<void> {
    try {
      await this.#pipes.search();
    } catch {
      // Whoever follows the folder runs into the same error, and tells of it.
    }
  }

  /** Watches no more. */
  async close(): Promise<void> {
    this.#send("close");
    await answered(this.#over.promise);
    this.#events = [];
    all.delete(this);
    watchingThread.leave(this.#id);
    // Before the watch has ended this would be one more event.
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

/** Waits for what the thread tells, and does what may be of help. */
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

/** An error of the thread's, of the class that it had there. */
function errorOf({ name, message }: { name: string; message: string }): Error {
  const errors: Record<string, new (message: string) => Error> = {
    ...Deno.errors,
  };
  return new (errors[name] ?? Error)(message);
}
