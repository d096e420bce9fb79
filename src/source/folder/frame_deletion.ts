import { pause } from "../../timing/pause.ts";
import type { SourceEvents } from "../../encoding/frame_source.ts";
import {
  type FileIdentity,
  type FolderEntry,
  frameNames,
  identityOf,
  isGone,
  isPictureName,
  lookAtEntry,
  sameIdentity,
} from "./folder.ts";
import { FolderClaim } from "./folder_claim.ts";
import { FolderTally } from "./folder_tally.ts";
import { newestEntries } from "./newest_entries.ts";
import { Sequences } from "./sequences.ts";
import { readableFiles } from "./watch/list_folder.ts";

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
 * Time between two looks for old files for each file that is there: some twenty
 * times what looking at one takes.
 */
const PAUSE_MILLISECONDS_A_FILE = 0.1;
/** Most files of which it is known that their removal failed. */
const MAX_FAILURES = 64;

/**
 * Removes old frames: files that were read and have not changed since, and all
 * others of that age that have the name of a frame, so that no broken or unread
 * ones fill the disk. It never follows a link.
 */
export class FrameDeletion {
  readonly #options: FrameDeletionOptions;
  #files: ReadFile[] = [];
  /** Names of files that cannot be removed: this is told once of each. */
  readonly #failed = new Set<string>();
  #wasShared = false;
  /** True if the user has named a link to the folder. */
  #mayBeLink = false;

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
    const { folder, deleteAfterSeconds } = this.#options;
    const interval = Math.min(1000, deleteAfterSeconds * 500);
    this.#mayBeLink = await this.#isLink();
    const claim = new FolderClaim(folder);
    let lookDue = performance.now();
    try {
      while (!signal.aborted) {
        await pause(interval, signal);
        if (await this.#wasReplaced()) continue;
        await this.#noteClaim(claim);
        if (performance.now() >= lookDue) {
          const count = await this.#removeUnread(signal);
          lookDue = performance.now() + PAUSE_MILLISECONDS_A_FILE * count;
        }
        await this.#removeRead(signal);
      }
    } finally {
      claim.release();
    }
  }

  /** True if another program has put a link in the folder's place. */
  async #wasReplaced(): Promise<boolean> {
    return !this.#mayBeLink && await this.#isLink();
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

  /** Removes files that were read, by the time of their reading. */
  async #removeRead(signal: AbortSignal): Promise<void> {
    const { deleteAfterSeconds, sequences } = this.#options;
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

  /** Says once that another program removes the frames, too. */
  async #noteClaim(claim: FolderClaim): Promise<void> {
    const isOurs = await claim.hold();
    if (!isOurs && !this.#wasShared) this.#options.tally.shared();
    this.#wasShared = !isOurs;
  }

  /**
   * Removes files that nobody has read, by the time of their last change;
   * returns the number of files there.
   */
  async #removeUnread(signal: AbortSignal): Promise<number> {
    const { folder, deleteAfterSeconds, sequences, tally } = this.#options;
    const waiting = new Set(this.#files.map(({ name }) => name));
    let entries: FolderEntry[];
    try {
      const names = await frameNames(folder) ?? [];
      // A name that is not UTF-8 is not found, and stays.
      ({ entries } = await readableFiles(folder, names));
      await this.#keepNeeded(entries);
    } catch (error) {
      tally.failed("look at", folder, error);
      return 0;
    }
    for (const { name, identity, movedAt } of entries) {
      if (signal.aborted) break;
      if (waiting.has(name) || sequences.needs(name)) continue;
      const age = Date.now() - Math.max(identity.modifiedAt, movedAt);
      if (age < deleteAfterSeconds * 1000) continue;
      await this.#remove({ name, identity, readAt: 0 });
    }
    return entries.length;
  }

  /** Keeps the whole GIF that the newest frame relies on, though unread. */
  async #keepNeeded(entries: FolderEntry[]): Promise<void> {
    const { sequences } = this.#options;
    const gifs = entries.filter(({ name }) => !isPictureName(name));
    const [newest] = newestEntries(gifs, 1);
    if (newest !== undefined) await sequences.need(newest.name);
  }

  async #remove({ name, identity }: ReadFile): Promise<void> {
    const { folder, tally } = this.#options;
    const path = `${folder}/${name}`;
    try {
      const info = await lookAtEntry(path);
      if (!info?.isFile || !sameIdentity(identityOf(info), identity)) return;
      if (await this.#wasReplaced()) return;
      await Deno.remove(path);
      tally.stats.deleted++;
      this.#failed.delete(name);
    } catch (error) {
      if (!isGone(error)) this.#fail(name, error);
    }
  }

  #fail(name: string, error: unknown): void {
    if (this.#failed.has(name) || this.#failed.size >= MAX_FAILURES) return;
    this.#failed.add(name);
    this.#options.tally.failed("remove", name, error);
  }
}

/** Options of {@linkcode removeOldFrames}. */
export interface RemoveOldFramesOptions extends SourceEvents {
  /** Age of the frames that are removed, in seconds. */
  deleteAfterSeconds: number;
  /** Ends the removing. */
  signal: AbortSignal;
}

/**
 * Removes the old frames of a folder that nobody reads, as
 * {@linkcode FrameDeletion} does, until the signal is aborted.
 *
 * @param folder Path of the folder.
 */
export async function removeOldFrames(
  folder: string,
  { deleteAfterSeconds, signal, ...events }: RemoveOldFramesOptions,
): Promise<void> {
  const sequences = new Sequences(folder);
  const tally = new FolderTally(folder, events);
  const options = { folder, deleteAfterSeconds, sequences, tally };
  await new FrameDeletion(options).run(signal);
}
