import { PictureError, requirePictureFormat } from "../image/image_file.ts";
import { PictureDecoder } from "../image/picture_decoder.ts";
import type { PictureSize } from "../image/scale_pixels.ts";
import type { EncodedFramesOptions } from "./encoded_frames.ts";
import { EncodedPictures } from "./encoded_pictures.ts";
import type { DrawnPicture, EncodedPicture } from "./file_frame.ts";
import type { SourcePart } from "./frame_source.ts";
import { NewestQueue } from "./newest_queue.ts";
import type { PixelFrame } from "./pixel_frame.ts";

/** Options of {@linkcode PictureEncoder}. */
export interface PictureEncoderOptions {
  /** Options of the encoder. */
  encoding: EncodedFramesOptions;
  /** The size that viewers see; by default that of the pictures. */
  size: PictureSize;
  /** Takes each part. */
  onPart: (part: SourcePart) => void;
  /** Called with the error that ends the encoder, if one does. */
  onError: (error: unknown) => void;
}

/** Tells the sender what has become of a picture. */
interface Sent {
  done: PromiseWithResolvers<string | undefined>;
}

/** A picture on its way to the decoder. */
type SentPicture = EncodedPicture & Sent;
/** A picture on its way to the encoder. */
type SentPixels = DrawnPicture & Sent;

/** Pictures that wait for the decoder. */
const MAX_WAITING = 2;

/**
 * Makes parts of a GIF of the JPEG and PNG files that are pushed into it. If
 * files come too fast, the oldest are dropped.
 */
export class PictureEncoder {
  readonly #options: PictureEncoderOptions;
  readonly #decoder: PictureDecoder;
  readonly #queue: NewestQueue<SentPicture | SentPixels>;
  /** Pictures that may still turn out to be broken. */
  readonly #open = new Set<Sent>();
  readonly #finished: Promise<void>;
  #closed = false;

  constructor(options: PictureEncoderOptions) {
    this.#options = options;
    this.#decoder = new PictureDecoder(options.size);
    this.#queue = new NewestQueue({
      maxItems: MAX_WAITING,
      onDrop: (_, dropped) => {
        for (const picture of dropped) this.#settle(picture);
      },
    });
    this.#finished = this.#run();
  }

  /** True once it takes no more files. */
  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Takes a file.
   *
   * @param bytes The file. The encoder takes its buffer over.
   * @param timestampMilliseconds The time when it was complete.
   * @param handedOn True if viewers of JPEG have it already.
   * @returns Fulfilled when the file was decoded, with what is wrong with it,
   * if anything; or when it was dropped for a newer one.
   * @throws {PictureError} If it cannot be shown.
   */
  async push(
    bytes: Uint8Array<ArrayBuffer>,
    timestampMilliseconds: number,
    handedOn: boolean = false,
  ): Promise<string | undefined> {
    const picture = { format: requirePictureFormat(bytes), bytes };
    const done = Promise.withResolvers<string | undefined>();
    return await this.#send({ picture, timestampMilliseconds, handedOn, done });
  }

  /**
   * Takes a picture that needs no decoding.
   *
   * @param drawn The picture. The encoder takes its buffer over.
   * @returns Fulfilled when it is encoded, or was dropped for a newer one.
   */
  async pushDrawn(drawn: PixelFrame): Promise<string | undefined> {
    const done = Promise.withResolvers<string | undefined>();
    return await this.#send({ drawn, done });
  }

  /** Takes and gives no more; fulfilled when the threads have ended. */
  async close(): Promise<void> {
    this.#end();
    for (const picture of this.#open) this.#settle(picture);
    await this.#finished;
  }

  #send(sent: SentPicture | SentPixels): Promise<string | undefined> {
    this.#open.add(sent);
    this.#queue.push(sent);
    return sent.done.promise;
  }

  #end(): void {
    this.#closed = true;
    this.#decoder.close();
    this.#queue.close();
  }

  /** Settles the promise of the sender of a picture. */
  #settle(
    picture: Sent,
    failure?: { error: unknown },
    damage?: string,
  ): void {
    this.#open.delete(picture);
    if (failure === undefined) picture.done.resolve(damage);
    else picture.done.reject(failure.error);
  }

  async #run(): Promise<void> {
    try {
      for await (const part of this.#parts()) {
        if (this.#closed) return;
        this.#options.onPart(part);
      }
    } catch (error) {
      if (this.#closed) return;
      this.#options.onError(error);
      this.#end();
      for (const picture of this.#open) this.#settle(picture, { error });
    }
  }

  async *#pictures(): AsyncGenerator<SentPicture | SentPixels, void> {
    for await (const picture of this.#queue) {
      yield picture;
      if ("drawn" in picture) this.#settle(picture);
    }
  }

  #parts(): EncodedPictures<SentPicture> {
    const { size, encoding } = this.#options;
    return new EncodedPictures<SentPicture>(this.#pictures(), {
      decoder: this.#decoder,
      size,
      encoding,
      onDecoded: (picture, damage) => this.#settle(picture, undefined, damage),
      onError: (picture, error) => {
        this.#settle(picture, { error });
        if (!(error instanceof PictureError)) throw error;
      },
      onLeave: () => this.#queue.close(),
    });
  }
}
