import type { SourceEvents, SourceFrame } from "../encoding/frame_source.ts";
import { FrameReader } from "../gif/read/frame_reader.ts";
import { MIN_DELAY_CENTISECONDS } from "../gif/spec.ts";
import { Pace } from "../timing/pace.ts";
import { pause } from "../timing/pause.ts";
import { byteStreamFrames } from "./byte_stream_frames.ts";

/** Options of {@linkcode clipFrames}. */
export interface ClipOptions extends SourceEvents {
  /**
   * Whether to begin again after the last frame.
   *
   * @default {false}
   */
  loop?: boolean;
  /** Ends it. */
  signal?: AbortSignal;
}

/** How long browsers show a frame that asks for less than they honor. */
const DEFAULT_DELAY_CENTISECONDS = 10;
/** So far behind its times it may be, and is faster for a while. */
const CATCH_UP_MILLISECONDS = 1000;

/**
 * The frames of a finished animated GIF, each at the time that the delays
 * before it give it. Nothing of one round is seen in the next.
 *
 * @param path The file. It is read as it plays, again for each round.
 * @param options Whether to loop, and what ends it.
 * @throws {Deno.errors.NotFound} If there is no such file.
 */
export async function* clipFrames(
  path: string,
  options: ClipOptions = {},
): AsyncGenerator<SourceFrame> {
  const { loop = false, signal, onWarning } = options;
  const pace = new Pace();
  let empty: boolean;
  do {
    empty = true;
    const file = await Deno.open(path);
    for await (const given of byteStreamFrames(file.readable, { onWarning })) {
      await pause(pace.wait(), signal);
      if (signal?.aborted) return;
      empty = false;
      const now = performance.now();
      pace.step(10 * delayOf(given), now, CATCH_UP_MILLISECONDS);
      yield { ...given, timestampMilliseconds: Date.now() };
    }
    await pause(pace.wait(), signal);
  } while (loop && !empty && !signal?.aborted);
}

/**
 * Whether a file is a GIF with its last byte, or is yet to be written on.
 *
 * @param path The file, of which all is read.
 * @throws {GifError} If it is no GIF.
 */
export async function isFinishedGif(path: string): Promise<boolean> {
  const file = await Deno.open(path);
  const reader = new FrameReader();
  for await (const chunk of file.readable) {
    reader.push(chunk);
    while (reader.next() !== undefined);
    if (reader.done) return true;
  }
  return false;
}

function delayOf({ frame }: SourceFrame): number {
  const delay = frame.graphicControl?.delayCentiseconds ?? 0;
  return delay < MIN_DELAY_CENTISECONDS ? DEFAULT_DELAY_CENTISECONDS : delay;
}
