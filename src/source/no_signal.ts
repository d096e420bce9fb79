import type { PixelFrame } from "../encoding/pixel_frame.ts";
import { stoppable } from "../encoding/stoppable.ts";
import { drawNoSignal } from "./no_signal_picture.ts";

/** Options of {@linkcode withNoSignal}. */
export interface NoSignalOptions {
  /**
   * Milliseconds without a picture after which the source counts as away.
   *
   * @default {3000}
   */
  afterMilliseconds?: number;
  /**
   * Milliseconds between two "no signal" pictures.
   *
   * @default {1000}
   */
  intervalMilliseconds?: number;
  /**
   * Called at the first picture and at each change; true while pictures come.
   */
  onSignal?: (present: boolean) => void;
  /** Ends the pictures. */
  signal?: AbortSignal;
}

/**
 * The same pictures. While none come, the last one is shown, dimmed, with "no
 * signal" and the time since. Before the first picture nothing is shown.
 *
 * @param pictures The pictures.
 * @param options How long to wait for the next picture.
 *
 * @example
 * ```ts
 * import { ffmpegFrames, withNoSignal } from "@x/gifstream";
 *
 * const pictures = withNoSignal(ffmpegFrames("rtmp://127.0.0.1/live/camera"));
 * await pictures.return(); // or: for await (const picture of pictures) ...
 * ```
 */
export function withNoSignal(
  pictures: AsyncIterable<PixelFrame>,
  options: NoSignalOptions = {},
): AsyncGenerator<PixelFrame, void> {
  return stoppable(
    (signal) => fillGaps(pictures, { ...options, signal }),
    options.signal,
  );
}

async function* fillGaps(
  pictures: AsyncIterable<PixelFrame>,
  options: NoSignalOptions & { signal: AbortSignal },
): AsyncGenerator<PixelFrame, void> {
  const { afterMilliseconds = 3000, intervalMilliseconds = 1000, signal } =
    options;
  const iterator = pictures[Symbol.asyncIterator]();
  let last: PixelFrame | undefined;
  let wait = Infinity;
  let present: boolean | undefined;
  const tell = (now: boolean) => {
    if (now !== present) options.onSignal?.(now);
    present = now;
  };
  try {
    let next = iterator.next();
    while (!signal.aborted) {
      const result = await resultOrTime(next, wait, signal);
      if (result === "aborted") return;
      if (result === "late") {
        tell(false);
        yield drawNoSignal(last!, Date.now());
        wait = intervalMilliseconds;
        continue;
      }
      if (result.done) return;
      // Copied, since the consumer takes over the buffer of a picture.
      last = { ...result.value, pixels: result.value.pixels.slice() };
      wait = afterMilliseconds;
      tell(true);
      yield result.value;
      next = iterator.next();
    }
  } finally {
    await iterator.return?.();
  }
}

type Arrival = IteratorResult<PixelFrame> | "late" | "aborted";

/** Waits for the result, the time or the signal, whichever comes first. */
async function resultOrTime(
  result: Promise<IteratorResult<PixelFrame>>,
  milliseconds: number,
  signal: AbortSignal,
): Promise<Arrival> {
  const { promise, resolve } = Promise.withResolvers<Arrival>();
  const timer = milliseconds === Infinity
    ? undefined
    : setTimeout(() => resolve("late"), milliseconds);
  const abort = () => resolve("aborted");
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await Promise.race([result, promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
  }
}
