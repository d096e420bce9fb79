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
  return withStandIns(pictures, {
    ...options,
    // Copied, since the consumer takes over the buffer of a picture.
    keep: (picture) => ({ ...picture, pixels: picture.pixels.slice() }),
    standIn: (last) => Promise.resolve(drawNoSignal(last, Date.now())),
  });
}

/** Options of {@linkcode withStandIns}. */
export interface StandInOptions<Item> extends NoSignalOptions {
  /** Makes what is kept of the newest one. */
  keep: (item: Item) => Item;
  /** Makes what is shown instead of the next one; undefined: nothing. */
  standIn: (last: Item) => Promise<Item | undefined>;
  /**
   * False while a pause says nothing, so that only `loss` does.
   *
   * @default {() => true}
   */
  hasRhythm?: () => boolean;
  /**
   * The least of `afterMilliseconds` where the source is not known to be away.
   *
   * @default {afterMilliseconds}
   */
  silenceMilliseconds?: number;
}

/** As {@linkcode withNoSignal}, for pictures in any form. */
export function withStandIns<Item>(
  items: AsyncIterable<Item>,
  options: StandInOptions<Item>,
): AsyncGenerator<Item, void> {
  return stoppable(
    (signal) => fillGaps(items, { ...options, signal }),
    options.signal,
  );
}

async function* fillGaps<Item>(
  items: AsyncIterable<Item>,
  options: StandInOptions<Item> & { signal: AbortSignal },
): AsyncGenerator<Item, void> {
  const {
    afterMilliseconds = 3000,
    secondAfterMilliseconds = 75_000,
    intervalMilliseconds = 1000,
    keep,
    standIn,
    hasRhythm = () => true,
    silenceMilliseconds = afterMilliseconds,
    loss,
    signal,
  } = options;
  const iterator = items[Symbol.asyncIterator]();
  const rhythm = new Rhythm();
  let last: Item | undefined;
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
        const instead = await standIn(last!);
        if (instead !== undefined) yield instead;
        wait = intervalMilliseconds;
        continue;
      }
      if (result.done) return;
      last = keep(result.value);
      isLost = false;
      lastAt = performance.now();
      rhythm.note(lastAt);
      wait = !hasRhythm()
        ? Infinity
        : rhythm.isKnown
        ? rhythm.lateAfter(silenceMilliseconds)
        : Math.max(silenceMilliseconds, secondAfterMilliseconds);
      tell(true);
      yield result.value;
      next = iterator.next();
    }
  } finally {
    await iterator.return?.();
  }
}

type Arrival<Item> = IteratorResult<Item> | "late" | "aborted" | "woken";

/** Waits for the result, the time or a signal, whichever comes first. */
async function firstOf<Item>(
  result: Promise<IteratorResult<Item>>,
  milliseconds: number,
  signal: AbortSignal,
  woken: Promise<"woken">,
): Promise<Arrival<Item>> {
  const { promise, resolve } = Promise.withResolvers<Arrival<Item>>();
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
