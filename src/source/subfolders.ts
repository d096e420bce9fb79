import { compareNames } from "./frame_order.ts";
import {
  type FileIdentity,
  identityOf,
  isGone,
  pause,
  sameFile,
  statFolder,
} from "./folder.ts";

/** Options of {@linkcode followSubfolders}. */
export interface FollowSubfoldersOptions {
  /** Called with the name of each folder that is in it, or comes to be. */
  onAdded: (name: string) => void;
  /** Called with the name of each that was there and is not any more. */
  onRemoved: (name: string) => void;
  /**
   * Called when the folder, which could be read at first, cannot be. What was
   * in it counts as there still, and it is tried again.
   */
  onError: (error: unknown) => void;
  /**
   * Looks at the folder this often, in milliseconds, instead of relying on
   * the file system's events, which network file systems do not give.
   *
   * @default {undefined} events, and a look every second
   */
  pollMilliseconds?: number;
  /** Ends it. */
  signal: AbortSignal;
}

/** Events get lost, and there are none of a folder that is not there yet. */
const LOOK_MILLISECONDS = 1000;

/**
 * Follows which folders are in a folder, until the signal is aborted. Hidden
 * ones, whose names begin with a dot, are left out; links to folders count.
 * While the folder itself is away there are none in it.
 *
 * @param folder Path of the folder.
 * @throws {Error} If the folder cannot be read or watched from the start.
 */
export async function followSubfolders(
  folder: string,
  options: FollowSubfoldersOptions,
): Promise<void> {
  const { signal, pollMilliseconds } = options;
  let known: Set<string> | undefined;
  const look = async () => {
    const found = await subfolders(folder);
    if (signal.aborted) return;
    const there = new Set(found);
    const before = known ?? new Set();
    known = there;
    for (const name of before) if (!there.has(name)) options.onRemoved(name);
    for (const name of found) if (!before.has(name)) options.onAdded(name);
  };
  const watch = pollMilliseconds === undefined
    ? new SubfolderWatch(folder)
    : undefined;
  try {
    while (!signal.aborted) {
      try {
        await watch?.renew();
        await look();
      } catch (error) {
        if (known === undefined) throw error;
        options.onError(error);
      }
      const change = new AbortController();
      const wake = AbortSignal.any([signal, change.signal]);
      watch?.onNext(() => change.abort());
      await pause(pollMilliseconds ?? LOOK_MILLISECONDS, wake);
    }
  } finally {
    await watch?.close();
  }
}

/** Names of the folders in a folder, as people order them. */
async function subfolders(folder: string): Promise<string[]> {
  const names: string[] = [];
  if (await statFolder(folder) === undefined) return names;
  try {
    for await (const entry of Deno.readDir(folder)) {
      if (entry.name.startsWith(".")) continue;
      if (await isFolder(folder, entry)) names.push(entry.name);
    }
  } catch (error) {
    if (!isGone(error)) throw error;
    return [];
  }
  return names.sort(compareNames);
}

async function isFolder(
  folder: string,
  { name, isDirectory, isSymlink }: Deno.DirEntry,
): Promise<boolean> {
  if (!isSymlink) return isDirectory;
  try {
    return (await Deno.stat(`${folder}/${name}`)).isDirectory;
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}

/** Tells that something happened in a folder, wherever it is now. */
class SubfolderWatch {
  readonly #folder: string;
  #watcher: Deno.FsWatcher | undefined;
  #watched: FileIdentity | undefined;
  #reading: Promise<void> = Promise.resolve();
  #changed = false;
  #failure: { error: unknown } | undefined;
  #tell: (() => void) | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Watches the folder that is there now, if it is another one. */
  async renew(): Promise<void> {
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure.error;
    this.#changed = false;
    this.#tell = undefined;
    const info = await statFolder(this.#folder);
    const now = info && identityOf(info);
    const same = now !== undefined && this.#watched !== undefined &&
      sameFile(now, this.#watched);
    if (same) return;
    await this.close();
    this.#watched = now;
    if (now !== undefined) this.#reading = this.#watch();
  }

  /** Calls back once, when something has happened since the renewal. */
  onNext(tell: () => void): void {
    if (this.#changed) tell();
    else this.#tell = tell;
  }

  /** Watches no more. */
  async close(): Promise<void> {
    this.#watcher?.close();
    this.#watcher = undefined;
    await this.#reading;
  }

  async #watch(): Promise<void> {
    try {
      this.#watcher = Deno.watchFs(this.#folder, { recursive: false });
      for await (const _ of this.#watcher) this.#note();
    } catch (error) {
      // It may have gone again: the next look will tell.
      if (!(error instanceof Deno.errors.NotFound)) this.#failure = { error };
      this.#watched = undefined;
      this.#note();
    }
  }

  #note(): void {
    this.#changed = true;
    this.#tell?.();
  }
}
