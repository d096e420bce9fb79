import { isForbidden, isGone } from "./folder.ts";

/** More would use up the files that a process may open. */
const MAX_PIPES = 32;

/**
 * Named pipes in a watched folder. Deno's watcher opens each path that an
 * event is about; opening a pipe that nobody writes to blocks it for ever:
 * no more events come, and closing the watcher blocks the whole program. As
 * long as a pipe is held open here the watcher passes it by.
 */
export class HeldPipes {
  readonly #held = new Map<string, Deno.FsFile>();

  /** Holds the pipes in the folder; tells how many are new. */
  async hold(folder: string): Promise<number> {
    let count = 0;
    try {
      for await (const entry of Deno.readDir(folder)) {
        if (entry.isFile || entry.isDirectory) continue;
        if (this.#held.size >= MAX_PIPES) break;
        if (await this.#hold(`${folder}/${entry.name}`)) count++;
      }
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    return count;
  }

  /** Lets go of the pipes. */
  release(): void {
    for (const pipe of this.#held.values()) pipe.close();
    this.#held.clear();
  }

  async #hold(path: string): Promise<boolean> {
    if (this.#held.has(path)) return false;
    try {
      if (!(await Deno.stat(path)).isFifo) return false;
      // For reading alone, or writing alone, this would block as well.
      const pipe = await Deno.open(path, { read: true, write: true });
      this.#held.set(path, pipe);
      return true;
    } catch (error) {
      if (isForbidden(error) || isGone(error)) return false;
      throw error;
    }
  }
}
