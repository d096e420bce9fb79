import {
  type FileIdentity,
  type FolderEntry,
  sameFile,
  sameIdentity,
} from "./folder.ts";
import { FrameFile, type FrameFileOptions } from "./frame_file.ts";
import { FrameOrder } from "./frame_order.ts";
import { newestEntries } from "./newest_entries.ts";
import { ReadyFiles } from "./ready_files.ts";
import { TrackedFile } from "./tracked_file.ts";
import { type FolderListener, tellChanges } from "./watch/folder_listener.ts";

/** Most files that are known with the state of their contents. */
const MAX_FILES = 4096;
/**
 * Most files before these that are remembered, so that no frame is given twice:
 * among many events, those of a file come long after it was read.
 */
const MAX_FORGOTTEN = 16_384;
/** Most files that are searched for one to forget. */
const FILES_LOOKED_AT = 64;
/** Most unfinished files that are looked at in a tick. */
const MAX_LOOKS = 64;
/** Most files that are looked at again and again. */
const MAX_VISITED = 64;
/** Margin for file times, which are coarse and may lag behind the clock. */
const CLOCK_MARGIN_MILLISECONDS = 1000;

/**
 * The latest few thousand files of the folder. It listens to their changes, and
 * tells which of them to read, and when.
 */
export class TrackedFiles implements FolderListener {
  /** The files to be read next. */
  readonly ready: ReadyFiles;
  readonly #options: FrameFileOptions;
  readonly #byName = new Map<string, TrackedFile>();
  readonly #byInode = new Map<string, TrackedFile>();
  readonly #order = new FrameOrder();
  /** Files that were begun and are incomplete, or changed in an unknown way. */
  readonly #unfinished = new Set<TrackedFile>();
  /** Files that change without an event: links, and those without rights. */
  readonly #visited = new Set<TrackedFile>();
  readonly #startedAt = Date.now() - CLOCK_MARGIN_MILLISECONDS;
  /** Files that were read, the oldest first, which are not known any more. */
  readonly #forgotten = new Map<string, FileIdentity>();
  /** Latest time of change among files that are not even remembered. */
  #forgottenUpTo = -Infinity;
  #past: FolderEntry[] | undefined;
  /**
   * The newest file of the last listing for lost events that had new files.
   * Events that are still to come may be of older ones.
   */
  newest: TrackedFile | undefined;
  /** The time of that listing, by `performance.now()`. */
  foundAt: number = -Infinity;
  /** True: the folder is gone. */
  #isLost = false;
  #changes = 0;
  readonly #onListed: () => void;

  /**
   * @param options Options of each file.
   * @param onListed Called once it knows the files that were there.
   */
  constructor(options: FrameFileOptions, onListed: () => void = () => {}) {
    this.#options = options;
    this.#onListed = onListed;
    this.ready = new ReadyFiles(this.#order);
  }

  /** Takes note of the files that are there, of which some may be unknown. */
  listed(entries: FolderEntry[], again: boolean): void {
    const [newest] = newestEntries(entries, 1);
    const changed = !again ? [] : entries.flatMap((entry) => {
      const created = this.#isNew(entry, entry === newest);
      return created === undefined ? [] : [{ ...entry, created }];
    });
    tellChanges(changed, this);
    if (changed.length > 0 && !this.#isLost) {
      this.newest = this.#byName.get(newest.name);
      this.foundAt = performance.now();
    }
    this.#isLost = false;
    if (!again) this.#onListed();
    if (changed.length > 0) return;
    this.#past = entries;
    this.ready.wake();
  }

  /** Takes note of a file that appeared. */
  created(name: string): void {
    const known = this.#byName.has(name);
    const tracked = this.open(name);
    this.#unfinished.add(tracked);
    // Events after a listing repeat what it showed.
    if (tracked.awaited) return;
    tracked.key = this.#order.began(name, known);
    tracked.begin();
    tracked.file.changedAt = performance.now();
  }

  /** Takes note of a file that changed somehow. */
  modified(name: string): void {
    const known = this.#byName.has(name);
    const tracked = this.open(name);
    if (!known) tracked.notice();
    if (tracked.file.growing) this.ready.add(tracked);
    else this.#unfinished.add(tracked);
  }

  /** Takes note of a file that is new or has new contents. */
  changed(name: string, closed: boolean): void {
    const tracked = this.open(name), { key, file } = tracked;
    if (key === undefined || key.used && file.done) {
      tracked.key = this.#order.overwritten(name);
    } else this.#order.completed(key);
    tracked.change(closed);
    tracked.changedAs = ++this.#changes;
    this.ready.add(tracked);
  }

  /** Takes note of a file that is gone. */
  removed(name: string): void {
    this.#forgotten.delete(name);
    const tracked = this.#byName.get(name);
    if (tracked === undefined) return;
    tracked.remove();
    this.#unfinished.delete(tracked);
    this.#visited.delete(tracked);
  }

  /** Takes note that the folder is gone. */
  lost(): void {
    this.#isLost = true;
    this.#unfinished.clear();
  }

  /**
   * Has unfinished files looked at. To be called a few times a second.
   *
   * @param giveUpMilliseconds Milliseconds without growth after which a file is
   * stale.
   */
  tick(giveUpMilliseconds: number): void {
    const before = performance.now() - giveUpMilliseconds;
    const unfinished = this.#unfinished.values().take(MAX_LOOKS).toArray();
    for (const tracked of unfinished) {
      // The others have their turn first.
      this.#unfinished.delete(tracked);
      this.#unfinished.add(tracked);
      tracked.age(before);
      this.ready.add(tracked);
    }
    for (const tracked of this.#visited) {
      if (tracked.state === "gone") this.#visited.delete(tracked);
      else this.ready.add(tracked);
    }
  }

  /**
   * Has a file looked at again and again; true: it was not before. Of too many,
   * the oldest is not any more.
   */
  visit(tracked: TrackedFile): boolean {
    if (this.#visited.has(tracked)) return false;
    this.#visited.add(tracked);
    if (this.#visited.size > MAX_VISITED) {
      for (const oldest of this.#visited) {
        this.#visited.delete(oldest);
        break;
      }
    }
    return true;
  }

  /** Takes the files that were there at the start, once they are listed. */
  takePast(): FolderEntry[] | undefined {
    const past = this.#past;
    this.#past = undefined;
    return past;
  }

  /** The file of this name, which from now on counts as the latest. */
  open(name: string): TrackedFile {
    const tracked = this.#byName.get(name) ?? this.#make(name);
    this.#byName.delete(name);
    this.#byName.set(name, tracked);
    if (this.#byName.size > MAX_FILES) this.#forgetOldest(tracked);
    return tracked;
  }

  #make(name: string): TrackedFile {
    const file = new FrameFile(name, this.#options);
    const identity = this.#forgotten.get(name);
    this.#forgotten.delete(name);
    if (identity !== undefined) file.skip(identity);
    return new TrackedFile(file);
  }

  /** The file of this name, with a place in the order as if it had begun. */
  openBegun(name: string): TrackedFile {
    const tracked = this.open(name);
    tracked.key ??= this.#order.began(name, false);
    return tracked;
  }

  /** Stops waiting for a file to be completed. */
  settle(tracked: TrackedFile): void {
    this.#unfinished.delete(tracked);
  }

  /**
   * Gives up the place in the order of contents that gave no frame: what is
   * written over them later is a new frame, and never late.
   */
  useUp({ key, file }: TrackedFile): void {
    if (key !== undefined && file.done) key.used = true;
  }

  /** Gives a file up that is not to be read, until it changes. */
  drop(tracked: TrackedFile): void {
    tracked.read();
    tracked.droppedAt = Date.now();
    this.settle(tracked);
    if (tracked.key !== undefined) tracked.key.used = true;
  }

  /** Waits for a file to be completed, unless it is gone by now. */
  expect(tracked: TrackedFile): void {
    if (tracked.state !== "gone") this.#unfinished.add(tracked);
  }

  /** Finds out whether new contents of a file come late. */
  place(tracked: TrackedFile): void {
    if (tracked.key === undefined || tracked.key.used) {
      tracked.key = this.#order.overwritten(tracked.name);
    }
    tracked.late = !this.#order.take(tracked.key);
  }

  /** Remembers the inode of a file that was read. */
  noteInode(tracked: TrackedFile): void {
    const { identity } = tracked.file;
    if (identity?.ino) this.#byInode.set(inodeKey(identity), tracked);
  }

  /**
   * Skips a file that was read under another name before it was renamed.
   * Another name for a file that is still there is a new frame.
   *
   * @returns True if the file is skipped.
   */
  passOver(tracked: TrackedFile): boolean {
    const { identity, hash } = tracked.file;
    if (!identity?.ino || hash === undefined) return false;
    const before = this.#byInode.get(inodeKey(identity));
    if (before === undefined || before === tracked) return false;
    if (before.state !== "gone" || before.file.hash !== hash) return false;
    tracked.late = true;
    if (tracked.key !== undefined) tracked.key.used = true;
    return true;
  }

  /** True: a new file, false: a changed one; undefined: neither. */
  #isNew(
    { name, identity: now, movedAt }: FolderEntry,
    isNewest: boolean,
  ): boolean | undefined {
    const tracked = this.#byName.get(name);
    const before = tracked?.file.identity ?? this.#forgotten.get(name);
    if (tracked?.state !== "gone" && before !== undefined) {
      return sameIdentity(now, before) ? undefined : !sameFile(now, before);
    }
    // The time of a move is told in seconds.
    const changedAt = Math.max(now.bornAt, now.modifiedAt, movedAt + 999);
    const dropped = tracked?.droppedAt ?? -Infinity;
    // What was forgotten may be older than it seems, but not the newest.
    const past = isNewest
      ? this.#startedAt
      : Math.max(this.#startedAt, this.#forgottenUpTo, dropped);
    return changedAt > past ? true : undefined;
  }

  #forgetOldest(except: TrackedFile): void {
    let left = FILES_LOOKED_AT;
    for (const tracked of this.#byName.values()) {
      if (this.#byName.size <= MAX_FILES || left-- === 0) return;
      if (tracked !== except && !this.#isNeeded(tracked)) this.#forget(tracked);
    }
  }

  #isNeeded(tracked: TrackedFile): boolean {
    return this.ready.has(tracked) || tracked.file.growing ||
      this.#visited.has(tracked) ||
      this.#unfinished.has(tracked);
  }

  #forget(tracked: TrackedFile): void {
    const { name, file: { identity }, droppedAt } = tracked;
    this.#byName.delete(name);
    if (droppedAt !== undefined) {
      this.#forgottenUpTo = Math.max(this.#forgottenUpTo, droppedAt);
    }
    if (identity === undefined) return;
    const key = inodeKey(identity);
    if (this.#byInode.get(key) === tracked) this.#byInode.delete(key);
    if (tracked.state === "gone") return;
    this.#forgotten.set(name, identity);
    if (this.#forgotten.size > MAX_FORGOTTEN) this.#forgetForEver();
  }

  #forgetForEver(): void {
    for (const [name, { modifiedAt }] of this.#forgotten) {
      this.#forgottenUpTo = Math.max(this.#forgottenUpTo, modifiedAt);
      this.#forgotten.delete(name);
      return;
    }
  }
}

function inodeKey({ dev, ino, bornAt }: FileIdentity): string {
  return `${dev}:${ino}:${bornAt}`;
}
