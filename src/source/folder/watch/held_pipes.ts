import { identityOf, isGone, statFolder } from "../folder.ts";

/** Most pipes held open: more would use up the process's descriptors. */
const MAX_PIPES = 32;
/** Largest share of the time that goes to searching a folder that changes. */
const SEARCHING_PART = 1 / 20;

/**
 * Named pipes in a watched folder. Deno's watcher opens each path that an event
 * is about; opening a pipe without a writer blocks it forever. While a pipe is
 * held open here, it does not block the watcher.
 */
export class HeldPipes {
  readonly #folder: string;
  readonly #held = new Map<string, Deno.FsFile>();
  /** Time of the folder's last change before the search. */
  #changedAt: number;
  /** Earliest time of the next search for a change, by `performance.now()`. */
  #due = 0;
  /** Settled when the last search has ended. */
  #searched: Promise<unknown> = Promise.resolve();
  #released = false;

  /**
   * @param folder Path of the folder.
   * @param changedAt Time of the folder's last change: older pipes give no
   * events.
   */
  constructor(folder: string, changedAt: number) {
    this.#folder = folder;
    this.#changedAt = changedAt;
  }

  /**
   * Holds the pipes in the folder, if it has changed; returns the number of new
   * ones.
   */
  async hold(): Promise<number> {
    const info = await statFolder(this.#folder);
    if (info === undefined) return 0;
    const { modifiedAt } = identityOf(info), begin = performance.now();
    if (modifiedAt === this.#changedAt || begin < this.#due) return 0;
    this.#changedAt = modifiedAt;
    const count = await this.search(), end = performance.now();
    this.#due = end + (end - begin) / SEARCHING_PART;
    return count;
  }

  /** Holds the pipes in the folder; returns the number of new ones. */
  search(): Promise<number> {
    const searching = this.#searched.then(() => this.#search());
    this.#searched = searching.catch(() => {});
    return searching;
  }

  /** Releases the pipes, and holds no more. */
  async release(): Promise<void> {
    this.#released = true;
    await this.#searched;
    for (const pipe of this.#held.values()) pipe.close();
    this.#held.clear();
  }

  async #search(): Promise<number> {
    let count = 0;
    try {
      for await (const entry of Deno.readDir(this.#folder)) {
        if (entry.isFile || entry.isDirectory) continue;
        if (this.#released || this.#held.size >= MAX_PIPES) break;
        if (await this.#hold(`${this.#folder}/${entry.name}`)) count++;
      }
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    return count;
  }

  async #hold(path: string): Promise<boolean> {
    if (this.#held.has(path)) return false;
    try {
      if (!(await Deno.stat(path)).isFifo) return false;
      // Opening for reading or writing alone would block as well.
      const pipe = await Deno.open(path, { read: true, write: true });
      this.#held.set(path, pipe);
      return true;
    } catch {
      // For instance a link that leads nowhere: Deno's watcher cannot open it
      // either.
      return false;
    }
  }
}
