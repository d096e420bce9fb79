import { concat } from "@std/bytes/concat";
import { indexOfNeedle } from "@std/bytes/index-of-needle";
import { GifError } from "../gif/error.ts";
import { FrameReader, type GifFrame } from "../gif/frame_reader.ts";
import type { SourceEvents, SourceFrame } from "./source.ts";

/** Options of {@linkcode byteStreamFrames}. */
export interface ByteStreamOptions extends SourceEvents {
  /**
   * Most bytes that one frame may take.
   *
   * @default {33554432}
   */
  maxFrameBytes?: number;
}

/** What every GIF begins with, of either version. */
const SIGNATURE = new TextEncoder().encode("GIF8");

/**
 * The frames of animated GIFs that arrive as bytes, one GIF after another,
 * each as soon as its last byte is there.
 *
 * Bytes that are no GIF are passed over, with a warning, up to the header of
 * the next one.
 *
 * @param stream The bytes, in chunks of any size. It is cancelled when the
 * iteration is left before its end.
 * @param options Bounds, and who is told of mistakes.
 *
 * @example
 * ```ts
 * import { byteStreamFrames } from "@x/gifstream";
 * import { assertEquals } from "@std/assert";
 *
 * const gif = Uint8Array.from(
 *   atob("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs="),
 *   (c) => c.charCodeAt(0),
 * );
 * const frames = byteStreamFrames(new Blob([gif, gif]).stream());
 * assertEquals((await Array.fromAsync(frames)).length, 2);
 * ```
 */
export async function* byteStreamFrames(
  stream: ReadableStream<Uint8Array>,
  options: ByteStreamOptions = {},
): AsyncGenerator<SourceFrame> {
  const gifs = new GifSequenceReader(options);
  for await (const chunk of stream) {
    yield* stamped(gifs.push(chunk));
  }
  yield* stamped(gifs.end());
}

function* stamped(frames: Iterable<GifFrame>): Generator<SourceFrame> {
  for (const frame of frames) {
    yield { frame, timestampMilliseconds: Date.now() };
  }
}

/** Reads GIFs that follow each other, and finds the next after a mistake. */
class GifSequenceReader {
  readonly #options: ByteStreamOptions;
  /** Undefined while the header of the next GIF is looked for. */
  #reader: FrameReader | undefined;
  /** The last bytes looked at, since a header may be cut in two. */
  #tail: Uint8Array = new Uint8Array(0);

  constructor(options: ByteStreamOptions) {
    this.#options = options;
    this.#reader = this.#newReader();
  }

  *push(chunk: Uint8Array): Generator<GifFrame> {
    let unread: Uint8Array | undefined = chunk;
    while (unread !== undefined) {
      if (this.#reader === undefined) {
        unread = this.#findHeader(unread);
        if (unread === undefined) return;
        this.#reader = this.#newReader();
      }
      this.#reader.push(unread);
      unread = yield* this.#pull(this.#reader);
    }
  }

  *end(): Generator<GifFrame> {
    this.#reader?.end();
    if (this.#reader !== undefined) yield* this.#pull(this.#reader);
  }

  /** Gives the frames that are there, then what follows if the GIF ended. */
  *#pull(reader: FrameReader): Generator<GifFrame, Uint8Array | undefined> {
    let broken = false;
    try {
      for (let f = reader.next(); f !== undefined; f = reader.next()) yield f;
    } catch (error) {
      if (!(error instanceof GifError)) throw error;
      this.#options.onWarning?.(error.message);
      broken = true;
    }
    if (!broken && !reader.done) return undefined;
    this.#reader = undefined;
    // Without what is broken, or it would be found again.
    return reader.rest.subarray(broken ? 1 : 0);
  }

  #findHeader(bytes: Uint8Array): Uint8Array | undefined {
    const joined = this.#tail.length > 0 ? concat([this.#tail, bytes]) : bytes;
    const at = indexOfNeedle(joined, SIGNATURE);
    this.#tail = at < 0
      ? joined.slice(1 - SIGNATURE.length)
      : new Uint8Array(0);
    return at < 0 ? undefined : joined.subarray(at);
  }

  #newReader(): FrameReader {
    return new FrameReader({ maxFrameBytes: this.#options.maxFrameBytes });
  }
}
