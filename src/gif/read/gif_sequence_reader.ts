import { concat } from "@std/bytes/concat";
import { GifError, hex } from "../gif_error.ts";
import { GIF_VERSIONS, mayBegin, SIGNATURES } from "../signature.ts";
import * as spec from "../spec.ts";
import { FrameReader, type GifFrame } from "./frame_reader.ts";

const G = SIGNATURES.GIF[0];

/** Bytes that some writers put between GIFs: NUL, tab, LF, CR, space. */
export const PADDING: ReadonlySet<number> = new Set([
  0x00,
  0x09,
  0x0a,
  0x0d,
  0x20,
]);

/** Options of {@linkcode GifSequenceReader}. */
interface GifSequenceReaderOptions {
  /** Most bytes that one frame may take. */
  maxFrameBytes?: number;
  /** Is told of damage, in one sentence. */
  onWarning?: (message: string) => void;
  /**
   * The sentence for an error.
   *
   * @default {({ message }) => message}
   */
  explain?: (error: GifError) => string;
}

/** Reads GIFs that follow each other, and finds the next after a mistake. */
export class GifSequenceReader {
  readonly #options: GifSequenceReaderOptions;
  /** Undefined while the header of the next GIF is looked for. */
  #reader: FrameReader | undefined;
  /** The last bytes given, if a signature may begin with them. */
  #tail: Uint8Array = new Uint8Array(0);
  /** Bytes read since the newest GIF began. */
  #position = 0;
  /** Frames of the newest GIF. */
  #frames = 0;
  /** True once bytes that are no GIF have been warned of. */
  #warned = false;

  constructor(options: GifSequenceReaderOptions) {
    this.#options = options;
    // What does not begin with a signature is for it to name.
    this.#reader = this.#newReader();
  }

  /** Gives the frames that end in a chunk, whose buffer it keeps. */
  *push(chunk: Uint8Array): Generator<GifFrame> {
    const bytes = this.#tail.length > 0 ? concat([this.#tail, chunk]) : chunk;
    let begin = 0, from = 0;
    for (;;) {
      const at = findSignature(bytes, from);
      yield* this.#read(bytes.subarray(begin, at));
      if (at + spec.SIGNATURE_BYTES > bytes.length) {
        // No frame waits for what is kept back: none ends like a signature.
        this.#tail = bytes.slice(at);
        return;
      }
      const embedded = this.#embeddedBytes(bytes.subarray(at));
      if (embedded === 0) yield* this.#beginNext();
      begin = at;
      from = at + Math.max(embedded, spec.SIGNATURE_BYTES);
    }
  }

  /** Gives the frames that had to wait for the end. */
  *end(): Generator<GifFrame> {
    yield* this.#read(this.#tail);
    this.#reader?.end();
    yield* this.#pull();
  }

  *#read(bytes: Uint8Array): Generator<GifFrame> {
    if (bytes.length === 0) return;
    this.#position += bytes.length;
    if (this.#reader === undefined) return this.#skip(bytes);
    this.#reader.push(bytes);
    yield* this.#pull();
  }

  /**
   * Gives the frames that are there.
   *
   * @param problem What to say of a block that is not all there.
   */
  *#pull(problem?: string): Generator<GifFrame> {
    const reader = this.#reader;
    if (reader === undefined) return;
    try {
      for (let f = reader.next(); f !== undefined; f = reader.next()) {
        if (this.#frames++ === 0) f.standalone = true;
        yield f;
      }
    } catch (error) {
      if (!(error instanceof GifError)) throw error;
      this.#reader = undefined;
      const { explain = ({ message }) => message } = this.#options;
      this.#warn(problem ?? explain(error));
    }
    if (!reader.done) return;
    this.#reader = undefined;
    this.#skip(reader.rest, reader.endReason === "trailer");
  }

  /** Passes over bytes that belong to no GIF; padding may follow a trailer. */
  #skip(bytes: Uint8Array, afterTrailer = true): void {
    if (this.#warned) return;
    const at = afterTrailer ? bytes.findIndex((b) => !PADDING.has(b)) : 0;
    if (at < 0 || at >= bytes.length) return;
    const expected = afterTrailer ? "the header of another" : "a block label";
    this.#warn(
      `Lost the GIF at byte ${this.#position - bytes.length + at}: expected ` +
        `${expected}, found ${hex(bytes[at])}; waiting for the next header`,
    );
  }

  #warn(message: string): void {
    this.#warned = true;
    this.#options.onWarning?.(message);
  }

  /** Ends the GIF, if it has not ended, where the header of another stands. */
  *#beginNext(): Generator<GifFrame> {
    const reader = this.#reader;
    if (reader !== undefined && this.#position > 0) {
      const [label] = reader.rest;
      reader.end();
      yield* this.#pull(label === undefined ? undefined : this.#cutOff(label));
    }
    this.#reader = this.#newReader();
    this.#position = this.#frames = 0;
    this.#warned = false;
  }

  #cutOff(label: number): string {
    const block = label === spec.IMAGE_SEPARATOR
      ? "an image"
      : label === spec.EXTENSION_INTRODUCER
      ? "an extension"
      : "its header";
    return `Cannot read GIF: it ended at byte ${this.#position} in the middle ` +
      `of ${block}; the next one begins`;
  }

  /**
   * Number of the bytes, which begin with a signature, that belong to an
   * extension before them, as a comment or a thumbnail. It is 0 if they are a
   * GIF of their own, as they are if the extension does not end in them.
   */
  #embeddedBytes(bytes: Uint8Array): number {
    const rest = this.#reader?.rest;
    if (rest?.[0] !== spec.EXTENSION_INTRODUCER) return 0;
    return bytesToEndOfExtension(rest, bytes);
  }

  #newReader(): FrameReader {
    return new FrameReader({ maxFrameBytes: this.#options.maxFrameBytes });
  }
}

/**
 * The position of the first signature, whose end may still be to come; the
 * length if there is none.
 */
function findSignature(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(G, from);
  while (at >= 0 && !GIF_VERSIONS.some((v) => mayBegin(bytes, v, at))) {
    at = bytes.indexOf(G, at + 1);
  }
  return at < 0 ? bytes.length : at;
}

/** GIF89a section 15. 0 if its end is not there, or no block follows it. */
function bytesToEndOfExtension(begun: Uint8Array, more: Uint8Array): number {
  const byteAt = (at: number): number | undefined =>
    at < begun.length ? begun[at] : more[at - begun.length];
  let at = 2;
  for (let length; (length = byteAt(at)) !== 0; at += 1 + length) {
    if (length === undefined) return 0;
  }
  const label = byteAt(at + 1);
  const followed = label === undefined || label === spec.TRAILER ||
    label === spec.IMAGE_SEPARATOR || label === spec.EXTENSION_INTRODUCER;
  return followed ? at + 1 - begun.length : 0;
}
