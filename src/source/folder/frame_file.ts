import type { FileFrame } from "../../encoding/file_frame.ts";
import type { GifError } from "../../gif/gif_error.ts";
import { PART_ROOM_BYTES } from "../../gif/read/block_reader.ts";
import type { GifSequence } from "../../gif/read/frame_reader.ts";
import { mayBegin, SIGNATURES } from "../../gif/signature.ts";
import { PictureError, pictureFormat } from "../../image/image_file.ts";
import { contentHash } from "./content_hash.ts";
import {
  type FileIdentity,
  identityOf,
  isForbidden,
  isGone,
  lookAt,
  sameFile,
  sameIdentity,
  withFile,
} from "./folder.ts";
import { FrameContents, isBare } from "./frame_contents.ts";
import type { Sequences } from "./sequences.ts";

/** Result of {@linkcode FrameFile.read}. */
export type FileReading =
  /** No file has this name, or it is not a regular file. */
  | { outcome: "gone" | "no-file" }
  /** Nothing new; or the same picture once more, if it was written again. */
  | { outcome: "unchanged"; isRepeated?: boolean }
  /** The file has no complete frame yet. */
  | { outcome: "incomplete" }
  /** Rights to read the file are missing: they may be given later. */
  | { outcome: "forbidden"; error: unknown }
  /** The file, or the first frame in it, cannot be read. */
  | { outcome: "failed"; error: unknown }
  | {
    outcome: "frames";
    frames: FileFrame[];
    /** Number of bytes read for the frames. */
    bytes: number;
    /** True: the first frames of new contents. */
    fresh: boolean;
    /**
     * Screen and color table of a whole GIF, for bare frames that follow it.
     */
    sequence?: GifSequence;
    /** True: there is more to read right away. */
    more: boolean;
    /** Error in the bytes after the frames. */
    error?: GifError;
  };

/** Options of {@linkcode FrameFile.read}. */
export interface ReadOptions {
  /** Reads the file even if its time and size are the same. */
  again?: boolean;
  /** Takes the file as complete, since nothing will be added. */
  final?: boolean;
  /**
   * True: its picture is the newest, so that the same again changes nothing.
   */
  newest?: boolean;
}

/** Options of {@linkcode FrameFile}. */
export interface FrameFileOptions {
  /** Path of the folder. */
  folder: string;
  /** Largest size of one frame, in bytes. */
  maxFrameBytes: number;
  /** Knows the screens and color tables that bare frames rely on. */
  sequences: Sequences;
}

/** Bytes read at once: nearly every frame fits, and becomes a part in place. */
const PIECE_BYTES = 4 * 1024 * 1024;
/** Room in front of the bytes, a multiple of 4 to align the words to hash. */
const ROOM_BYTES = (PART_ROOM_BYTES + 3) & ~3;
const MAX_ATTEMPTS = 3;
/** Bytes that tell the format of a file. */
const HEAD_BYTES = 8;

/** A file in the folder, and how far its contents were read. */
export class FrameFile {
  readonly name: string;
  readonly path: string;
  /** The identity at the last look. */
  identity: FileIdentity | undefined;
  /** Time of the identity's last change, by `performance.now()`. */
  changedAt: number = performance.now();
  /** True if the name is that of a link, whose file may change unseen. */
  isLink = false;
  readonly #options: FrameFileOptions;
  #contents: FrameContents | undefined;

  constructor(name: string, options: FrameFileOptions) {
    this.name = name;
    this.path = `${options.folder}/${name}`;
    this.#options = options;
  }

  /** True: nothing more is to be read from the present contents. */
  get done(): boolean {
    return this.#contents?.done === true;
  }

  /** True: frames were read, and more may be added. */
  get growing(): boolean {
    return this.#contents !== undefined && !this.#contents.done &&
      this.#contents.framesRead > 0;
  }

  /** Hash of the contents, if they were read in one piece. */
  get hash(): number | undefined {
    return this.#contents?.hash;
  }

  /** Marks the present contents as read, whatever they are. */
  skip(identity: FileIdentity): void {
    this.#note(identity);
    this.#contents = FrameContents.skipped();
  }

  /** Releases the buffers for further reading. */
  release(): void {
    this.#contents?.release();
  }

  /** True if its first bytes are those of a whole GIF. */
  async isWholeGif(): Promise<boolean> {
    try {
      if ((await lookAt(this.path))?.isFile !== true) return false;
      const head = await withFile(this.path, readHead);
      return head.length > 0 && mayBegin(head, SIGNATURES.GIF);
    } catch {
      // Reading it runs into the same error, and reports it.
      return false;
    }
  }

  /** Reads new contents. */
  async read(options: ReadOptions = {}): Promise<FileReading> {
    let now: FileIdentity | undefined, final = false;
    try {
      const info = await lookAt(this.path);
      if (info === undefined) return { outcome: "gone" };
      this.isLink = info.isSymlink;
      // A link that leads nowhere may do so later.
      if (this.isLink && !info.isFile) return { outcome: "gone" };
      // Opening anything else, such as a named pipe, could block forever.
      if (!info.isFile) return { outcome: "no-file" };
      now = identityOf(info);
      const isNew = this.#isNew(now);
      // A file that was written to since the last look is not given up yet.
      final = options.final === true && !isNew;
      if (!options.again && !final && !isNew) return this.#nothingNew();
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        const reading = await withFile(
          this.path,
          (file) => this.#readOnce(file, { ...options, final }),
        );
        if (reading !== undefined) return reading;
      }
    } catch (error) {
      if (isGone(error)) return { outcome: "gone" };
      if (isForbidden(error)) {
        this.identity = this.#contents = undefined;
        return { outcome: "forbidden", error };
      }
      // A file that was given up may still be completed.
      if (final) this.#contents = undefined;
      else if (now !== undefined && !this.done) this.skip(now);
      return { outcome: "failed", error };
    }
    this.changedAt = performance.now();
    return { outcome: "incomplete" };
  }

  #nothingNew(): FileReading {
    const outcome = this.done || this.growing ? "unchanged" : "incomplete";
    return { outcome };
  }

  #isNew(now: FileIdentity): boolean {
    if (this.identity === undefined || !sameIdentity(now, this.identity)) {
      return true;
    }
    return this.growing && this.#contents!.bytesRead < now.size;
  }

  #note(now: FileIdentity): void {
    if (this.identity === undefined || !sameIdentity(now, this.identity)) {
      this.changedAt = performance.now();
    }
    this.identity = now;
  }

  /** Reads the opened file; undefined: it was written to meanwhile. */
  async #readOnce(
    file: Deno.FsFile,
    options: ReadOptions,
  ): Promise<FileReading | undefined> {
    const info = file.statSync();
    if (!info.isFile) return { outcome: "no-file" };
    const now = identityOf(info), before = this.identity;
    const continued = await this.#continue(file, now, options);
    if (continued !== undefined) return continued;
    const head = await readHead(file);
    if (!this.#fitsOnePiece(head, now)) {
      this.#note(now);
      return await this.#readOn(file, await this.#begin(head), options);
    }
    const buffer = await readWhole(file, now);
    if (buffer === undefined) return undefined;
    this.#note(now);
    const bytes = buffer.subarray(ROOM_BYTES), hash = contentHash(bytes);
    if (before !== undefined && sameFile(now, before) && this.done) {
      const same = hash === this.hash &&
        (sameIdentity(now, before) || options.newest === true);
      const unknown = this.hash === undefined && now.size === before.size;
      if (same || (hash === this.hash || unknown) && wasOnlyTouched(info)) {
        const isRepeated = !sameIdentity(now, before) && !wasOnlyTouched(info);
        return { outcome: "unchanged", isRepeated };
      }
    }
    const contents = await this.#begin(bytes);
    const frames = contents.add(buffer, ROOM_BYTES, options.final === true);
    return this.#report(contents, frames, now.size, hash);
  }

  /** Reads on in known contents; undefined: the contents are others now. */
  async #continue(
    file: Deno.FsFile,
    now: FileIdentity,
    options: ReadOptions,
  ): Promise<FileReading | undefined> {
    const before = this.identity, contents = this.#contents;
    if (contents === undefined || before === undefined) return undefined;
    const { done, hash } = contents;
    if (done && sameIdentity(now, before) && hash === undefined) {
      return { outcome: "unchanged" };
    }
    if (!sameFile(now, before)) return undefined;
    if (!await isGrownFrom(contents, file, now)) return undefined;
    this.#note(now);
    if (!contents.cutShort) return await this.#readOn(file, contents, options);
    const head = await readHead(file);
    const resumed = await this.#begin(head, contents.framesRead);
    return await this.#readOn(file, resumed, options);
  }

  /**
   * True if the file is read in one piece, as all JPEG and PNG pictures are.
   *
   * @throws {PictureError} If it is a picture of too many bytes.
   */
  #fitsOnePiece(head: Uint8Array, { size }: FileIdentity): boolean {
    const format = pictureFormat(head), { maxFrameBytes } = this.#options;
    if (format !== undefined && size > maxFrameBytes) {
      throw new PictureError(
        `Cannot read ${format}: expected at most ${maxFrameBytes} bytes, ` +
          `found ${size}`,
      );
    }
    return format !== undefined || size <= PIECE_BYTES;
  }

  /** Reads piece by piece, until a frame is complete or no bytes are left. */
  async #readOn(
    file: Deno.FsFile,
    contents: FrameContents,
    options: ReadOptions,
  ): Promise<FileReading> {
    const { size } = this.identity!, from = contents.bytesRead;
    let frames: FileFrame[] = [];
    while (contents.bytesRead < size && frames.length === 0 && !contents.done) {
      const left = size - contents.bytesRead;
      const piece = new Uint8Array(ROOM_BYTES + Math.min(PIECE_BYTES, left));
      const room = piece.subarray(ROOM_BYTES);
      const length = await fill(file, room, contents.bytesRead);
      if (length === 0) break;
      const final = options.final === true && length === left;
      frames = contents.add(
        piece.subarray(0, ROOM_BYTES + length),
        ROOM_BYTES,
        final,
      );
    }
    return this.#report(contents, frames, contents.bytesRead - from);
  }

  /** @param head The first bytes of the file. */
  async #begin(head: Uint8Array, framesRead = 0): Promise<FrameContents> {
    const { maxFrameBytes, sequences } = this.#options;
    const bare = isBare(head[0]);
    const sequence = bare ? await sequences.for(this.name) : undefined;
    this.#contents = new FrameContents({
      format: pictureFormat(head.subarray(0, HEAD_BYTES)),
      bare,
      sequence,
      framesRead,
      maxFrameBytes,
    });
    return this.#contents;
  }

  #report(
    contents: FrameContents,
    frames: FileFrame[],
    bytes: number,
    hash?: number,
  ): FileReading {
    if (contents.done) contents.hash = hash;
    if (frames.length === 0) {
      if (contents.done || contents.framesRead > 0) {
        return { outcome: "unchanged" };
      }
      // A file that is emptied and rewritten can look as if it had grown.
      this.#contents = undefined;
      return { outcome: "incomplete" };
    }
    const { sequence, error } = contents;
    const fresh = contents.framesRead === frames.length;
    const more = !contents.done && contents.bytesRead < this.identity!.size;
    return { outcome: "frames", frames, bytes, fresh, sequence, more, error };
  }
}

async function readHead(file: Deno.FsFile): Promise<Uint8Array> {
  const head = new Uint8Array(HEAD_BYTES);
  return head.subarray(0, await fill(file, head, 0));
}

/** All bytes, after some room; undefined: the file is being written to. */
async function readWhole(
  file: Deno.FsFile,
  now: FileIdentity,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const buffer = new Uint8Array(ROOM_BYTES + now.size);
  const length = await fill(file, buffer.subarray(ROOM_BYTES), 0);
  const after = identityOf(file.statSync());
  return length < now.size || !sameIdentity(now, after) ? undefined : buffer;
}

/** True if the file has grown: the last bytes read are still in their place. */
async function isGrownFrom(
  contents: FrameContents,
  file: Deno.FsFile,
  now: FileIdentity,
): Promise<boolean> {
  const { bytesRead, tail, done } = contents;
  if (bytesRead === 0 || now.size < bytesRead) return false;
  // Other contents may well have the same length.
  if (done && now.size === bytesRead) return false;
  const found = new Uint8Array(tail.length);
  await fill(file, found, bytesRead - tail.length);
  return found.every((byte, i) => byte === tail[i]);
}

/**
 * True if only the times changed: `touch` sets both to the same one. Writing
 * leaves the time of the last access, which was ours.
 */
function wasOnlyTouched({ atime, mtime }: Deno.FileInfo): boolean {
  return atime !== null && atime.getTime() === mtime?.getTime();
}

/**
 * Reads until the buffer is full or the file ends; returns the number of bytes.
 */
async function fill(
  file: Deno.FsFile,
  buffer: Uint8Array,
  position: number,
): Promise<number> {
  let length = 0;
  file.seekSync(position, Deno.SeekMode.Start);
  while (length < buffer.length) {
    const count = await file.read(buffer.subarray(length));
    if (count === null) break;
    length += count;
  }
  return length;
}
