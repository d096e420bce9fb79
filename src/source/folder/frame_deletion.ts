import { pause } from "../../timing/pause.ts";
import {
  type FileIdentity,
  identityOf,
  isGone,
  lookAtEntry,
  sameIdentity,
} from "./folder.ts";
import type { FolderTally } from "./folder_tally.ts";
import type { Sequences } from "./sequences.ts";

interface ReadFile {
  name: string;
  identity: FileIdentity;
  readAt: number;
}

/** Options of {@linkcode FrameDeletion}. */
export interface FrameDeletionOptions {
  /** Path of the folder. */
  folder: string;
  /** Seconds from the reading of a file to its removal. */
  deleteAfterSeconds: number;
  /** Knows the files that must stay, since bare frames rely on them. */
  sequences: Sequences;
  /** Counts removed files. */
  tally: FolderTally;
}

/** Most files that wait for their removal; files beyond that stay. */
const MAX_FILES = 2 ** 20;

/**
 * Removes old frames: only files that were read as frames and have not changed
 * since.
 */
export class FrameDeletion {
  readonly #options: FrameDeletionOptions;
  #files: ReadFile[] = [];

  constructor(options: FrameDeletionOptions) {
    this.#options = options;
  }

  /** A file was read as a frame. */
  note(name: string, identity: FileIdentity): void {
    if (this.#files.length >= MAX_FILES) return;
    this.#files.push({ name, identity, readAt: performance.now() });
  }

  /** Removes old files, again and again, until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { deleteAfterSeconds, sequences } = this.#options;
    const interval = Math.min(1000, deleteAfterSeconds * 500);
    while (!signal.aborted) {
      await pause(interval, signal);
      const due = performance.now() - deleteAfterSeconds * 1000;
      const firstYoung = this.#files.findIndex(({ readAt }) => readAt > due);
      const old = this.#files.splice(
        0,
        firstYoung < 0 ? this.#files.length : firstYoung,
      );
      const kept: ReadFile[] = [];
      for (const file of old) {
        if (signal.aborted) return;
        if (sequences.needs(file.name)) kept.push(file);
        else await this.#remove(file);
      }
      this.#files.unshift(...kept);
    }
  }

  async #remove({ name, identity }: ReadFile): Promise<void> {
    const { folder, tally } = this.#options;
    const path = `${folder}/${name}`;
    try {
      const info = await lookAtEntry(path);
      if (!info?.isFile || !sameIdentity(identityOf(info), identity)) return;
      await Deno.remove(path);
      tally.stats.deleted++;
    } catch (error) {
      if (!isGone(error)) tally.failed("remove", name, error);
    }
  }
}
