import { PictureError, pictureFormat } from "../image/image_file.ts";
import { PictureDecoder } from "../image/picture_decoder.ts";
import type { PictureSize } from "../image/scale_pixels.ts";
import { EncodedFrames, type EncodedFramesOptions } from "./encoded_frames.ts";
import type { SourcePart } from "./frame_source.ts";
import type { PixelFrame } from "./pixel_frame.ts";
import { stoppable } from "./stoppable.ts";

/** Options of {@linkcode PictureFeed}. */
export interface PictureFeedOptions {
  /** How pictures are encoded as GIF. */
  encoding: EncodedFramesOptions;
  /** The size that viewers see; without it that of the pictures. */
  size: PictureSize;
  /** Takes each part. */
  onPart: (part: SourcePart) => void;
  /** Told what makes it useless, if something does. */
  onError: (error: unknown) => void;
}

/** A picture on its way to the decoder. */
interface Waiting {
  file: Uint8Array;
  timestampMilliseconds: number;
  done: PromiseWithResolvers<void>;
}

/** Pictures that wait for the decoder. */
const MAX_WAITING = 2;

/**
 * Makes parts of a GIF of JPEG and PNG files, each the change from the one
 * before, in threads of its own. Where files come faster than that goes, the
 * oldest are passed over.
 */
export class PictureFeed {
  readonly #options: PictureFeedOptions;
  readonly #decoder: PictureDecoder;
  readonly #waiting: Waiting[] = [];
  readonly #finished: Promise<void>;
  #wake: () => void = () => {};
  #closed = false;

  constructor(options: PictureFeedOptions) {
    this.#options = options;
    this.#decoder = new PictureDecoder(options.size);
    this.#finished = this.#run();
  }

  /** Whether it takes no more. */
  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Takes a file.
   *
   * @returns Fulfilled when it was decoded, or passed over for a newer one.
   * @throws {PictureError} If it cannot be shown.
   */
  push(file: Uint8Array, timestampMilliseconds: number): Promise<void> {
    const done = Promise.withResolvers<void>();
    this.#waiting.push({ file, timestampMilliseconds, done });
    if (this.#waiting.length > MAX_WAITING) {
      this.#waiting.shift()!.done.resolve();
    }
    this.#wake();
    return done.promise;
  }

  /** Takes and gives no more; fulfilled when its threads have ended. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#decoder.close();
    for (const { done } of this.#waiting.splice(0)) done.resolve();
    this.#wake();
    await this.#finished;
  }

  async #run(): Promise<void> {
    const { encoding, onPart, onError } = this.#options;
    try {
      const pictures = stoppable((signal) => this.#decoded(signal));
      for await (const part of new EncodedFrames(pictures, encoding)) {
        if (this.#closed) return;
        onPart(part);
      }
    } catch (error) {
      if (this.#closed) return;
      onError(error);
      this.#closed = true;
      this.#decoder.close();
      for (const { done } of this.#waiting.splice(0)) done.reject(error);
    }
  }

  async *#decoded(signal: AbortSignal): AsyncGenerator<PixelFrame, void> {
    signal.addEventListener("abort", () => this.#wake());
    while (!this.#closed && !signal.aborted) {
      const next = this.#waiting.shift();
      if (next === undefined) {
        await new Promise<void>((resolve) => this.#wake = resolve);
        continue;
      }
      const frame = await this.#decode(next);
      if (frame !== undefined) yield frame;
    }
  }

  async #decode(
    { file, timestampMilliseconds, done }: Waiting,
  ): Promise<PixelFrame | undefined> {
    try {
      const pixels = await this.#decoder.decode(file);
      done.resolve();
      return { ...pixels, timestampMilliseconds, ...this.#original(file) };
    } catch (error) {
      if (this.#closed) done.resolve();
      else done.reject(error);
      if (this.#closed || error instanceof PictureError) return undefined;
      throw error;
    }
  }

  /** The file for viewers who want JPEG, if it is what the others see. */
  #original(jpeg: Uint8Array): { jpeg?: Uint8Array } {
    const { width, height } = this.#options.size;
    const isOwnSize = width === undefined && height === undefined;
    return isOwnSize && pictureFormat(jpeg) === "JPEG" ? { jpeg } : {};
  }
}
