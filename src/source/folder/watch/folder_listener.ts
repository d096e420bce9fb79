import type { FolderEntry } from "../folder.ts";
import type { FolderTally } from "../folder_tally.ts";
import { compareNames } from "../frame_order.ts";

/** Listener for changes of the frame files of a folder, in order. */
export interface FolderListener {
  /**
   * The files there at the start, or again when changes may have been missed.
   *
   * @param again True: they were listed before.
   */
  listed(entries: FolderEntry[], again: boolean): void;
  /** A file appeared, or another one took its place. */
  created(name: string): void;
  /** Something about a file changed. */
  modified(name: string): void;
  /**
   * A file is new or has new contents.
   *
   * @param closed True: the writer closed the file; false: this is unknown.
   */
  changed(name: string, closed: boolean): void;
  /** A file is gone. */
  removed(name: string): void;
  /** The folder itself is gone. */
  lost(): void;
}

/** Options of {@linkcode watchFolder} and of polling. */
export interface FollowFolderOptions {
  /** Path of the folder. */
  folder: string;
  /**
   * Name of the one file to follow.
   *
   * @default {undefined} all frame files
   */
  only?: string;
  /** Listener for changes of the files. */
  listener: FolderListener;
  /** Reports changes of the folder, and files that cannot be looked at. */
  tally: FolderTally;
  /** Ends the following. */
  signal: AbortSignal;
}

/** A file that is new or changed. */
export interface ChangedEntry extends FolderEntry {
  /** True: the file is new, or another file than before. */
  created: boolean;
}

/**
 * Reports new or changed files as a watcher would have, in the order of their
 * times.
 */
export function tellChanges(
  entries: ChangedEntry[],
  listener: FolderListener,
): void {
  const events = entries.flatMap(({ name, identity, created }) => {
    const changedAt = identity.modifiedAt;
    const bornAt = identity.bornAt || changedAt;
    const changed = { at: changedAt, name, begins: false };
    if (!created) return [changed];
    return [{ at: Math.min(bornAt, changedAt), name, begins: true }, changed];
  });
  // Files of the same time count as written side by side.
  events.sort((a, b) =>
    a.at - b.at || Number(b.begins) - Number(a.begins) ||
    compareNames(a.name, b.name)
  );
  for (const { name, begins } of events) {
    if (begins) listener.created(name);
    else listener.changed(name, false);
  }
}
