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
import { jpegStructure } from "../../image/jpeg_structure.ts";
import { pngStructure } from "../../image/png_structure.ts";

/** Options of {@linkcode FrameContents}. */
export interface FrameContentsOptions {
  /** Most bytes that one frame may take. */
  maxFrameBytes: number;
  /** Whether it is a picture of this format, and no GIF. */
  format?: PictureFormat;
  /** Whether it is a frame without a header. */
  bare?: boolean;
  /** The sequence that it belongs to then. */
  sequence?: GifSequence;
  /** Frames at the beginning that were given before. */
  framesRead?: number;
}

/** As much of the end of what was read is kept, to know it again. */
const TAIL_BYTES = 256;

/** Whether contents that begin so are a frame without a header. */
export function isBare(firstByte: number | undefined): boolean {
  return firstByte === spec.EXTENSION_INTRODUCER ||
    firstByte === spec.IMAGE_SEPARATOR;
}

/** What was written to a file at one time, and how far it was read. */
export class FrameContents {
  #reader: FrameReader | undefined;
  readonly #format: PictureFormat | undefined;
  readonly #bare: boolean;
  #framesToSkip: number;
  /** Frames read, whether given or skipped. */
  #framesFound = 0;
  /** Of contents that were read in one piece. */
  hash: number | undefined;
  bytesRead = 0;
  /** Frames given. */
  framesRead: number;
  /** Whether the end was taken for final without being marked as such. */
  cutShort = false;
  /** The last bytes read. */
  tail: Uint8Array = new Uint8Array(0);
  /** What a whole GIF says of the bare frames that may follow it. */
  sequence: GifSequence | undefined;
  /** What is wrong with what follows the frames that were given. */
  error: GifError | undefined;

  constructor(options: FrameContentsOptions) {
    this.#reader = new FrameReader(options);
    this.#format = options.format;
    this.#bare = options.bare === true;
    this.#framesToSkip = this.framesRead = options.framesRead ?? 0;
  }

  /** Contents that nothing is to be read from. */
  static skipped(): FrameContents {
    const contents = new FrameContents({ maxFrameBytes: 1 });
    contents.release();
    return contents;
  }

  /** Whether nothing more is to be read. */
  get done(): boolean {
    return this.#reader === undefined;
  }

  /** Ends the reading. */
  release(): void {
    this.#reader = undefined;
  }

  /**
   * Takes what follows and gives the frames that are complete.
   *
   * @param buffer Kept, with the bytes from `begin` on; all those of a picture.
   * @param final Whether nothing follows it.
   * @throws {GifError} If something is wrong before the first frame in it.
   * @throws {PictureError} If something is wrong with a picture.
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

/** Undefined: it is not all there yet. */
function pictureIn(
  bytes: Uint8Array<ArrayBuffer>,
  format: PictureFormat,
  final: boolean,
): PictureFile | undefined {
  const structure = format === "JPEG"
    ? jpegStructure(bytes)
    : pngStructure(bytes);
  if (structure !== undefined) {
    return { format, bytes: bytes.subarray(0, structure.end) };
  }
  if (!final) return undefined;
  throw new PictureError(
    `Cannot read ${format}: expected more, ` +
      `found the end of the file at byte ${bytes.length}`,
  );
}
