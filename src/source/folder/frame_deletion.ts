import { pause } from "../../timing/pause.ts";
import {
  type FileIdentity,
  frameNames,
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

/** Share of the time that goes to looking for old files. */
const LOOKING_PART = 1 / 20;

/**
 * Removes old frames: files that were read and have not changed since, and all
 * others of that age that have the name of a frame, so that no broken or unread
 * ones fill the disk. It never follows a link.
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
    const wasLink = await this.#isLink();
    let lookDue = performance.now();
    while (!signal.aborted) {
      await pause(interval, signal);
      // Another one may have put a link in the folder's place.
      if (!wasLink && await this.#isLink()) continue;
      if (performance.now() >= lookDue) {
        const begin = performance.now();
        await this.#removeUnread(signal);
        const end = performance.now();
        lookDue = end + (end - begin) / LOOKING_PART;
      }
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

  async #isLink(): Promise<boolean> {
    const { folder, tally } = this.#options;
    try {
      const path = folder.replace(/(?<=.)[/\\]+$/, "");
      return (await lookAtEntry(path))?.isSymlink === true;
    } catch (error) {
      tally.failed("look at", folder, error);
      return true;
    }
  }

  /** Removes files that nobody has read, by the time of their last change. */
  async #removeUnread(signal: AbortSignal): Promise<void> {
    const { folder, deleteAfterSeconds, sequences, tally } = this.#options;
    const waiting = new Set(this.#files.map(({ name }) => name));
    let names: string[];
    try {
      names = await frameNames(folder) ?? [];
    } catch (error) {
      return tally.failed("look at", folder, error);
    }
    for (const name of names) {
      if (signal.aborted) return;
      if (waiting.has(name) || sequences.needs(name)) continue;
      // A name that is not UTF-8 is not found, and stays.
      const info = await lookAtEntry(`${folder}/${name}`).catch(() =>
        undefined
      );
      if (!info?.isFile) continue;
      const changedAt = Math.max(
        info.mtime?.getTime() ?? 0,
        info.ctime?.getTime() ?? 0,
      );
      if (Date.now() - changedAt < deleteAfterSeconds * 1000) continue;
      await this.#remove({ name, identity: identityOf(info), readAt: 0 });
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
