import { errorMessage } from "../../system/error_message.ts";
import { pause } from "../../timing/pause.ts";
import {
  type FileIdentity,
  identityOf,
  isGone,
  isWatchLimit,
  refuseFile,
  sameFile,
  statFolder,
  tellOnce,
} from "./folder.ts";
import { WATCH_LIMIT_CURE } from "./folder_tally.ts";
import { compareNames } from "./frame_order.ts";
import { FolderEvents } from "./watch/folder_events.ts";

/** Options of {@linkcode followSubfolders}. */
export interface FollowSubfoldersOptions {
  /**
   * Called with the name of each subfolder, at the start or once it appears;
   * true: the name is that of a link to it.
   */
  onAdded: (name: string, isLink: boolean) => void;
  /** Called with the name of each subfolder that is gone. */
  onRemoved: (name: string) => void;
  /**
   * Called when the folder, once read, cannot be read or watched any more, or,
   * with a name, when an entry cannot be examined. Known subfolders still count
   * as there, and the folder is tried again.
   */
  onError: (error: unknown, name?: string) => void;
  /**
   * Milliseconds between two looks at the folder, instead of the file system's
   * events, which network file systems do not give.
   *
   * @default {undefined} events, and a look every second
   */
  pollMilliseconds?: number;
  /** Ends the following. */
  signal: AbortSignal;
}

/** Time between two looks: events get lost, and a missing folder gives none. */
const LOOK_MILLISECONDS = 1000;
/** Time until it is tried again to watch a folder. */
const UNWATCHED_MILLISECONDS = 60_000;

/**
 * Follows the subfolders of a folder, until the signal is aborted. Hidden
 * folders, whose names begin with a dot, are ignored; links to folders count.
 * While the folder itself is missing it has no subfolders.
 *
 * @param folder Path of the folder.
 * @throws {Error} If the folder cannot be read or watched from the start.
 */
export async function followSubfolders(
  folder: string,
  options: FollowSubfoldersOptions,
): Promise<void> {
  const { signal, pollMilliseconds } = options;
  await refuseFile(folder);
  const told = new Set<string>();
  let known: Set<string> | undefined;
  const look = async () => {
    const found = await subfolders(folder, options, told);
    if (signal.aborted) return;
    const there = new Set(found.keys());
    const before = known ?? new Set();
    known = there;
    for (const name of before) if (!there.has(name)) options.onRemoved(name);
    for (const [name, isLink] of found) {
      if (!before.has(name)) options.onAdded(name, isLink);
    }
  };
  const tryTo = async (act: () => Promise<void>) => {
    try {
      await act();
    } catch (error) {
      if (known === undefined) throw error;
      options.onError(error);
    }
  };
  const watch = pollMilliseconds === undefined
    ? new SubfolderWatch(folder, (error) => {
      const seconds = LOOK_MILLISECONDS / 1000;
      options.onError(
        new Error(
          `${errorMessage(error)}: looking every ${seconds} s instead; ` +
            WATCH_LIMIT_CURE,
          { cause: error },
        ),
      );
    })
    : undefined;
  try {
    while (!signal.aborted) {
      if (watch !== undefined) await tryTo(() => watch.renew());
      await tryTo(look);
      const change = new AbortController();
      const wake = AbortSignal.any([signal, change.signal]);
      watch?.onNext(() => change.abort());
      await pause(pollMilliseconds ?? LOOK_MILLISECONDS, wake);
    }
  } finally {
    await watch?.close();
  }
}

/**
 * Names of the folders in a folder, with numbers in the order of their value,
 * and whether each is a link.
 *
 * @param told Names that were reported as unreadable before; kept up to date.
 */
async function subfolders(
  folder: string,
  { onError }: FollowSubfoldersOptions,
  told: Set<string>,
): Promise<Map<string, boolean>> {
  const found = new Map<string, boolean>();
  const unreadable = new Map<string, unknown>();
  if (await statFolder(folder) === undefined) return found;
  try {
    for await (const entry of Deno.readDir(folder)) {
      if (entry.name.startsWith(".")) continue;
      try {
        if (!await isFolder(folder, entry)) continue;
        found.set(entry.name, entry.isSymlink);
      } catch (error) {
        unreadable.set(entry.name, error);
      }
    }
  } catch (error) {
    if (!isGone(error)) throw error;
    return new Map();
  }
  tellOnce(unreadable, told, (name, error) => onError(error, name));
  return new Map([...found].sort(([a], [b]) => compareNames(a, b)));
}

async function isFolder(
  folder: string,
  { name, isDirectory, isSymlink }: Deno.DirEntry,
): Promise<boolean> {
  if (!isSymlink) return isDirectory;
  return await statFolder(`${folder}/${name}`) !== undefined;
}

/** Reports that something happened in the folder that is at a path now. */
class SubfolderWatch {
  readonly #folder: string;
  #events: FolderEvents | undefined;
  #watched: FileIdentity | undefined;
  #reading: Promise<void> = Promise.resolve();
  #changed = false;
  #failure: { error: unknown } | undefined;
  #tell: (() => void) | undefined;

  /** Earliest time to try again to watch it, by `performance.now()`. */
  #retryAt = -Infinity;
  readonly #onUnwatched: (error: unknown) => void;

  /**
   * @param folder Path of the folder.
   * @param onUnwatched Called once if the system watches too many folders.
   */
  constructor(folder: string, onUnwatched: (error: unknown) => void) {
    this.#folder = folder;
    this.#onUnwatched = onUnwatched;
  }

  /** Watches the folder that is there now, if it is not the watched one. */
  async renew(): Promise<void> {
    const failure = this.#failure;
    this.#failure = undefined;
    this.#changed = false;
    this.#tell = undefined;
    if (failure !== undefined) throw failure.error;
    const info = await statFolder(this.#folder);
    const now = info && identityOf(info);
    if (this.#watched && now && sameFile(now, this.#watched)) {
      await this.#events?.holdPipes();
      return;
    }
    await this.close();
    if (now !== undefined) await this.#open(now);
  }

  /** Calls back once, when something has happened since the last renewal. */
  onNext(tell: () => void): void {
    if (this.#changed) tell();
    else this.#tell = tell;
  }

  /** Ends the watch. */
  async close(): Promise<void> {
    const events = this.#events;
    this.#watched = this.#events = undefined;
    await events?.close();
    await this.#reading;
  }

  async #open(watched: FileIdentity): Promise<void> {
    if (performance.now() < this.#retryAt) return;
    try {
      const { modifiedAt } = watched;
      const events = await FolderEvents.open(this.#folder, modifiedAt);
      this.#events = events;
      this.#watched = watched;
      this.#reading = this.#read(events);
    } catch (error) {
      // The folder may have gone again: the next look will tell.
      if (isGone(error)) return;
      if (!await isWatchLimit(error, this.#folder)) throw error;
      if (this.#retryAt === -Infinity) this.#onUnwatched(error);
      this.#retryAt = performance.now() + UNWATCHED_MILLISECONDS;
    }
  }

  async #read(events: FolderEvents): Promise<void> {
    try {
      while (await events.next() !== undefined) this.#note();
    } catch (error) {
      this.#failure = { error };
      this.#watched = undefined;
    }
  }

  #note(): void {
    this.#changed = true;
    this.#tell?.();
  }
}
