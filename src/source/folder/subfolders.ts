import { pause } from "../../timing/pause.ts";
import {
  type FileIdentity,
  identityOf,
  isGone,
  refuseFile,
  sameFile,
  statFolder,
  tellOnce,
} from "./folder.ts";
import { compareNames } from "./frame_order.ts";
import { FolderEvents } from "./watch/folder_events.ts";

/** Options of {@linkcode followSubfolders}. */
export interface FollowSubfoldersOptions {
  /** Called with the name of each folder that is in it, or comes to be. */
  onAdded: (name: string) => void;
  /** Called with the name of each that was there and is not any more. */
  onRemoved: (name: string) => void;
  /**
   * Called when the folder, which could be read at first, cannot be read or
   * watched, or when it cannot be told whether what has a name is a folder.
   * What was in it counts as there still, and it is tried again.
   */
  onError: (error: unknown, name?: string) => void;
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
  await refuseFile(folder);
  const told = new Set<string>();
  let known: Set<string> | undefined;
  const look = async () => {
    const found = await subfolders(folder, options, told);
    if (signal.aborted) return;
    const there = new Set(found);
    const before = known ?? new Set();
    known = there;
    for (const name of before) if (!there.has(name)) options.onRemoved(name);
    for (const name of found) if (!before.has(name)) options.onAdded(name);
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
    ? new SubfolderWatch(folder)
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
 * Names of the folders in a folder, as people order them.
 *
 * @param told Names of which it could not be told before.
 */
async function subfolders(
  folder: string,
  { onError }: FollowSubfoldersOptions,
  told: Set<string>,
): Promise<string[]> {
  const names: string[] = [], unreadable = new Map<string, unknown>();
  if (await statFolder(folder) === undefined) return names;
  try {
    for await (const entry of Deno.readDir(folder)) {
      if (entry.name.startsWith(".")) continue;
      try {
        if (await isFolder(folder, entry)) names.push(entry.name);
      } catch (error) {
        unreadable.set(entry.name, error);
      }
    }
  } catch (error) {
    if (!isGone(error)) throw error;
    return [];
  }
  tellOnce(unreadable, told, (name, error) => onError(error, name));
  return names.sort(compareNames);
}

async function isFolder(
  folder: string,
  { name, isDirectory, isSymlink }: Deno.DirEntry,
): Promise<boolean> {
  if (!isSymlink) return isDirectory;
  return await statFolder(`${folder}/${name}`) !== undefined;
}

/** Tells that something happened in a folder, wherever it is now. */
class SubfolderWatch {
  readonly #folder: string;
  #events: FolderEvents | undefined;
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

  /** Calls back once, when something has happened since the renewal. */
  onNext(tell: () => void): void {
    if (this.#changed) tell();
    else this.#tell = tell;
  }

  /** Watches no more. */
  async close(): Promise<void> {
    const events = this.#events;
    this.#watched = this.#events = undefined;
    await events?.close();
    await this.#reading;
  }

  async #open(watched: FileIdentity): Promise<void> {
    try {
      const { modifiedAt } = watched;
      const events = await FolderEvents.open(this.#folder, modifiedAt);
      this.#events = events;
      this.#watched = watched;
      this.#reading = this.#read(events);
    } catch (error) {
      // It may have gone again: the next look will tell.
      if (!isGone(error)) throw error;
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
