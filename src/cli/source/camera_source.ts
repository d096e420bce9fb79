import type { FolderFrame } from "../../encoding/file_frame.ts";
import type { SourcePicture } from "../../encoding/frame_source.ts";
import { givesJpegs } from "../../source/ffmpeg/ffmpeg_arguments.ts";
import { ffmpegJpegs } from "../../source/ffmpeg/ffmpeg_frames.ts";
import { Loss } from "../../source/no_signal.ts";
import { RateLimit } from "../../timing/rate_limit.ts";
import { handedOn } from "./handed_on.ts";
import type { Frames, SourceContext } from "./source_context.ts";
import type { SourceOptions } from "./source_messages.ts";

/** True if an input is a camera whose JPEGs ffmpeg need not decode. */
export function isJpegCamera(
  input: string,
  { filter, inputArguments }: SourceOptions,
): boolean {
  return /^(\/dev\/video|v4l2:)/.test(input) && filter === undefined &&
    givesJpegs(inputArguments);
}

/** A web camera that gives JPEGs, which go on as they are. */
export class CameraSource implements Frames {
  readonly #input: string;
  readonly #context: SourceContext;
  /** Frames that were dropped so far. */
  readonly stats: { dropped: number } = { dropped: 0 };

  /** Makes a source, which starts nothing before it is iterated. */
  constructor(input: string, context: SourceContext) {
    this.#input = input;
    this.#context = context;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<SourcePicture, void> {
    const { options, events } = this.#context;
    const stop = new AbortController();
    const signal = AbortSignal.any([this.#context.signal, stop.signal]);
    const onDrop = (frames: number) => void (this.stats.dropped += frames);
    const loss = new Loss();
    const { inputArguments, framesPerSecond } = options;
    const jpegs = ffmpegJpegs(this.#input, {
      ...events,
      onLost: loss.note,
      inputArguments,
      onDrop,
      signal,
    });
    try {
      const limited = notTooSoon(jpegs, new RateLimit(framesPerSecond), onDrop);
      yield* handedOn(limited, this.#context, {
        loss,
        onDrop,
        onLeave: () => stop.abort(),
        signal,
      });
    } finally {
      stop.abort();
    }
  }
}

async function* notTooSoon(
  frames: AsyncIterable<FolderFrame>,
  limit: RateLimit,
  onDrop: (frames: number) => void,
): AsyncGenerator<FolderFrame, void> {
  for await (const frame of frames) {
    if (limit.takes()) yield frame;
    else onDrop(1);
  }
}
