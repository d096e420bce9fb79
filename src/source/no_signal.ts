import type { PixelFrame } from "../encoding/pixel_frame.ts";
import { stoppable } from "../encoding/stoppable.ts";
import { Rhythm } from "../timing/rhythm.ts";
import { drawNoSignal } from "./no_signal_picture.ts";

/** Options of {@linkcode withNoSignal}. */
export interface NoSignalOptions {
  /**
   * Milliseconds without a picture after which the source counts as away;
   * never less than two and a half of the longest intervals of late.
   *
   * @default {3000}
   */
  afterMilliseconds?: number;
  /**
   * Milliseconds to wait for the second picture, while the rhythm of the
   * pictures is not known; never less than `afterMilliseconds`.
   *
   * @default {75000}
   */
  secondAfterMilliseconds?: number;
  /**
   * Tells that the source is away for a known reason: then
   * `afterMilliseconds` count, whatever the rhythm was.
   *
   * @default {undefined} nothing is known
   */
  loss?: Loss;
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

/** Tells that a source is away. */
export class Loss {
  #listener: () => void = () => {};

  /** The source is away, until its next picture. */
  readonly note = (): void => this.#listener();

  /** Sets who is told. */
  follow(listener: () => void): void {
    this.#listener = listener;
  }
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
  const {
    afterMilliseconds = 3000,
    secondAfterMilliseconds = 75_000,
    intervalMilliseconds = 1000,
    loss,
    signal,
  } = options;
  const iterator = pictures[Symbol.asyncIterator]();
  const rhythm = new Rhythm();
  let last: PixelFrame | undefined;
  let lastAt = 0, wait = Infinity, isLost = false;
  let present: boolean | undefined;
  let wake = () => {};
  const tell = (now: boolean) => {
    if (now !== present) options.onSignal?.(now);
    present = now;
  };
  loss?.follow(() => {
    isLost = true;
    rhythm.interrupt();
    wake();
  });
  try {
    let next = iterator.next();
    while (!signal.aborted) {
      if (isLost && present) {
        wait = Math.max(0, lastAt + afterMilliseconds - performance.now());
      }
      const woken = new Promise<"woken">((resolve) => {
        wake = () => resolve("woken");
      });
      const result = await firstOf(next, wait, signal, woken);
      if (result === "aborted") return;
      if (result === "woken") continue;
      if (result === "late") {
        tell(false);
        yield drawNoSignal(last!, Date.now());
        wait = intervalMilliseconds;
        continue;
      }
      if (result.done) return;
      // Copied, since the consumer takes over the buffer of a picture.
      last = { ...result.value, pixels: result.value.pixels.slice() };
      isLost = false;
      lastAt = performance.now();
      rhythm.note(lastAt);
      wait = rhythm.isKnown
        ? rhythm.lateAfter(afterMilliseconds)
        : Math.max(afterMilliseconds, secondAfterMilliseconds);
      tell(true);
      yield result.value;
      next = iterator.next();
    }
  } finally {
    await iterator.return?.();
  }
}

type Arrival = IteratorResult<PixelFrame> | "late" | "aborted" | "woken";

/** Waits for the result, the time or a signal, whichever comes first. */
async function firstOf(
  result: Promise<IteratorResult<PixelFrame>>,
  milliseconds: number,
  signal: AbortSignal,
  woken: Promise<"woken">,
): Promise<Arrival> {
  const { promise, resolve } = Promise.withResolvers<Arrival>();
  const timer = milliseconds === Infinity
    ? undefined
    : setTimeout(() => resolve("late"), milliseconds);
  const abort = () => resolve("aborted");
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await Promise.race([result, promise, woken]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
  }
}
