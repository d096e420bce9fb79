import { isFormatError, needsNothing } from "../../encoding/file_frame.ts";
import {
  type FileIdentity,
  type FolderEntry,
  identityOf,
  isPictureName,
  lookAt,
} from "./folder.ts";
import type { FolderTally } from "./folder_tally.ts";
import type { FrameDeletion } from "./frame_deletion.ts";
import type { FileReading, ReadOptions } from "./frame_file.ts";
import { compareNames } from "./frame_order.ts";
import type { FrameQueue } from "./frame_queue.ts";
import { newestEntries } from "./newest_entries.ts";
import type { Sequences } from "./sequences.ts";
import type { TrackedFile } from "./tracked_file.ts";
import type { TrackedFiles } from "./tracked_files.ts";

type Frames = Extract<FileReading, { outcome: "frames" }>;

/** Options of {@linkcode FolderReader}. */
export interface FolderReaderOptions {
  /** Tells which files to read, and when. */
  files: TrackedFiles;
  /** Notes the whole GIFs that bare frames may rely on. */
  sequences: Sequences;
  /** Takes the frames. */
  queue: FrameQueue;
  /** Removes the files that were read; undefined: they stay. */
  deletion?: FrameDeletion;
  /** Counts the fates of the frames. */
  tally: FolderTally;
  /** Milliseconds without growth after which an incomplete file is given up. */
  giveUpMilliseconds: number;
  /** Called for a file that was written again with the same picture. */
  onUnchanged?: () => void;
}

/** Most files at the start that are searched for one with a picture. */
const MAX_CANDIDATES = 16;
/** Most pictures that wait to be read. */
const MAX_WAITING = 32;
/**
 * Most GIFs that wait to be read: they take less time than pictures, which are
 * to be decoded.
 */
const MAX_WAITING_GIFS = 128;
/** Time for which events are late after so many files. */
const CROWDED_MILLISECONDS = 5000;
/** Most files of the start that are remembered. */
const MAX_PAST_FILES = 4000;
/**
 * Most files followed at a time. Each may keep the bytes of an unfinished
 * frame.
 */
const MAX_GROWING = 8;
/**
 * Most bytes of frames of one file kept at the start to find its last picture.
 */
const MAX_CATCH_UP_BYTES = 2 ** 25;
/** Largest age of a change that an event reports. */
const EVENT_AGE_MILLISECONDS = 2000;

/**
 * Reads the files of a folder one after another, and queues their frames.
 *
 * The way of a frame through a folder's source, from function to function. All
 * of them count in the same {@linkcode FolderTally}:
 *
 * 1. The file's event, in the watching thread: `Watch.run`, `send`.
 * 2. The event in this thread: `FolderEvents.reply`, `next`;
 *    `FolderWatch.#relay` finds its file. (With polling, `FolderPoll` does all
 *    of this.)
 * 3. The file: `TrackedFiles.changed` gives the file a place in the order and a
 *    new state; in `ReadyFiles.add` it waits for its turn.
 * 4. Its bytes: `FolderReader.run`, `FrameFile.read` and `#readOnce`.
 * 5. The frame: `FrameContents.add` finds it; `FolderReader.#give` drops it if
 *    it comes late; `FrameQueue.push`, `next` drop it if too many wait;
 *    `encodePictures` encodes it, if it is a picture; `DirectorySource` yields
 *    it to the channel's feed.
 */
export class FolderReader {
  readonly #options: FolderReaderOptions;
  readonly #growing = new Set<TrackedFile>();
  /** The file of the newest frame. */
  #newest: TrackedFile | undefined;
  /** Time until which events may be of pictures that are old. */
  #crowdedUntil = -Infinity;

  constructor(options: FolderReaderOptions) {
    this.#options = options;
  }

  /** Reads until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { files } = this.#options, { ready } = files;
    const wake = () => ready.wake();
    signal.addEventListener("abort", wake);
    while (!signal.aborted) {
      const past = files.takePast();
      if (past !== undefined) await this.#takeNewest(past);
      await this.#passOver();
      const tracked = ready.shift();
      if (tracked === undefined) await ready.woken();
      else if (!await this.#isOld(tracked)) {
        const how = this.#howToRead(tracked);
        await this.#give(tracked, await tracked.file.read(how), how);
      }
    }
    signal.removeEventListener("abort", wake);
  }

  /**
   * Drops files unread when so many wait that reading them would take long: the
   * newest is what is to be seen.
   */
  async #passOver(): Promise<void> {
    const crowd = this.#options.files.ready.crowd(MAX_WAITING);
    if (crowd.length === 0) return;
    this.#drop(oldPictures(crowd));
    this.#drop(await this.#oldGifs(crowd));
  }

  #drop(old: TrackedFile[]): void {
    const { files, tally } = this.#options;
    if (old.length === 0) return;
    this.#crowdedUntil = performance.now() + CROWDED_MILLISECONDS;
    const dropped = old.filter((tracked) => tracked !== files.newest);
    files.ready.take(dropped);
    for (const tracked of dropped) files.drop(tracked);
    tally.stats.dropped += dropped.length;
  }

  /** The GIFs before a whole one, which shows nothing of them. */
  async #oldGifs(crowd: readonly TrackedFile[]): Promise<TrackedFile[]> {
    const gifs = crowd.filter(isGif);
    if (gifs.length <= 2 * MAX_WAITING_GIFS) return [];
    const whole = gifs[gifs.length - MAX_WAITING_GIFS];
    if (!await whole.file.isWholeGif()) return [];
    return this.#options.files.ready.before(whole).filter(isGif);
  }

  /**
   * True for a picture that is older than the one on air, of which the event
   * came late: among thousands of files, events are lost, and the folder is
   * listed meanwhile.
   */
  #isOvertaken({ name, file }: TrackedFile, { frames }: Frames): boolean {
    const newest = this.#newest, own = file.identity;
    const other = newest?.file.identity;
    if (other === undefined || own === undefined) return false;
    if (!needsNothing(frames[0]) || !this.#maySeeLate(own)) return false;
    return own.modifiedAt < other.modifiedAt ||
      own.modifiedAt === other.modifiedAt &&
        compareNames(name, newest!.name) < 0;
  }

  /** True if the event of a file may have come late, or was lost. */
  #maySeeLate({ modifiedAt }: FileIdentity): boolean {
    const now = performance.now(), { foundAt } = this.#options.files;
    if (now < this.#crowdedUntil) return true;
    // An older file was moved here.
    return now - foundAt < CROWDED_MILLISECONDS &&
      Date.now() - modifiedAt < 2 * CROWDED_MILLISECONDS;
  }

  #howToRead(tracked: TrackedFile): ReadOptions {
    const newest = tracked === this.#newest, state = tracked.read();
    return { again: state === "closed", final: state === "stale", newest };
  }

  /**
   * Queues the frames that were read, unless they come late, and counts them.
   */
  async #give(
    tracked: TrackedFile,
    reading: FileReading,
    how: ReadOptions,
  ): Promise<void> {
    this.#noteOutcome(tracked, reading, how);
    if (reading.outcome !== "frames") return;
    if (this.#isOvertaken(tracked, reading)) {
      this.#options.tally.stats.dropped += reading.frames.length;
      return this.#finish(tracked, reading);
    }
    this.#place(tracked, reading);
    const timestampMilliseconds = Date.now(), { name } = tracked;
    for (const frame of tracked.late ? [] : reading.frames) {
      this.#newest = tracked;
      await this.#options.queue.push({ ...frame, name, timestampMilliseconds });
    }
    this.#finish(tracked, reading);
  }

  /** Waits for an incomplete file, and reports a file that cannot be read. */
  #noteOutcome(
    tracked: TrackedFile,
    reading: FileReading,
    { final }: ReadOptions,
  ): void {
    const { files, tally, giveUpMilliseconds } = this.#options;
    const { name } = tracked;
    if (reading.outcome === "incomplete") return files.expect(tracked);
    files.settle(tracked);
    if (reading.outcome === "forbidden") {
      if (files.visit(tracked)) tally.failed("use", name, reading.error);
      return;
    }
    if (tracked.file.isLink) files.visit(tracked);
    if (reading.outcome !== "frames") files.useUp(tracked);
    if (reading.outcome === "unchanged" && reading.isRepeated) {
      this.#options.onUnchanged?.();
    }
    if (reading.outcome === "no-file") {
      tally.failed("use", name, new TypeError("it is no regular file"));
    } else if (reading.outcome === "failed") {
      const { error } = reading;
      if (final && isFormatError(error)) {
        tally.abandoned(name, error, giveUpMilliseconds);
      } else tally.failed("use", name, error);
    }
  }

  /**
   * Finds out whether frames come late, and notes a GIF that others may rely
   * on.
   */
  #place(tracked: TrackedFile, { fresh, sequence, ...reading }: Frames): void {
    const { files, sequences, tally: { stats } } = this.#options;
    stats.bytes += reading.bytes;
    if (!fresh || !files.passOver(tracked)) {
      if (fresh) files.place(tracked);
      if (tracked.late) stats.late += reading.frames.length;
    }
    if (sequence && !tracked.late) sequences.note(tracked.name, sequence);
    files.noteInode(tracked);
  }

  #finish(tracked: TrackedFile, { error, more }: Frames): void {
    const { files, deletion, tally } = this.#options;
    const { name, file } = tracked;
    if (error) tally.failed("use", name, error);
    if (file.done) deletion?.note(name, file.identity!);
    this.#noteGrowing(tracked);
    if (more) files.ready.add(tracked);
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

  /**
   * True if something about an unknown file changed, but not its contents:
   * events come for changes of rights, too.
   */
  async #isOld(tracked: TrackedFile): Promise<boolean> {
    if (tracked.state !== "noticed") return false;
    tracked.begin();
    // Reading the file runs into the same error, and reports it.
    const info = await lookAt(tracked.file.path).catch(() => undefined);
    if (info === undefined) return false;
    const identity = identityOf(info);
    if (Date.now() - identity.modifiedAt < EVENT_AGE_MILLISECONDS) return false;
    tracked.file.skip(identity);
    this.#options.files.settle(tracked);
    return true;
  }

  /**
   * Takes the newest picture of the files there at the start; skips the others.
   */
  async #takeNewest(entries: FolderEntry[]): Promise<void> {
    const times = Float64Array.from(entries, timeOf).sort();
    const oldest = times.at(-MAX_PAST_FILES) ?? -Infinity;
    const past = entries.filter((entry) => timeOf(entry) >= oldest)
      .sort((a, b) => timeOf(a) - timeOf(b))
      .slice(-MAX_PAST_FILES);
    const candidates = newestEntries(entries, MAX_CANDIDATES);
    const isCandidate = new Set(candidates);
    for (const entry of past) {
      if (!isCandidate.has(entry)) this.#skip(entry.name, entry.identity);
    }
    let found = false;
    for (const { name, identity } of candidates) {
      if (found) this.#skip(name, identity);
      else found = await this.#catchUp(this.#options.files.openBegun(name));
    }
  }

  #skip(name: string, identity: FileIdentity): void {
    const { file } = this.#options.files.open(name);
    if (file.identity === undefined) file.skip(identity);
  }

  /** Queues the last picture of a file; false: the file has none. */
  async #catchUp(tracked: TrackedFile): Promise<boolean> {
    let frames: Frames["frames"] = [], bytes = 0;
    let last: Frames | undefined;
    for (;;) {
      const how = this.#howToRead(tracked);
      const reading = await tracked.file.read(how);
      this.#noteOutcome(tracked, reading, how);
      if (reading.outcome !== "frames") {
        if (frames.length === 0) return reading.outcome === "unchanged";
        // The last piece of the file ends in the middle of a frame.
        await this.#give(tracked, { ...last!, frames, more: false }, how);
        return true;
      }
      last = reading;
      frames.push(...reading.frames);
      bytes += reading.bytes;
      const newest = frames.findLastIndex(needsNothing);
      if (newest > 0) frames = frames.slice(newest), bytes = reading.bytes;
      const full = bytes > MAX_CATCH_UP_BYTES;
      if (!reading.more || full) {
        await this.#give(tracked, { ...reading, frames, more: false }, how);
        frames = [], bytes = 0;
      }
      if (!reading.more) return true;
    }
  }
}

/** Pictures beyond those that may wait: the first that changed. */
function oldPictures(crowd: readonly TrackedFile[]): TrackedFile[] {
  return crowd.filter(({ name, file }) => !file.growing && isPictureName(name))
    .sort((a, b) => a.changedAs - b.changedAs)
    .slice(0, -MAX_WAITING);
}

function isGif({ name, file }: TrackedFile): boolean {
  return !file.growing && !isPictureName(name);
}

function timeOf({ identity }: FolderEntry): number {
  return identity.modifiedAt;
}
