import {
  type FolderFrame,
  isFormatError,
  needsNothing,
} from "../../encoding/file_frame.ts";
import {
  type FileIdentity,
  type FolderEntry,
  type FolderSignal,
  identityOf,
  lookAt,
  sameFile,
  sameIdentity,
  signalsFor,
} from "./folder.ts";
import type { FileReading } from "./frame_file.ts";
import { compareNames, FrameOrder } from "./frame_order.ts";
import { Sequences } from "./sequences.ts";
import { ReadyFiles, type TrackedFile, TrackedFiles } from "./tracked_files.ts";

type Frames = Extract<FileReading, { outcome: "frames" }>;

/** Options of {@linkcode FrameIntake}. */
export interface FrameIntakeOptions {
  /** Path of the folder. */
  folder: string;
  /** Most bytes that one frame may take. */
  maxFrameBytes: number;
  /** Time without growth after which an incomplete file is given up. */
  giveUpMilliseconds: number;
  /** Takes a frame; resolves when it can take the next one. */
  onFrame: (frame: FolderFrame) => Promise<void>;
  /** Called when a file was read to its end. */
  onDone: (tracked: TrackedFile) => void;
  /** Called for every read. */
  onBytes: (bytes: number) => void;
  /** Called when frames came late and were left out. */
  onLate: (frames: number) => void;
  /** Called for a file that is given up. */
  onAbandoned: (name: string, error: Error) => void;
  /** Called for a file that cannot be read. */
  onError: (name: string, error: unknown) => void;
}

/** Files at the start that are tried to find one that has a picture. */
const MAX_CANDIDATES = 16;
/** Files of the start that are remembered. */
const MAX_PAST_FILES = 4000;
/** Files followed at the same time, each of which may keep a part of a frame. */
const MAX_GROWING = 8;
/** Frames of a growing file kept at the start until a keyframe is found. */
const MAX_CATCH_UP_BYTES = 2 ** 25;
/** File times are coarse, and may be a little behind the clock. */
const CLOCK_MARGIN_MILLISECONDS = 1000;
/** How old a change may be that an event is about. */
const EVENT_AGE_MILLISECONDS = 2000;

/**
 * Turns what happens in a folder into frames: decides which files to read
 * and when, and gives their frames one after another, in order.
 */
export class FrameIntake {
  readonly #options: FrameIntakeOptions;
  readonly #order = new FrameOrder();
  readonly #files: TrackedFiles;
  readonly #sequences: Sequences;
  readonly #ready = new ReadyFiles();
  /** Begun and not complete, or changed in a way not known yet. */
  readonly #unfinished = new Set<TrackedFile>();
  readonly #growing = new Set<TrackedFile>();
  readonly #startedAt = Date.now() - CLOCK_MARGIN_MILLISECONDS;
  #existing: FolderEntry[] | undefined;
  #newest: TrackedFile | undefined;
  #wake = Promise.withResolvers<void>();

  constructor(options: FrameIntakeOptions) {
    this.#options = options;
    const { folder, maxFrameBytes } = options;
    const sequences = this.#sequences = new Sequences(folder);
    const sequenceFor = (name: string) => sequences.for(name);
    this.#files = new TrackedFiles(
      { folder, maxFrameBytes, sequenceFor },
      (tracked) =>
        tracked.queued || tracked.file.growing ||
        this.#unfinished.has(tracked),
    );
  }

  /** Whether a file must stay, since others build on it. */
  needs(name: string): boolean {
    return this.#sequences.needs(name);
  }

  /** Takes note of what happened. */
  handle(signal: FolderSignal): void {
    switch (signal.type) {
      case "listing":
        return this.#list(signal.entries, signal.again);
      case "created":
        return this.#created(signal.name);
      case "modified":
        return this.#modified(signal.name);
      case "closed":
        return this.#changed(signal.name, true);
      case "changed":
        return this.#changed(signal.name, false);
      case "removed":
        return this.#removed(signal.name);
      case "lost":
        return this.#unfinished.clear();
      case "unreadable":
      case "no-events":
        return;
    }
  }

  /** To be called a few times a second: looks at files that wait. */
  tick(): void {
    const before = performance.now() - this.#options.giveUpMilliseconds;
    for (const tracked of this.#unfinished) {
      const { identity, changedAt } = tracked.file;
      tracked.final = identity !== undefined && changedAt <= before;
      this.#markReady(tracked);
    }
  }

  /** Reads and gives frames until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const wake = () => this.#wake.resolve();
    signal.addEventListener("abort", wake);
    while (!signal.aborted) {
      const existing = this.#existing;
      this.#existing = undefined;
      if (existing !== undefined) await this.#takeNewest(existing);
      const tracked = this.#ready.shift();
      if (tracked !== undefined) await this.#read(tracked);
      else if (this.#existing === undefined) {
        await this.#wake.promise;
        this.#wake = Promise.withResolvers<void>();
      }
    }
    signal.removeEventListener("abort", wake);
  }

  #list(entries: FolderEntry[], again: boolean): void {
    const changed = !again ? [] : entries.flatMap((entry) => {
      const created = this.#isNew(entry);
      return created === undefined ? [] : [{ ...entry, created }];
    });
    for (const signal of signalsFor(changed)) this.handle(signal);
    if (changed.length > 0) return;
    this.#existing = entries;
    this.#wake.resolve();
  }

  /** True: a new file, false: a changed one; undefined: neither. */
  #isNew({ name, info }: FolderEntry): boolean | undefined {
    const now = identityOf(info), tracked = this.#files.get(name);
    const before = tracked?.file.identity;
    if (tracked?.removed === false && before !== undefined) {
      return sameIdentity(now, before) ? undefined : !sameFile(now, before);
    }
    // Moving an old file here changes only its `ctime`, told in seconds.
    const movedAt = (info.ctime?.getTime() ?? -Infinity) + 999;
    const changedAt = Math.max(now.bornAt, now.modifiedAt, movedAt);
    const past = Math.max(this.#startedAt, this.#files.forgottenUpTo);
    return changedAt > past ? true : undefined;
  }

  #created(name: string): void {
    const known = this.#files.get(name) !== undefined;
    const tracked = this.#files.open(name);
    this.#unfinished.add(tracked);
    // Events that come behind a listing tell of what it showed already.
    if (isAwaited(tracked)) return;
    tracked.key = this.#order.began(name, known);
    tracked.given = tracked.removed = tracked.unseen = false;
    tracked.file.changedAt = performance.now();
  }

  #modified(name: string): void {
    const known = this.#files.get(name) !== undefined;
    const tracked = this.#files.open(name);
    if (!known) tracked.unseen = true;
    if (tracked.file.growing) this.#markReady(tracked);
    else this.#unfinished.add(tracked);
  }

  #changed(name: string, closed: boolean): void {
    const tracked = this.#files.open(name);
    if (tracked.key === undefined || tracked.given && tracked.file.done) {
      tracked.key = this.#order.overwritten(name);
      tracked.given = false;
    } else this.#order.completed(tracked.key);
    tracked.unseen = tracked.removed = false;
    tracked.again ||= closed;
    this.#markReady(tracked);
  }

  #removed(name: string): void {
    const tracked = this.#files.get(name);
    if (tracked === undefined) return;
    tracked.removed = true;
    this.#unfinished.delete(tracked);
  }

  #markReady(tracked: TrackedFile): void {
    tracked.key ??= this.#order.overwritten(tracked.name);
    this.#ready.add(tracked);
    this.#wake.resolve();
  }

  /** What is there at the start is the past, except for the newest picture. */
  async #takeNewest(entries: FolderEntry[]): Promise<void> {
    const newestFirst = entries
      .map(({ name, info }) => ({ name, identity: identityOf(info) }))
      .sort((a, b) =>
        b.identity.modifiedAt - a.identity.modifiedAt ||
        compareNames(b.name, a.name)
      )
      .slice(0, MAX_PAST_FILES);
    const past = newestFirst.splice(MAX_CANDIDATES);
    for (const { name, identity } of past.reverse()) this.#skip(name, identity);
    let found = false;
    for (const { name, identity } of newestFirst) {
      if (found) this.#skip(name, identity);
      else found = await this.#catchUp(this.#files.open(name));
    }
  }

  #skip(name: string, identity: FileIdentity): void {
    const { file } = this.#files.open(name);
    if (file.identity === undefined) file.skip(identity);
  }

  /** Gives the last picture of a file; false: it has none. */
  async #catchUp(tracked: TrackedFile): Promise<boolean> {
    tracked.key ??= this.#order.began(tracked.name, false);
    let frames: Frames["frames"] = [], bytes = 0;
    for (;;) {
      const reading = await this.#tryRead(tracked);
      if (reading?.outcome !== "frames") {
        return frames.length > 0 || reading?.outcome === "unchanged";
      }
      frames.push(...reading.frames);
      bytes += reading.bytes;
      const last = frames.findLastIndex(needsNothing);
      if (last > 0) frames = frames.slice(last), bytes = reading.bytes;
      const full = bytes > MAX_CATCH_UP_BYTES;
      if (!reading.more || full) {
        await this.#give(tracked, { ...reading, frames });
        frames = [], bytes = 0;
      }
      if (!reading.more) return true;
    }
  }

  async #read(tracked: TrackedFile): Promise<void> {
    if (tracked.unseen && await this.#isOld(tracked)) return;
    const reading = await this.#tryRead(tracked);
    if (reading?.outcome !== "frames") return;
    await this.#give(tracked, reading);
    if (reading.more) this.#markReady(tracked);
  }

  /** Events come for changes of rights and the like, too. */
  async #isOld(tracked: TrackedFile): Promise<boolean> {
    tracked.unseen = false;
    // Reading it runs into the same error, and tells of it.
    const info = await lookAt(tracked.file.path).catch(() => undefined);
    if (info === undefined) return false;
    const identity = identityOf(info);
    if (Date.now() - identity.modifiedAt < EVENT_AGE_MILLISECONDS) return false;
    tracked.file.skip(identity);
    this.#unfinished.delete(tracked);
    return true;
  }

  /** Undefined: it failed. */
  async #tryRead(tracked: TrackedFile): Promise<FileReading | undefined> {
    const { again, final, name } = tracked;
    tracked.again = tracked.final = false;
    const newest = tracked === this.#newest;
    try {
      const reading = await tracked.file.read({ again, final, newest });
      if (reading.outcome !== "incomplete") this.#unfinished.delete(tracked);
      else if (!tracked.removed) this.#unfinished.add(tracked);
      if (reading.outcome === "no-file") {
        this.#options.onError(name, new TypeError("it is no regular file"));
      }
      return reading;
    } catch (error) {
      this.#unfinished.delete(tracked);
      if (final && isFormatError(error)) {
        this.#options.onAbandoned(name, error);
      } else this.#options.onError(name, error);
      return undefined;
    }
  }

  async #give(tracked: TrackedFile, reading: Frames): Promise<void> {
    const { name, file } = tracked;
    const { onFrame, onDone, onBytes, onLate, onError } = this.#options;
    onBytes(reading.bytes);
    if (reading.fresh && this.#files.renamedFrom(tracked)) {
      tracked.given = tracked.late = true;
    } else {
      if (reading.fresh) this.#place(tracked);
      if (tracked.late) onLate(reading.frames.length);
    }
    if (reading.sequence && !tracked.late) {
      this.#sequences.note(name, reading.sequence);
    }
    this.#files.noteInode(tracked);
    const timestampMilliseconds = Date.now();
    for (const frame of tracked.late ? [] : reading.frames) {
      this.#newest = tracked;
      await onFrame({ ...frame, name, timestampMilliseconds });
    }
    if (reading.error) onError(name, reading.error);
    if (file.done) onDone(tracked);
    this.#noteGrowing(tracked);
  }

  /** Finds out whether new contents come late. */
  #place(tracked: TrackedFile): void {
    if (tracked.given || tracked.key === undefined) {
      tracked.key = this.#order.overwritten(tracked.name);
    }
    tracked.late = !this.#order.take(tracked.key);
    tracked.given = true;
  }

  #noteGrowing(tracked: TrackedFile): void {
    this.#growing.delete(tracked);
    if (!tracked.file.growing) return;
    this.#growing.add(tracked);
    if (this.#growing.size <= MAX_GROWING) return;
    for (const oldest of this.#growing) {
      oldest.file.release();
      this.#growing.delete(oldest);
      return;
    }
  }
}

/** Whether it is known that there is a file, and it was not looked at yet. */
function isAwaited({ key, given, removed, file }: TrackedFile): boolean {
  return key !== undefined && !given && !removed && file.identity === undefined;
}
