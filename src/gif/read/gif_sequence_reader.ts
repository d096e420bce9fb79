import { GifError, hex } from "../gif_error.ts";
import { begins, GIF_VERSIONS, mayBegin, SIGNATURES } from "../signature.ts";
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
  /** The last bytes given, if a signature begins, or may begin, with them. */
  readonly #tail = new HeldBytes();
  /**
   * The position in the tail at which the extension goes on that it may belong
   * to. The tail waits for the bytes there.
   */
  #tailNext: number | undefined;
  /** Bytes of the tail in which no GIF after the first one was found. */
  #tailSearched = 0;
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
    const bytes = this.#tail.join(chunk);
    if (this.#tailNext !== undefined && bytes.length <= this.#tailNext) return;
    yield* this.#scan(bytes, false);
  }

  /** Gives the frames that had to wait for the end. */
  *end(): Generator<GifFrame> {
    yield* this.#scan(this.#tail.bytes, true);
    this.#reader?.end();
    yield* this.#pull();
  }

  /** Reads what may be read of the tail and a chunk: all if they are final. */
  *#scan(bytes: Uint8Array, final: boolean): Generator<GifFrame> {
    let begin = 0, from = 0;
    for (;;) {
      const at = findSignature(bytes, from);
      yield* this.#read(bytes.subarray(begin, at));
      if (at + spec.SIGNATURE_BYTES > bytes.length) {
        // No frame waits for what is kept back: none ends like a signature.
        if (final) yield* this.#read(bytes.subarray(at));
        else this.#tail.keep(bytes, at);
        return;
      }
      const next = this.#tailNext ?? this.#extensionNext();
      const searched = this.#tailSearched;
      this.#tailNext = undefined;
      this.#tailSearched = 0;
      const end = next === undefined
        ? 0
        : endOfExtension(bytes.subarray(at), { next, searched, final });
      if (typeof end === "object" && this.#mayWait(bytes.length - at)) {
        this.#tailNext = end.next;
        this.#tailSearched = bytes.length - at;
        this.#tail.keep(bytes, at);
        return;
      }
      const embedded = typeof end === "object" ? 0 : end;
      if (embedded === 0) yield* this.#beginNext();
      begin = at;
      from = at + Math.max(embedded, spec.SIGNATURE_BYTES);
    }
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
   * Bytes by which the extension that is being read, as a comment or a
   * thumbnail, goes on after what was read; undefined if it is no extension.
   */
  #extensionNext(): number | undefined {
    const rest = this.#reader?.rest;
    if (rest?.[0] !== spec.EXTENSION_INTRODUCER) return undefined;
    let at = 2;
    while (at < rest.length) at += 1 + rest[at];
    return at - rest.length;
  }

  /** True if an extension with so many more bytes may still be read. */
  #mayWait(bytes: number): boolean {
    const { maxFrameBytes = Infinity } = this.#options;
    return bytes + (this.#reader?.rest.length ?? 0) <= maxFrameBytes;
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

/**
 * Number of the bytes that belong to an extension (GIF89a section 15); 0 if no
 * block follows it, as after a cut, or if another GIF ends and the next begins
 * in it. If the extension goes on after the bytes, the position of its next
 * sub-block.
 *
 * @param bytes From a signature on.
 * @param options Where its next sub-block begins, how many of the bytes hold
 * no other GIF, and whether no more will come.
 */
function endOfExtension(
  bytes: Uint8Array,
  { next, searched, final }: {
    next: number;
    searched: number;
    final: boolean;
  },
): number | { next: number } {
  let at = next;
  while (at < bytes.length && bytes[at] !== 0) at += 1 + bytes[at];
  const end = at + 1;
  // Of GIFs that are alike, sub-blocks without an end can be made.
  if (hasNextGif(bytes.subarray(0, end), searched)) return 0;
  if (end >= bytes.length && !final) return { next: at };
  if (at >= bytes.length) return 0;
  const label = bytes[end];
  const followed = label === undefined || label === spec.TRAILER ||
    label === spec.IMAGE_SEPARATOR || label === spec.EXTENSION_INTRODUCER;
  return followed ? end : 0;
}

/**
 * True if a GIF ends in bytes that begin with a signature, and another begins:
 * a trailer, padding, a whole signature.
 *
 * @param searched How many of them hold no such place.
 */
function hasNextGif(bytes: Uint8Array, searched: number): boolean {
  const { SIGNATURE_BYTES } = spec;
  const from = Math.max(SIGNATURE_BYTES, searched - SIGNATURE_BYTES + 1);
  for (
    let at = bytes.indexOf(G, from);
    at >= 0;
    at = bytes.indexOf(G, at + 1)
  ) {
    if (!GIF_VERSIONS.some((v) => begins(bytes, v, at))) continue;
    let before = at - 1;
    while (PADDING.has(bytes[before])) before--;
    if (
      before >= SIGNATURE_BYTES && bytes[before] === spec.TRAILER
    ) return true;
  }
  return false;
}

/** Bytes that are kept until more come; adding to them copies few. */
class HeldBytes {
  #buffer = new Uint8Array(0);
  #length = 0;

  /** All of them. */
  get bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  /** Adds bytes, which it gives as they are if there were none before. */
  join(bytes: Uint8Array): Uint8Array {
    if (this.#length === 0) return bytes;
    const length = this.#length + bytes.length;
    if (length > this.#buffer.length) {
      const grown = new Uint8Array(length + this.#length);
      grown.set(this.bytes);
      this.#buffer = grown;
    }
    this.#buffer.set(bytes, this.#length);
    this.#length = length;
    return this.bytes;
  }

  /** Keeps the bytes from a position on; the others are given away. */
  keep(bytes: Uint8Array, from: number): void {
    if (from === 0 && bytes.buffer === this.#buffer.buffer) return;
    this.#buffer = bytes.slice(from) as Uint8Array<ArrayBuffer>;
    this.#length = this.#buffer.length;
  }
}
