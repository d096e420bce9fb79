import { PictureError } from "../image/image_file.ts";
import { PictureDecoder } from "../image/picture_decoder.ts";
import type { PictureSize } from "../image/scale_pixels.ts";
import type { EncodedFramesOptions } from "./encoded_frames.ts";
import { EncodedPictures } from "./encoded_pictures.ts";
import type { FolderFrame, FolderPicture } from "./file_frame.ts";
import type { SourcePicture } from "./frame_source.ts";
import { stoppable } from "./stoppable.ts";

/** Options of {@linkcode encodePictures}. */
export interface EncodePicturesOptions {
  /** The size that pictures are scaled to; GIF frames stay as they are. */
  size: PictureSize;
  /** Options of the encoder. */
  encoding: EncodedFramesOptions;
  /** Called for a picture that cannot be decoded. */
  onError: (name: string | undefined, error: unknown) => void;
  /** Called when the iteration is left, so that the frames can be ended. */
  onLeave: () => void;
}

/**
 * The same frames, with JPEG and PNG pictures encoded as parts of a GIF, in
 * threads that the first picture starts. After a GIF frame the encoder
 * restarts, since viewers see a picture that it does not know.
 *
 * @param frames The frames, which must end soon after `onLeave` was called.
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
      const run = new PictureRun(iterator, next.value);
      yield* encodeRun(run, decoder, options);
      next = run.next;
    }
  } finally {
    decoder.close();
    await iterator.return?.();
  }
}

function encodeRun(
  run: PictureRun,
  decoder: PictureDecoder,
  { size, encoding, onError, onLeave }: EncodePicturesOptions,
): AsyncIterable<SourcePicture> {
  return new EncodedPictures(run, {
    decoder,
    size,
    encoding,
    onError: ({ name }, error) => {
      onError(name, error);
      if (error instanceof PictureError) return;
      encoding.onFault?.("worker", error);
    },
    onLeave,
  });
}

/** Pictures that follow each other, up to the next GIF frame. */
class PictureRun {
  /** The frame after the last picture. */
  next: IteratorResult<FolderFrame, void>;
  readonly #iterator: AsyncIterator<FolderFrame, void>;

  constructor(
    iterator: AsyncIterator<FolderFrame, void>,
    first: FolderPicture,
  ) {
    this.next = { done: false, value: first };
    this.#iterator = iterator;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<FolderPicture, void> {
    while (!this.next.done && "picture" in this.next.value) {
      yield this.next.value;
      this.next = await this.#iterator.next();
    }
  }
}
