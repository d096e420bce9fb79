import type { FileIdentity } from "./folder.ts";
import { FrameFile, type FrameFileOptions } from "./frame_file.ts";
import { compareKeys, type OrderKey } from "./frame_order.ts";

/** A file, its place in the order, and what is to be done with it. */
export class TrackedFile {
  readonly file: FrameFile;
  /** Its place in the order; undefined: nobody saw it begin. */
  key: OrderKey | undefined;
  /** Whether frames were given under that key. */
  given = false;
  /** Whether they came late, and are left out. */
  late = false;
  /** Whether it is to be looked into even if its time and size are the same. */
  again = false;
  /** Whether it is to be read for the last time. */
  final = false;
  /** Whether the folder has no such file any more. */
  removed = false;
  /** Whether it waits in {@linkcode ReadyFiles}. */
  queued = false;
  /** Whether all that is known of it is that something about it changed. */
  unseen = false;

  constructor(file: FrameFile) {
    this.file = file;
  }

  get name(): string {
    return this.file.name;
  }
}

/** What is remembered of files, so that nothing is given twice. */
const MAX_FILES = 4096;
/** How many files are looked at to find one that may be forgotten. */
const FILES_LOOKED_AT = 64;

/** The files of the folder that are remembered: the latest few thousand. */
export class TrackedFiles {
  readonly #options: FrameFileOptions;
  readonly #byName = new Map<string, TrackedFile>();
  readonly #byInode = new Map<string, TrackedFile>();
  readonly #isNeeded: (tracked: TrackedFile) => boolean;
  #forgottenUpTo = -Infinity;

  /**
   * @param options What each file needs to know.
   * @param isNeeded Tells files that may not be forgotten yet.
   */
  constructor(
    options: FrameFileOptions,
    isNeeded: (tracked: TrackedFile) => boolean,
  ) {
    this.#options = options;
    this.#isNeeded = isNeeded;
  }

  /** When the newest file was changed that is not remembered any more. */
  get forgottenUpTo(): number {
    return this.#forgottenUpTo;
  }

  get(name: string): TrackedFile | undefined {
    return this.#byName.get(name);
  }

  /** The file of this name, which counts as the latest from now on. */
  open(name: string): TrackedFile {
    const tracked = this.#byName.get(name) ??
      new TrackedFile(new FrameFile(name, this.#options));
    this.#byName.delete(name);
    this.#byName.set(name, tracked);
    if (this.#byName.size > MAX_FILES) this.#forgetOldest(tracked);
    return tracked;
  }

  /** Remembers where a file that was read lies. */
  noteInode(tracked: TrackedFile): void {
    const { identity } = tracked.file;
    if (identity?.ino) this.#byInode.set(inodeKey(identity), tracked);
  }

  /**
   * The file that this one was, with the same contents, before it was
   * renamed. Another name for a file that is still there is a new frame.
   */
  renamedFrom(tracked: TrackedFile): TrackedFile | undefined {
    const { identity, hash } = tracked.file;
    if (!identity?.ino || hash === undefined) return undefined;
    const before = this.#byInode.get(inodeKey(identity));
    return before !== undefined && before !== tracked && before.removed &&
        before.file.hash === hash
      ? before
      : undefined;
  }

  #forgetOldest(except: TrackedFile): void {
    let left = FILES_LOOKED_AT;
    for (const tracked of this.#byName.values()) {
      if (this.#byName.size <= MAX_FILES || left-- === 0) return;
      if (tracked !== except && !this.#isNeeded(tracked)) this.#forget(tracked);
    }
  }

  #forget({ name, file: { identity } }: TrackedFile): void {
    const tracked = this.#byName.get(name);
    this.#byName.delete(name);
    if (identity === undefined) return;
    const { modifiedAt } = identity, key = inodeKey(identity);
    this.#forgottenUpTo = Math.max(this.#forgottenUpTo, modifiedAt);
    if (this.#byInode.get(key) === tracked) this.#byInode.delete(key);
  }
}

function inodeKey({ dev, ino, bornAt }: FileIdentity): string {
  return `${dev}:${ino}:${bornAt}`;
}

/** Files that can be read, in the order of their keys. */
export class ReadyFiles {
  readonly #files: TrackedFile[] = [];

  /** Adds a file, or moves it to where its key belongs by now. */
  add(tracked: TrackedFile): void {
    if (tracked.queued) this.#files.splice(this.#files.indexOf(tracked), 1);
    tracked.queued = true;
    this.#files.splice(this.#placeOf(tracked), 0, tracked);
  }

  shift(): TrackedFile | undefined {
    const first = this.#files.shift();
    if (first !== undefined) first.queued = false;
    return first;
  }

  #placeOf({ key }: TrackedFile): number {
    let low = 0, high = this.#files.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareKeys(this.#files[middle].key!, key!) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
