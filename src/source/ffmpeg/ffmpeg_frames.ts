import type { SourceEvents } from "../../encoding/frame_source.ts";
import { NewestQueue } from "../../encoding/newest_queue.ts";
import type { PixelFrame } from "../../encoding/pixel_frame.ts";
import { stoppable } from "../../encoding/stoppable.ts";
import { pause } from "../../timing/pause.ts";
import { SecretWords } from "../secrets/secret_words.ts";
import { shownInput } from "../secrets/shown_input.ts";
import {
  ffmpegArguments,
  type FfmpegInput,
  ffmpegInput,
  type PictureRequest,
} from "./ffmpeg_arguments.ts";
import { type FfmpegEnd, FfmpegProcess } from "./ffmpeg_process.ts";
import { ffmpegMajorVersion } from "./ffmpeg_version.ts";

/** Options of {@linkcode ffmpegFrames}. */
export interface FfmpegOptions extends SourceEvents {
  /**
   * Pictures a second, above 0, up to 50.
   *
   * @default {10}
   */
  framesPerSecond?: number;
  /**
   * Pixels of a row, 1 to 65535. Without a height, that follows from the
   * aspect.
   *
   * @default {undefined} the input's own, 480 at most
   */
  width?: number;
  /**
   * Rows, 1 to 65535; with `width`, black bars fill the rest.
   *
   * @default {undefined} from the width and the aspect
   */
  height?: number;
  /**
   * How to turn pictures, as EXIF numbers orientations: 6 is a quarter to the
   * right, 2 mirrors left and right.
   *
   * @default {1} not at all
   */
  turn?: number;
  /**
   * A filter of ffmpeg's for the pictures, as in `eq=brightness=0.1`, before
   * they are turned and scaled.
   *
   * @default {undefined}
   */
  filter?: string;
  /**
   * Restarts at the end of a file.
   *
   * @default {false}
   */
  loop?: boolean;
  /**
   * Options that ffmpeg opens the input with, one argument each.
   *
   * @default {[]}
   */
  inputArguments?: readonly string[];
  /**
   * Milliseconds without a picture after which ffmpeg is restarted; never less
   * than the time of three pictures.
   *
   * @default {15000}
   */
  stallTimeoutMilliseconds?: number;
  /**
   * Largest number of pixels in a picture.
   *
   * @default {33554432}
   */
  maxPixels?: number;
  /**
   * Called with the number of pictures dropped because they came too fast, each
   * time.
   */
  onDrop?: (frames: number) => void;
  /** Ends ffmpeg and the iteration. */
  signal?: AbortSignal;
}

/** Most pictures that wait to be taken. */
const MAX_WAITING = 2;
const MIN_PAUSE_MILLISECONDS = 250;
const MAX_PAUSE_MILLISECONDS = 10_000;
/** A run longer than this resets the pause before the next start. */
const WELL_MILLISECONDS = 10_000;

/**
 * The pictures of anything that ffmpeg plays: a file, a camera, a screen, an
 * address. ffmpeg must be installed. It runs as long as the iteration, and is
 * restarted if it ends before its input does.
 *
 * @param input A path; an address of http, https, rtmp, rtsp, rtp, srt, tcp
 * or udp; `/dev/video0`; or a format and a name, as `lavfi:testsrc2` or
 * `x11grab::0.0`.
 * @param options Size, rate, limits and listeners.
 * @returns The pictures, at their times. If they come faster than they are
 * taken, the oldest are dropped. The iteration ends with a file that does not
 * loop.
 * @throws {RangeError} If an option is out of range.
 * @throws {Error} While iterating, if ffmpeg is not installed, or a file or a
 * device cannot be played at all; the message ends with ffmpeg's own words.
 * Neither the message nor a warning shows the user, password or query of an
 * address.
 *
 * @example
 * ```ts
 * import { ffmpegFrames } from "@x/gifstream";
 *
 * for await (const frame of ffmpegFrames("lavfi:testsrc2", { width: 64 })) {
 *   console.log(frame.width, frame.height, frame.pixels.length);
 *   break;
 * }
 * ```
 */
export function ffmpegFrames(
  input: string,
  options: FfmpegOptions = {},
): AsyncGenerator<PixelFrame, void> {
  const { framesPerSecond = 10, width, height, turn, filter } = options;
  checkOptions(framesPerSecond, width, height);
  const opened = ffmpegInput(input, options);
  const request = { framesPerSecond, width, height, turn, filter };
  return stoppable(
    (signal) =>
      play(
        new Playing(input, opened, request, { ...options, signal }),
        options,
      ),
    options.signal,
  );
}

async function* play(
  playing: Playing,
  options: FfmpegOptions,
): AsyncGenerator<PixelFrame, void> {
  const queue = new NewestQueue<PixelFrame>({
    maxItems: MAX_WAITING,
    onDrop: options.onDrop,
  });
  const ended = playing.run(queue);
  try {
    for (;;) {
      const frame = await queue.next();
      if (frame === undefined) return;
      yield frame;
    }
  } finally {
    queue.close();
    await ended;
  }
}

/** One input, played by one ffmpeg after another. */
class Playing {
  readonly #name: string;
  readonly #secrets: SecretWords;
  readonly #input: FfmpegInput;
  readonly #request: PictureRequest;
  readonly #options: FfmpegOptions & { signal: AbortSignal };
  readonly #stallMilliseconds: number;
  /** Number of pictures in all runs. */
  #frames = 0;

  constructor(
    name: string,
    input: FfmpegInput,
    request: PictureRequest,
    options: FfmpegOptions & { signal: AbortSignal },
  ) {
    this.#name = shownInput(name);
    this.#secrets = new SecretWords([name], options.inputArguments);
    this.#input = input;
    this.#request = request;
    this.#options = options;
    const { stallTimeoutMilliseconds = 15_000, framesPerSecond = 10 } = options;
    this.#stallMilliseconds = Math.max(
      stallTimeoutMilliseconds,
      3000 / framesPerSecond,
    );
  }

  /** Fills the queue until the input ends or the signal is aborted. */
  async run(queue: NewestQueue<PixelFrame>): Promise<void> {
    const { signal } = this.#options;
    const close = () => queue.close();
    signal.addEventListener("abort", close, { once: true });
    try {
      await this.#playAgainAndAgain(queue);
      queue.end();
    } catch (error) {
      queue.fail(error);
    } finally {
      signal.removeEventListener("abort", close);
    }
  }

  async #playAgainAndAgain(queue: NewestQueue<PixelFrame>): Promise<void> {
    const { signal, onWarning } = this.#options;
    const args = await this.#arguments();
    let rest = MIN_PAUSE_MILLISECONDS;
    while (!signal.aborted) {
      const startedAt = performance.now();
      const { success, reason } = await this.#playOnce(args, queue);
      if (signal.aborted || success && this.#input.finite) return;
      if (this.#frames === 0 && !this.#input.remote) {
        throw new Error(`Cannot play ${this.#name}: ffmpeg: ${reason}`);
      }
      if (performance.now() - startedAt > WELL_MILLISECONDS) {
        rest = MIN_PAUSE_MILLISECONDS;
      }
      await pause(rest, signal);
      rest = Math.min(2 * rest, MAX_PAUSE_MILLISECONDS);
      // Checked only now: at Ctrl-C ffmpeg ends first, which needs no warning.
      if (signal.aborted) return;
      onWarning?.(`${this.#name}: starting ffmpeg again: ${reason}`);
    }
  }

  async #arguments(): Promise<string[]> {
    const majorVersion = this.#input.timeout === "rtsp"
      ? await ffmpegMajorVersion()
      : undefined;
    return ffmpegArguments(this.#input, this.#request, majorVersion);
  }

  async #playOnce(
    args: string[],
    queue: NewestQueue<PixelFrame>,
  ): Promise<FfmpegEnd> {
    const { signal, maxPixels = 2 ** 25 } = this.#options;
    const ffmpeg = new FfmpegProcess(
      args,
      (words) => this.#secrets.hideAll(words),
    );
    const stop = () => ffmpeg.stop();
    signal.addEventListener("abort", stop, { once: true });
    let stallTimer = this.#watchForStall(ffmpeg);
    try {
      for await (const picture of ffmpeg.pictures(maxPixels)) {
        clearTimeout(stallTimer);
        stallTimer = this.#watchForStall(ffmpeg);
        this.#frames++;
        queue.push({ ...picture, timestampMilliseconds: Date.now() });
      }
      return await ffmpeg.end();
    } finally {
      clearTimeout(stallTimer);
      ffmpeg.stop();
      await ffmpeg.end();
      signal.removeEventListener("abort", stop);
    }
  }

  #watchForStall(ffmpeg: FfmpegProcess): ReturnType<typeof setTimeout> {
    const milliseconds = this.#stallMilliseconds;
    return setTimeout(
      () => ffmpeg.stop(`no picture for ${milliseconds / 1000} s`),
      milliseconds,
    );
  }
}

function checkOptions(
  framesPerSecond: number,
  width: number | undefined,
  height: number | undefined,
): void {
  if (!(framesPerSecond > 0 && framesPerSecond <= 50)) {
    throw new RangeError(
      `Cannot play by ffmpeg: framesPerSecond must be above 0, at most 50: ${framesPerSecond}`,
    );
  }
  for (const [name, side] of [["width", width], ["height", height]] as const) {
    if (side === undefined) continue;
    if (Number.isInteger(side) && side >= 1 && side <= 65535) continue;
    throw new RangeError(
      `Cannot play by ffmpeg: ${name} must be 1 to 65535: ${side}`,
    );
  }
}
