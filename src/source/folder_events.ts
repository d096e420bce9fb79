import { HeldPipes, holdAllPipes } from "./held_pipes.ts";

/** The file system's events of one folder, whatever is in that. */
export class FolderEvents {
  readonly #events: AsyncIterator<Deno.FsEvent, void>;
  readonly #watcher: Deno.FsWatcher;
  readonly #pipes: HeldPipes;
  /** Settled when nobody waits for an event. */
  #awaited: Promise<unknown> = Promise.resolve();

  private constructor(watcher: Deno.FsWatcher, pipes: HeldPipes) {
    this.#watcher = watcher;
    this.#events = watcher[Symbol.asyncIterator]();
    this.#pipes = pipes;
  }

  /**
   * Begins to watch.
   *
   * @param folder Path of the folder.
   * @param changedAt When it was changed last, in milliseconds since 1970.
   * @throws {Error} If it cannot be watched.
   */
  static async open(folder: string, changedAt: number): Promise<FolderEvents> {
    const pipes = new HeldPipes(folder, changedAt);
    try {
      await holdAllPipes();
      const watcher = Deno.watchFs(folder, { recursive: false });
      return new FolderEvents(watcher, pipes);
    } catch (error) {
      await pipes.release();
      throw error;
    }
  }

  /**
   * The next event; `unknown` if Deno cannot tell what it is about, since a
   * name is not UTF-8; undefined once it was closed.
   */
  async next(): Promise<Deno.FsEvent | "unknown" | undefined> {
    const next = this.#events.next();
    this.#awaited = next.catch(() => {});
    try {
      return (await next).value ?? undefined;
    } catch (error) {
      if (error instanceof TypeError) return "unknown";
      throw error;
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

  /** Watches no more. */
  async close(): Promise<void> {
    try {
      await this.#pipes.search();
    } finally {
      await holdAllPipes();
      this.#watcher.close();
      // Only then it is closed, and letting go of a pipe gives no event.
      await this.#awaited;
      await this.#pipes.release();
    }
  }
}
