import { PictureError } from "../image/image_file.ts";
import { PictureDecoder } from "../image/picture_decoder.ts";
import type { PictureSize } from "../image/scale_pixels.ts";
import { EncodedFrames, type EncodedFramesOptions } from "./encoded_frames.ts";
import type { FolderFrame, FolderPicture } from "./file_frame.ts";
import type { SourcePicture } from "./frame_source.ts";
import type { PixelFrame } from "./pixel_frame.ts";
import { stoppable } from "./stoppable.ts";

/** Options of {@linkcode encodePictures}. */
export interface EncodePicturesOptions {
  /** The size that pictures are scaled to; GIF frames stay as they are. */
  size: PictureSize;
  /** How pictures are encoded. */
  encoding: EncodedFramesOptions;
  /** Called for a picture that cannot be decoded. */
  onError: (name: string | undefined, error: unknown) => void;
  /** Called when it is left, so that the frames can be made to end. */
  onLeave: () => void;
}

/**
 * The same frames, pictures among them decoded and encoded as GIF, in threads
 * of their own that begin with the first picture. After a GIF frame encoding
 * begins anew: viewers see something else than the encoder knows of.
 *
 * @param frames They must end soon after `onLeave` was called.
 */
export function encodePictures(
  frames: AsyncIterable<FolderFrame>,
  options: EncodePicturesOptions,
): AsyncGenerator<SourcePicture, void> {
  return stoppable((signal) => {
    const decoder = new PictureDecoder(options.size);
    signal.addEventListener("abort", () => {
      options.onLeave();
      decoder.close();
    });
    return encodeRuns(frames, decoder, options);
  });
}

async function* encodeRuns(
  frames: AsyncIterable<FolderFrame>,
  decoder: PictureDecoder,
  options: EncodePicturesOptions,
): AsyncGenerator<SourcePicture, void> {
  const iterator = frames[Symbol.asyncIterator]();
  try {
    let next = await iterator.next();
    while (!next.done) {
      if ("frame" in next.value) {
        yield next.value;
        next = await iterator.next();
        continue;
      }
      const run = new PictureRun(iterator, next.value, decoder, options);
      const pictures = run.pictures(), first = await pictures.next();
      if (!first.done) {
        const all = startingWith(first.value, pictures);
        yield* new EncodedFrames(all, options.encoding);
      }
      next = run.next;
    }
  } finally {
    decoder.close();
    await iterator.return?.();
  }
}

async function* startingWith<T>(
  first: T,
  rest: AsyncIterable<T>,
): AsyncGenerator<T, void> {
  yield first;
  yield* rest;
}

/** Pictures that follow each other, up to the next GIF frame. */
class PictureRun {
  /** What came behind the last picture. */
  next: IteratorResult<FolderFrame, void>;
  readonly #iterator: AsyncIterator<FolderFrame, void>;
  readonly #decoder: PictureDecoder;
  readonly #options: EncodePicturesOptions;

  constructor(
    iterator: AsyncIterator<FolderFrame, void>,
    first: FolderPicture,
    decoder: PictureDecoder,
    options: EncodePicturesOptions,
  ) {
    this.next = { done: false, value: first };
    this.#iterator = iterator;
    this.#decoder = decoder;
    this.#options = options;
  }

  async *pictures(): AsyncGenerator<PixelFrame, void> {
    while (!this.next.done && "picture" in this.next.value) {
      const decoded = await this.#decode(this.next.value);
      if (decoded !== undefined) yield decoded;
      this.next = await this.#iterator.next();
    }
  }

  /** Undefined: that is not possible. */
  async #decode(given: FolderPicture): Promise<PixelFrame | undefined> {
    const { picture: { format, bytes }, name, timestampMilliseconds } = given;
    const { width, height } = this.#options.size;
    const asItIs = width === undefined && height === undefined;
    try {
      return {
        ...await this.#decoder.decode(bytes),
        name,
        timestampMilliseconds,
        jpeg: format === "JPEG" && asItIs ? bytes : undefined,
      };
    } catch (error) {
      if (this.#decoder.closed) return undefined;
      this.#options.onError(name, error);
      if (!(error instanceof PictureError)) {
        this.#options.encoding.onFault?.("worker", error);
      }
      return undefined;
    }
  }
}
