import type { SourcePicture } from "../../encoding/frame_source.ts";
import { HttpFrames } from "../../source/http/http_frames.ts";
import { Loss } from "../../source/no_signal.ts";
import { handedOn } from "./handed_on.ts";
import type { Frames, SourceContext } from "./source_context.ts";
import type { SourceOptions } from "./source_messages.ts";

/** Addresses of HTTP. */
const ADDRESS = /^https?:\/\//i;
/**
 * Time without a picture after which viewers are told, though the connection
 * stands: cameras and relays send one that has not changed every 5 s.
 */
const SILENCE_MILLISECONDS = 6000;
/** Files that only ffmpeg plays, and playlists. */
const VIDEO_FILE =
  /\.(mp4|m4v|mov|mkv|webm|avi|ts|mpe?g|flv|ogv|wmv|apng|m3u8|mpd)$/i;

/** True if gifstream reads an input itself, as long as it finds pictures. */
export function readsItself(
  input: string,
  { filter, inputArguments }: SourceOptions,
): boolean {
  return ADDRESS.test(input) &&
    !VIDEO_FILE.test(input.replace(/[?#].*$/s, "")) &&
    filter === undefined && inputArguments.length === 0;
}

/** An address of HTTP: pictures are read as they come, all else by ffmpeg. */
export class AddressSource implements Frames {
  readonly #input: string;
  readonly #context: SourceContext;
  readonly #playVideo: () => Frames;
  #dropped = 0;
  #video: Frames | undefined;

  /**
   * Makes a source, which asks for nothing before it is iterated.
   *
   * @param playVideo Plays the address by ffmpeg.
   */
  constructor(
    input: string,
    context: SourceContext,
    playVideo: () => Frames,
  ) {
    this.#input = input;
    this.#context = context;
    this.#playVideo = playVideo;
  }

  /** Frames that were dropped so far. */
  get stats(): { dropped: number } {
    const { dropped = 0 } = this.#video?.stats ?? {};
    return { dropped: this.#dropped + dropped };
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<SourcePicture, void> {
    const { options, events, channelId } = this.#context;
    const { framesPerSecond, loop } = options;
    const stop = new AbortController();
    const signal = AbortSignal.any([this.#context.signal, stop.signal]);
    const onDrop = (frames: number) => void (this.#dropped += frames);
    try {
      const loss = new Loss();
      const frames = new HttpFrames(this.#input, {
        ...events,
        framesPerSecond,
        loop,
        channelId,
        onDrop,
        onLost: loss.note,
        signal,
      });
      const first = await frames.open();
      if (first !== undefined) {
        yield* handedOn(frames.frames(first), this.#context, {
          silenceMilliseconds: SILENCE_MILLISECONDS,
          hasRhythm: () => frames.hasRhythm,
          loss,
          onDrop,
          onLeave: () => stop.abort(),
          signal,
        });
      } else if (!signal.aborted) {
        this.#video = this.#playVideo();
        yield* this.#video;
      }
    } finally {
      stop.abort();
    }
  }
}
