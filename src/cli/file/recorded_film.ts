import type { SourcePicture } from "../../encoding/frame_source.ts";
import { SourceParts } from "../../encoding/source_parts.ts";
import { Canvas } from "../../gif/canvas/canvas.ts";
import { GifError } from "../../gif/gif_error.ts";
import { delayPositions, lastDelay } from "../../gif/read/part_delay.ts";
import { MAX_DELAY_CENTISECONDS } from "../../gif/spec.ts";
import { errorMessage } from "../../system/error_message.ts";
import type { CliOptions } from "../options/options.ts";
import { openSource, readWriter } from "../source/open_source.ts";
import type { RunEvents } from "../source/source_context.ts";
import type { SourceKind } from "../source/source_kind.ts";
import type { SourceOptions } from "../source/source_messages.ts";
import type { FilmPicture } from "./film_picture.ts";

/** Listeners of a recording. */
export interface RecordingEvents {
  onWarning: (message: string) => void;
  onNotice: (message: string) => void;
}

/** Listeners and limits of a recording. */
interface Recording extends RecordingEvents {
  /** True if pictures are shown for no longer than until the next came. */
  isLive: boolean;
  /** Ends it after so long; Infinity: when the source does. */
  seconds: number;
  maxPixels: number;
  signal: AbortSignal;
}

/** Kinds whose pictures come when there is something new to see. */
const LIVE_KINDS: readonly SourceKind[] = ["test", "folder", "picture"];
/** Browsers show shorter ones for that long. */
const LEAST_DELAY = 2, USUAL_DELAY = 10;

/**
 * The pictures of a source that is not a film: as they come, each for as long
 * as its GIF says, or until the next one came, if that is longer.
 *
 * @param signal Ends the recording, which has then all that came before.
 */
export function recordedFilm(
  input: string,
  kind: SourceKind,
  options: CliOptions,
  events: RecordingEvents,
  signal: AbortSignal,
): AsyncGenerator<FilmPicture, void> {
  const end = new AbortController();
  const either = AbortSignal.any([signal, end.signal]);
  const all: RunEvents = {
    ...events,
    onFault: (fault, error) =>
      events.onWarning(`Fault (${fault}): ${errorMessage(error)}`),
    onUnchanged: () => {},
    onSignal: () => {},
    onState: () => {},
    onUpstream: () => {},
    onRefused: (error) => events.onWarning(errorMessage(error)),
    onBegin: () => {},
  };
  // Pictures that are no GIF become one of all colors that it can have.
  const allColors: SourceOptions = {
    ...options,
    quality: 100,
    bitsPerSecond: undefined,
    mode: "balanced",
    dither: "none",
  };
  const context = { options: allColors, events: all, signal: either };
  const frames = kind === "pipe"
    ? readWriter(input, context)
    : openSource(input, kind, context);
  return record(frames, {
    ...events,
    isLive: LIVE_KINDS.includes(kind),
    seconds: options.durationSeconds ?? Infinity,
    maxPixels: options.maxPixels,
    signal: either,
  }, end);
}

async function* record(
  frames: AsyncIterable<SourcePicture>,
  recording: Recording,
  end: AbortController,
): AsyncGenerator<FilmPicture, void> {
  const { isLive, seconds, maxPixels, signal, onWarning } = recording;
  // All are to have the screen of the first one.
  const place = { width: 0, height: 0 };
  const parts = new SourceParts({ delayCentiseconds: "source", place });
  let canvas: Canvas | undefined;
  let left = Math.round(seconds * 100);
  /** The own time of the picture that is shown, and when it came. */
  let own = 0, shownAt = 0;
  /** The rest that rounding has left over. */
  let rest = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function* shownUntil(milliseconds: number): Generator<FilmPicture, void> {
    if (canvas === undefined) return;
    const { pixels, screen } = canvas;
    const wanted = Math.max(own, (milliseconds - shownAt) / 10) + rest;
    let delay = Math.min(left, Math.max(LEAST_DELAY, Math.round(wanted)));
    rest = wanted - delay;
    left -= delay;
    for (; delay > 0; delay -= MAX_DELAY_CENTISECONDS) {
      const delayCentiseconds = Math.min(delay, MAX_DELAY_CENTISECONDS);
      yield { pixels, ...screen, delayCentiseconds };
    }
  }

  try {
    for await (const given of untilAborted(frames, signal)) {
      let part: Uint8Array, screen;
      try {
        const made = parts.of(given);
        part = made.part.bytes;
        screen = made.screen;
      } catch (error) {
        if (!(error instanceof GifError)) throw error;
        onWarning(errorMessage(error));
        continue;
      }
      yield* shownUntil(given.timestampMilliseconds);
      if (left <= 0) return;
      if (canvas === undefined) {
        canvas = new Canvas(screen, { maxPixels });
        timer = timerFor(seconds, end);
      }
      canvas.drawPart(part);
      shownAt = given.timestampMilliseconds;
      own = isLive ? 0 : delayOf(part);
    }
    yield* shownUntil(Date.now());
  } finally {
    clearTimeout(timer);
    end.abort();
  }
}

/** Ends a recording, however few pictures come. */
function timerFor(seconds: number, end: AbortController) {
  if (seconds === Infinity) return undefined;
  return setTimeout(() => end.abort(), seconds * 1000);
}

/** For how long browsers show a part. */
function delayOf(part: Uint8Array): number {
  const delay = lastDelay(part, delayPositions(part));
  return delay < LEAST_DELAY ? USUAL_DELAY : delay;
}

/** All that comes before the signal; a read that nothing can end is left alone. */
async function* untilAborted<T>(
  all: AsyncIterable<T>,
  signal: AbortSignal,
): AsyncGenerator<T, void> {
  const aborted = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener("abort", () => resolve(undefined));
  });
  const iterator = all[Symbol.asyncIterator]();
  for (;;) {
    const next = await Promise.race([iterator.next(), aborted]);
    if (next === undefined || next.done) return;
    yield next.value;
  }
}
