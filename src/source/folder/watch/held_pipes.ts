import { identityOf, isGone, statFolder } from "../folder.ts";

/** More would use up the files that a process may open. */
const MAX_PIPES = 32;

/**
 * Named pipes in a watched folder. Deno's watcher opens each path that an
 * event is about; opening a pipe that nobody writes to blocks it for ever. As
 * long as a pipe is held open here the watcher passes it by.
 */
export class HeldPipes {
  readonly #folder: string;
  readonly #held = new Map<string, Deno.FsFile>();
  /** When the folder was changed last before it was searched. */
  #changedAt: number;
  /** Settled when the last search has ended. */
  #searched: Promise<unknown> = Promise.resolve();
  #released = false;

  /**
   * @param folder Path of the folder.
   * @param changedAt When it was changed last: pipes that have been there for
   * longer give no events.
   */
  constructor(folder: string, changedAt: number) {
    this.#folder = folder;
    this.#changedAt = changedAt;
  }

  /** Holds the pipes in the folder, if it has changed; tells how many are new. */
  async hold(): Promise<number> {
    const info = await statFolder(this.#folder);
    if (info === undefined) return 0;
    const { modifiedAt } = identityOf(info);
    if (modifiedAt === this.#changedAt) return 0;
    this.#changedAt = modifiedAt;
    return await this.search();
  }

  /** Holds the pipes in the folder; tells how many are new. */
  search(): Promise<number> {
    const searching = this.#searched.then(() => this.#search());
    this.#searched = searching.catch(() => {});
    return searching;
  }

  /** Lets go of the pipes, and holds no more. */
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
      // For reading alone, or writing alone, this would block as well.
      const pipe = await Deno.open(path, { read: true, write: true });
      this.#held.set(path, pipe);
      return true;
    } catch {
      // A link that leads nowhere, say: where this does not get to, neither
      // does Deno's watcher.
      return false;
    }
  }
}
