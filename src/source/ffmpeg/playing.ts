import type { NewestQueue } from "../../encoding/newest_queue.ts";
import { pause } from "../../timing/pause.ts";
import { Rhythm } from "../../timing/rhythm.ts";
import type { ProgramEnd } from "../process/child_program.ts";
import { SecretWords } from "../secrets/secret_words.ts";
import { shownInput } from "../secrets/shown_input.ts";
import {
  type FfmpegInput,
  ffmpegInput,
  ffmpegPipe,
  type RtspTransport,
} from "./ffmpeg_arguments.ts";
import type { PictureRequest } from "./ffmpeg_filters.ts";
import type { FfmpegOptions } from "./ffmpeg_options.ts";
import { FfmpegProcess } from "./ffmpeg_process.ts";
import { NO_PICTURE, refusesTcp, troubleInWords } from "./ffmpeg_trouble.ts";
import { isPlaylist, playlistText, untilPlaylistChanges } from "./playlist.ts";
import { ffmpegMajorVersion } from "./ffmpeg_version.ts";

const MIN_PAUSE_MILLISECONDS = 250;
const MAX_PAUSE_MILLISECONDS = 10_000;
/** A run longer than this resets the pause before the next start. */
const WELL_MILLISECONDS = 10_000;
/**
 * Factors for the time to wait while no rhythm of pictures is known, and the
 * most after several runs without any.
 */
const FIRST_PATIENCE = 5, MOST_PATIENCE = 40;
/** Time after which somebody may wonder why there is no picture. */
const SAY_WAITING_MILLISECONDS = 10_000;

/** Options of {@linkcode Playing}. */
export type PlayingOptions = FfmpegOptions & { signal: AbortSignal };

/** The form in which ffmpeg gives pictures. */
export interface PictureForm<Picture> {
  /** ffmpeg's whole command line, for an input that is opened. */
  args: (
    input: FfmpegInput,
    request: PictureRequest,
    majorVersion?: number,
  ) => string[];
  /** Reads the pictures that it writes. */
  read: (
    stream: ReadableStream<Uint8Array>,
    options: PlayingOptions,
  ) => AsyncIterable<Picture>;
}

/** One input, played by one ffmpeg after another. */
export class Playing<Picture> {
  readonly #input: string;
  readonly #name: string;
  readonly #secrets: SecretWords;
  readonly #request: PictureRequest;
  readonly #form: PictureForm<Picture>;
  readonly #options: PlayingOptions;
  readonly #stallMilliseconds: number;
  readonly #rhythm = new Rhythm();
  #rtspTransport: RtspTransport | undefined;
  /** True: the input is recognized by one picture, since they come slowly. */
  #looksQuickly = false;
  #firstPatience = FIRST_PATIENCE;
  /** Number of pictures in all runs. */
  #frames = 0;

  constructor(
    input: string,
    request: PictureRequest,
    form: PictureForm<Picture>,
    options: PlayingOptions,
  ) {
    this.#input = input;
    this.#name = shownInput(input);
    this.#secrets = new SecretWords([input], options.inputArguments);
    this.#request = request;
    this.#form = form;
    this.#options = options;
    this.#rtspTransport = options.rtspTransport;
    this.#stallMilliseconds = Math.max(
      options.stallTimeoutMilliseconds ?? 15_000,
      3000 / request.framesPerSecond,
    );
  }

  /** Fills the queue until the input ends or the signal is aborted. */
  async run(queue: NewestQueue<Picture>): Promise<void> {
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

  async #playAgainAndAgain(queue: NewestQueue<Picture>): Promise<void> {
    const { signal, onWarning, onLost } = this.#options;
    let rest = MIN_PAUSE_MILLISECONDS;
    while (!signal.aborted) {
      const startedAt = performance.now();
      const input = this.#opened(), framesBefore = this.#frames;
      const { success, reason } = await this.#playOnce(input, queue);
      if (signal.aborted || success && input.finite) return;
      if (input.triesUdp && refusesTcp(reason)) {
        this.#goOnByUdp();
        continue;
      }
      const isOver = this.#options.bytes !== undefined;
      if ((this.#frames === 0 || isOver) && !input.remote) {
        throw new Error(`Cannot play ${this.#name}: ffmpeg: ${reason}`);
      }
      const isTooSlow = reason.startsWith(NO_PICTURE) &&
        this.#frames === framesBefore;
      if (isTooSlow) this.#waitLonger();
      this.#rhythm.interrupt();
      onLost?.();
      if (performance.now() - startedAt > WELL_MILLISECONDS) {
        rest = MIN_PAUSE_MILLISECONDS;
      }
      const pauseMilliseconds = rest;
      rest = Math.min(2 * rest, MAX_PAUSE_MILLISECONDS);
      await pause(MIN_PAUSE_MILLISECONDS, signal);
      // Checked only now: at Ctrl-C ffmpeg ends first, which needs no warning.
      if (signal.aborted) return;
      if (reason.startsWith(NO_PICTURE)) await this.#untilPlaylistMoves();
      if (signal.aborted) return;
      const trouble = success
        ? "the sender has ended its stream"
        : troubleInWords(reason);
      const left = pauseMilliseconds - MIN_PAUSE_MILLISECONDS;
      onWarning?.(`${this.#name}: ${trouble}; trying again`, left);
      await pause(left, signal);
      if (signal.aborted) return;
    }
  }

  #opened(): FfmpegInput {
    const { loop, inputArguments, bytes } = this.#options;
    if (bytes !== undefined) return ffmpegPipe(this.#options);
    return ffmpegInput(this.#input, {
      loop,
      inputArguments,
      rtspTransport: this.#rtspTransport,
      looksQuickly: this.#looksQuickly,
    });
  }

  /** Looks at less, or waits longer: pictures may be minutes apart. */
  #waitLonger(): void {
    if (this.#looksQuickly) {
      this.#firstPatience = Math.min(2 * this.#firstPatience, MOST_PATIENCE);
    }
    this.#looksQuickly = !this.#looksQuickly;
  }

  /**
   * A playlist that nobody writes any more would give its last pictures again
   * and again.
   */
  async #untilPlaylistMoves(): Promise<void> {
    const { signal } = this.#options;
    if (!isPlaylist(this.#input) || signal.aborted) return;
    const text = await playlistText(this.#input);
    if (text === undefined) return;
    await untilPlaylistChanges(this.#input, text, signal);
  }

  #goOnByUdp(): void {
    this.#rtspTransport = "udp";
    this.#options.onNotice?.(
      `${this.#name}: the server refuses TCP: trying UDP`,
    );
  }

  async #playOnce(
    input: FfmpegInput,
    queue: NewestQueue<Picture>,
  ): Promise<ProgramEnd> {
    const { signal } = this.#options;
    const majorVersion = input.timeout === "rtsp"
      ? await ffmpegMajorVersion()
      : undefined;
    const ffmpeg = await FfmpegProcess.start(
      this.#form.args(input, this.#request, majorVersion),
      (words) => this.#secrets.hideAll(words),
      this.#options.bytes,
    );
    const stop = () => ffmpeg.stop();
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    let stallTimer = this.#watchForStall(ffmpeg);
    const waiting = this.#sayWaiting();
    try {
      const { read } = this.#form;
      for await (const picture of read(ffmpeg.stdout, this.#options)) {
        clearTimeout(waiting);
        clearTimeout(stallTimer);
        this.#frames++;
        this.#rhythm.note();
        stallTimer = this.#watchForStall(ffmpeg);
        queue.push(picture);
      }
      return await ffmpeg.end();
    } finally {
      clearTimeout(waiting);
      clearTimeout(stallTimer);
      ffmpeg.stop();
      await ffmpeg.end();
      signal.removeEventListener("abort", stop);
    }
  }

  /** Milliseconds without a picture after which the input counts as stuck. */
  get #patienceMilliseconds(): number {
    return this.#rhythm.isKnown
      ? this.#rhythm.lateAfter(this.#stallMilliseconds)
      : this.#firstPatience * this.#stallMilliseconds;
  }

  #watchForStall(
    ffmpeg: FfmpegProcess,
  ): ReturnType<typeof setTimeout> | undefined {
    // What it reads cannot be had again.
    if (this.#options.bytes !== undefined) return undefined;
    const milliseconds = this.#patienceMilliseconds;
    return setTimeout(
      () => ffmpeg.stop(`${NO_PICTURE} for ${milliseconds / 1000} s`),
      milliseconds,
    );
  }

  #sayWaiting(): ReturnType<typeof setTimeout> | undefined {
    if (this.#frames > 0 || this.#options.bytes !== undefined) return undefined;
    const seconds = Math.round(this.#patienceMilliseconds / 1000);
    return setTimeout(() => {
      this.#options.onNotice?.(
        `${this.#name}: waiting for the first picture, up to ${seconds} s`,
      );
    }, SAY_WAITING_MILLISECONDS);
  }
}
