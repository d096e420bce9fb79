import type { FileFrame } from "../../encoding/file_frame.ts";
import { GifError } from "../../gif/gif_error.ts";
import {
  FrameReader,
  type GifFrame,
  type GifSequence,
} from "../../gif/read/frame_reader.ts";
import * as spec from "../../gif/spec.ts";
import {
  PictureError,
  type PictureFile,
  type PictureFormat,
} from "../../image/image_file.ts";
import { PictureFiles } from "../../image/image_splitter.ts";
import { isAllThere } from "../../image/is_all_there.ts";

/** Options of {@linkcode FrameContents}. */
export interface FrameContentsOptions {
  /** Largest size of one frame, in bytes. */
  maxFrameBytes: number;
  /** Format of the picture; undefined: it is a GIF. */
  format?: PictureFormat;
  /** True: a frame without a header. */
  bare?: boolean;
  /** The sequence of a frame without a header. */
  sequence?: GifSequence;
  /** Number of frames at the beginning that were given before. */
  framesRead?: number;
}

/** Number of the last bytes read that are kept, to recognize the contents. */
const TAIL_BYTES = 256;

/** True if contents with this first byte are a frame without a header. */
export function isBare(firstByte: number | undefined): boolean {
  return firstByte === spec.EXTENSION_INTRODUCER ||
    firstByte === spec.IMAGE_SEPARATOR;
}

/** The contents of a file, and how far they were read. */
export class FrameContents {
  #reader: FrameReader | undefined;
  readonly #format: PictureFormat | undefined;
  readonly #bare: boolean;
  #framesToSkip: number;
  /** Number of frames read, given or skipped. */
  #framesFound = 0;
  /** Hash of contents that were read in one piece. */
  hash: number | undefined;
  bytesRead = 0;
  /** Number of frames given. */
  framesRead: number;
  /** True: the end was taken as final, but has no trailer. */
  cutShort = false;
  /** The last bytes read. */
  tail: Uint8Array = new Uint8Array(0);
  /** Screen and color table of a whole GIF, for bare frames that follow it. */
  sequence: GifSequence | undefined;
  /** Error in the bytes after the frames that were given. */
  error: GifError | undefined;

  constructor(options: FrameContentsOptions) {
    this.#reader = new FrameReader(options);
    this.#format = options.format;
    this.#bare = options.bare === true;
    this.#framesToSkip = this.framesRead = options.framesRead ?? 0;
  }

  /** Contents of which nothing is read. */
  static skipped(): FrameContents {
    const contents = new FrameContents({ maxFrameBytes: 1 });
    contents.release();
    return contents;
  }

  /** True: nothing more is to be read. */
  get done(): boolean {
    return this.#reader === undefined;
  }

  /** Ends the reading. */
  release(): void {
    this.#reader = undefined;
  }

  /**
   * Takes the next bytes and returns the frames that are complete.
   *
   * @param buffer The bytes, from `begin` on; for a picture, all of them. The
   * buffer is kept.
   * @param final True: no bytes follow.
   * @throws {GifError} If there is an error before the first frame in the
   * bytes.
   * @throws {PictureError} If the bytes are not a valid picture.
   */
  add(
    buffer: Uint8Array<ArrayBuffer>,
    begin: number,
    final: boolean,
  ): FileFrame[] {
    const reader = this.#reader;
    if (reader === undefined) return [];
    this.bytesRead += buffer.length - begin;
    this.tail = buffer.slice(Math.max(begin, buffer.length - TAIL_BYTES));
    if (this.#format === undefined) {
      return this.#readFrames(reader, buffer, begin, final)
        .map((frame) => ({ frame }));
    }
    const picture = pictureIn(buffer.subarray(begin), this.#format, final);
    if (picture === undefined) return [];
    this.release();
    this.framesRead = 1;
    return [{ picture }];
  }

  #readFrames(
    reader: FrameReader,
    buffer: Uint8Array,
    begin: number,
    final: boolean,
  ): GifFrame[] {
    reader.push(buffer, begin);
    if (final) reader.end();
    const frames: GifFrame[] = [];
    try {
      for (let frame; (frame = reader.next()) !== undefined;) {
        if (!this.#bare && this.#framesFound++ === 0) frame.standalone = true;
        if (this.#framesToSkip === 0) frames.push(frame);
        else this.#framesToSkip--;
      }
    } catch (error) {
      this.release();
      if (!(error instanceof GifError) || frames.length === 0) throw error;
      this.error = error;
    }
    this.framesRead += frames.length;
    if (!this.#bare) this.sequence = reader.sequence;
    this.cutShort = final && !atTrailer(buffer);
    if (reader.done || final) this.release();
    return frames;
  }
}

function atTrailer(bytes: Uint8Array): boolean {
  return bytes[bytes.length - 1] === spec.TRAILER;
}

/** The picture in some bytes; undefined: it is incomplete. */
function pictureIn(
  bytes: Uint8Array<ArrayBuffer>,
  format: PictureFormat,
  final: boolean,
): PictureFile | undefined {
  const files = new PictureFiles();
  const [whole] = files.push(bytes);
  if (whole !== undefined) return { format, bytes: whole };
  const rest = files.end();
  if (rest !== undefined && (final || isAllThere(rest, format))) {
    return { format, bytes: rest };
  }
  if (!final) return undefined;
  throw new PictureError(
    `Cannot read ${format}: expected more, ` +
      `found the end of the file at byte ${bytes.length}`,
  );
}
