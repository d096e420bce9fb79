import { GifError } from "../gif/gif_error.ts";
import { PictureError } from "../image/image_file.ts";
import { PictureDecoder } from "../image/picture_decoder.ts";
import { keepsPictures, type PictureSize } from "../image/scale_pixels.ts";
import type { EncodedFramesOptions } from "./encoded_frames.ts";
import { EncodedPictures } from "./encoded_pictures.ts";
import type {
  DrawnPicture,
  EncodedPicture,
  FolderFrame,
} from "./file_frame.ts";
import type { JpegTaker, SourcePicture } from "./frame_source.ts";
import { handOnJpegs, type RunFrame } from "./hand_on_jpegs.ts";
import { changesLook, DrawnGifs } from "./drawn_gifs.ts";
import { stoppable } from "./stoppable.ts";

/** A picture that is encoded, or passed on. */
type RunItem = RunFrame | DrawnPicture;

/** Options of {@linkcode encodePictures}. */
export interface EncodePicturesOptions {
  /** The size that pictures are scaled to. */
  size: PictureSize;
  /**
   * Scales frames of a GIF, too.
   *
   * @default {false} they stay as they are
   */
  scalesGifs?: boolean;
  /** Options of the encoder. */
  encoding: EncodedFramesOptions;
  /** Called for a picture that cannot be decoded. */
  onError: (name: string | undefined, error: unknown) => void;
  /**
   * Takes JPEGs that are not to be scaled, as they come.
   *
   * @default {undefined} every picture is encoded
   */
  jpegs?: JpegTaker;
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
    return encodeRuns(handOn(frames, options), decoder, options);
  });
}

/** The frames that are to be encoded. */
function handOn(
  frames: AsyncIterable<FolderFrame>,
  options: EncodePicturesOptions,
): AsyncIterable<RunItem> {
  const { jpegs, size, scalesGifs = false, onError } = options;
  if (changesLook(size) || scalesGifs && !keepsPictures(size)) {
    return drawGifsOf(frames, options);
  }
  if (jpegs === undefined || !keepsPictures(size)) return frames;
  return handOnJpegs(frames, jpegs, onError);
}

/** The same, with GIF frames as pixels, to be turned or drawn into. */
async function* drawGifsOf(
  frames: AsyncIterable<FolderFrame>,
  { size, scalesGifs, onError }: EncodePicturesOptions,
): AsyncGenerator<RunItem, void> {
  const gifs = new DrawnGifs(size, scalesGifs ? size : undefined);
  for await (const frame of frames) {
    try {
      yield "frame" in frame ? { drawn: gifs.draw(frame) } : frame;
    } catch (error) {
      if (!(error instanceof GifError)) throw error;
      onError(frame.name, error);
    }
  }
}

async function* encodeRuns(
  frames: AsyncIterable<RunItem>,
  decoder: PictureDecoder,
  options: EncodePicturesOptions,
): AsyncGenerator<SourcePicture, void> {
  const iterator = frames[Symbol.asyncIterator]();
  try {
    let next = await iterator.next();
    while (!next.done) {
      const { value } = next;
      if (!isPicture(value)) {
        if ("frame" in value) yield value;
        next = await iterator.next();
        continue;
      }
      const run = new PictureRun(iterator, value);
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

/** True for what the encoder takes. */
function isPicture(frame: RunItem): frame is EncodedPicture | DrawnPicture {
  return "picture" in frame || "drawn" in frame;
}

/** Pictures that follow each other, up to the next GIF frame or pause. */
class PictureRun {
  /** The frame after the last picture. */
  next: IteratorResult<RunItem, void>;
  readonly #iterator: AsyncIterator<RunItem, void>;

  constructor(
    iterator: AsyncIterator<RunItem, void>,
    first: EncodedPicture | DrawnPicture,
  ) {
    this.next = { done: false, value: first };
    this.#iterator = iterator;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<
    EncodedPicture | DrawnPicture,
    void
  > {
    while (!this.next.done && isPicture(this.next.value)) {
      yield this.next.value;
      this.next = await this.#iterator.next();
    }
  }
}
