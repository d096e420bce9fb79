import type { SourceEvents, SourceFrame } from "../encoding/frame_source.ts";
import { FrameReader } from "../gif/read/frame_reader.ts";
import { MIN_DELAY_CENTISECONDS } from "../gif/spec.ts";
import { Pace } from "../timing/pace.ts";
import { pause } from "../timing/pause.ts";
import { byteStreamFrames } from "./byte_stream_frames.ts";

/** Options of {@linkcode clipFrames}. */
export interface ClipOptions extends SourceEvents {
  /**
   * Restarts after the last frame.
   *
   * @default {false}
   */
  loop?: boolean;
  /** Ends the clip. */
  signal?: AbortSignal;
}

/** Delay that browsers use where a frame's own is too short for them. */
const DEFAULT_DELAY_CENTISECONDS = 10;
/** Largest lag that is caught up by playing faster. */
const CATCH_UP_MILLISECONDS = 1000;

/**
 * The frames of a finished animated GIF, each after the delays of the frames
 * before it. Each round starts with an empty canvas.
 *
 * @param path The file. It is read while it plays, and once more in each round.
 * @param options Looping, the signal that ends the clip, and listeners.
 * @throws {Deno.errors.NotFound} If the file does not exist.
 */
export function clipFrames(
  path: string,
  options: ClipOptions = {},
): AsyncGenerator<SourceFrame> {
  return pacedFrames(async () => (await Deno.open(path)).readable, options);
}

/**
 * The same for the bytes of a GIF from anywhere.
 *
 * @param open Gives the bytes, once in each round.
 * @param options As of {@linkcode clipFrames}.
 */
export async function* pacedFrames(
  open: () => Promise<ReadableStream<Uint8Array>>,
  options: ClipOptions = {},
): AsyncGenerator<SourceFrame> {
  const { loop = false, signal, onWarning } = options;
  const pace = new Pace();
  let empty: boolean;
  do {
    empty = true;
    for await (const given of byteStreamFrames(await open(), { onWarning })) {
      await pause(pace.wait(), signal);
      if (signal?.aborted) return;
      empty = false;
      const now = performance.now();
      pace.step(shownMilliseconds(given), now, CATCH_UP_MILLISECONDS);
      yield { ...given, timestampMilliseconds: Date.now() };
    }
    await pause(pace.wait(), signal);
  } while (loop && !empty && !signal?.aborted);
}

/**
 * True if a GIF file has its trailer; false if it is still being written.
 *
 * @param path The file. It is read up to the trailer.
 * @throws {GifError} If the file is not a GIF.
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

/** Time for which browsers show a frame. */
export function shownMilliseconds({ frame }: SourceFrame): number {
  const delay = frame.graphicControl?.delayCentiseconds ?? 0;
  return 10 *
    (delay < MIN_DELAY_CENTISECONDS ? DEFAULT_DELAY_CENTISECONDS : delay);
}
