import type { FolderEntry } from "../folder.ts";
import type { FolderTally } from "../folder_tally.ts";
import { compareNames } from "../frame_order.ts";

/** The one who is told what happens to the frame files of a folder, in order. */
export interface FolderListener {
  /**
   * The files there at the start, or again when some may have been missed.
   *
   * @param again True: they were listed before.
   */
  listed(entries: FolderEntry[], again: boolean): void;
  /** A file appeared, or another one took its place. */
  created(name: string): void;
  /** Something about a file changed. */
  modified(name: string): void;
  /**
   * A file is new or not what it was.
   *
   * @param closed True: its writer let go of it; false: that is not known.
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
  /** Told what happens to the files. */
  listener: FolderListener;
  /** Told what happens to the folder, and what cannot be looked at. */
  tally: FolderTally;
  /** Ends the following. */
  signal: AbortSignal;
}

/** A file that is new or changed. */
export interface ChangedEntry extends FolderEntry {
  /** True: it is new, or another file than before. */
  created: boolean;
}

/**
 * Tells what a watcher would have told of new or changed files, in the order
 * that their times tell.
 */
export function tellChanges(
  entries: ChangedEntry[],
  listener: FolderListener,
): void {
  const events = entries.flatMap(({ name, info, created }) => {
    const changedAt = info.mtime?.getTime() ?? 0;
    const bornAt = info.birthtime?.getTime() ?? changedAt;
    const changed = { at: changedAt, name, begins: false };
    if (!created) return [changed];
    return [{ at: Math.min(bornAt, changedAt), name, begins: true }, changed];
  });
  // Files made at the same time overlapped.
  events.sort((a, b) =>
    a.at - b.at || Number(b.begins) - Number(a.begins) ||
    compareNames(a.name, b.name)
  );
  for (const { name, begins } of events) {
    if (begins) listener.created(name);
    else listener.changed(name, false);
  }
}
