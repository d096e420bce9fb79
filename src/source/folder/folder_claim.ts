import { type FileIdentity, identityOf, sameFile } from "./folder.ts";

/**
 * A mark on a folder, which one program can have at a time, and which is gone
 * with the program: an advisory lock. Nothing is written into the folder.
 */
export class FolderClaim {
  readonly #folder: string;
  #held: { file: Deno.FsFile; identity: FileIdentity } | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Makes sure of the mark on the folder that is at the path now.
   *
   * @returns False if another program has it; true also where the system or the
   * file system knows no locks of folders.
   */
  async hold(): Promise<boolean> {
    try {
      const identity = identityOf(await Deno.stat(this.#folder));
      if (this.#held && sameFile(this.#held.identity, identity)) return true;
      this.release();
      const file = await Deno.open(this.#folder);
      const isOurs = await file.tryLock(true).catch(() => true);
      if (isOurs) this.#held = { file, identity };
      else file.close();
      return isOurs;
    } catch {
      // The folder is gone, or may not be opened: its watch reports that.
      return true;
    }
  }

  /** Gives the mark up. */
  release(): void {
    this.#held?.file.close();
    this.#held = undefined;
  }
}
