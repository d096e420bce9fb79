import type { PictureDecoder } from "../image/picture_decoder.ts";
import { keepsPictures, type PictureSize } from "../image/scale_pixels.ts";
import { drawTimestamp } from "../image/draw_timestamp.ts";
import { startingWith } from "../system/starting_with.ts";
import { EncodedFrames, type EncodedFramesOptions } from "./encoded_frames.ts";
import type { DrawnPicture, EncodedPicture } from "./file_frame.ts";
import type { SourcePart } from "./frame_source.ts";
import type { PixelFrame } from "./pixel_frame.ts";
import { stoppable } from "./stoppable.ts";

/** Options of {@linkcode EncodedPictures}. */
export interface EncodedPicturesOptions<Picture> {
  /** Decodes the files, to the size that viewers see. */
  decoder: PictureDecoder;
  /** The size that viewers see; by default that of the pictures. */
  size: PictureSize;
  /** Options of the encoder. */
  encoding: EncodedFramesOptions;
  /** Called for each decoded picture, and what is wrong with it, if anything. */
  onDecoded?: (picture: Picture, damage: string | undefined) => void;
  /**
   * Called for a picture that cannot be decoded, unless the decoder is closed.
   * The next pictures follow, unless it throws.
   */
  onError: (picture: Picture, error: unknown) => void;
  /** Called when the iteration is left early: the pictures must end then. */
  onLeave: () => void;
}

/**
 * JPEG and PNG files as parts of a GIF, each the change from the file before,
 * in threads of their own. The first decoded file starts the encoder.
 */
export class EncodedPictures<Picture extends EncodedPicture>
  implements AsyncIterable<SourcePart> {
  readonly #pictures: AsyncIterable<Picture | DrawnPicture>;
  readonly #options: EncodedPicturesOptions<Picture>;
  #ended = false;

  /**
   * Makes an iterable, which reads nothing before it is iterated.
   *
   * @param pictures The files.
   * @param options Options of decoder and encoder.
   */
  constructor(
    pictures: AsyncIterable<Picture | DrawnPicture>,
    options: EncodedPicturesOptions<Picture>,
  ) {
    this.#pictures = pictures;
    this.#options = options;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<SourcePart, void> {
    const decoded = this.#decoded(), first = await decoded.next();
    if (first.done) return;
    const all = stoppable((signal) => {
      signal.addEventListener("abort", () => {
        if (!this.#ended) this.#options.onLeave();
      });
      return startingWith(first.value, decoded);
    });
    yield* new EncodedFrames(all, this.#options.encoding);
  }

  async *#decoded(): AsyncGenerator<PixelFrame, void> {
    for await (const picture of this.#pictures) {
      const decoded = "drawn" in picture
        ? picture.drawn
        : await this.#decode(picture);
      if (decoded !== undefined) yield decoded;
    }
    this.#ended = true;
  }

  /** The pixels; undefined if the file cannot be decoded. */
  async #decode(picture: Picture): Promise<PixelFrame | undefined> {
    const {
      picture: { format, bytes },
      name,
      timestampMilliseconds,
      standsIn,
    } = picture;
    const wasPublished = picture.handedOn;
    const { decoder, size } = this.#options;
    try {
      const { isOwnSize, ...pixels } = await decoder.decode(bytes);
      this.#options.onDecoded?.(picture, pixels.damage);
      const about = { name, timestampMilliseconds, wasPublished, standsIn };
      const asItIs = keepsPictures(size) && isOwnSize;
      if (size.timestamp) drawTimestamp(pixels, timestampMilliseconds);
      if (format !== "JPEG" || !asItIs || wasPublished) {
        return { ...pixels, ...about };
      }
      return { ...pixels, ...about, jpeg: bytes };
    } catch (error) {
      if (!decoder.closed) this.#options.onError(picture, error);
      return undefined;
    }
  }
}
