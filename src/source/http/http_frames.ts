import type { FolderFrame } from "../../encoding/file_frame.ts";
import type { SourceEvents } from "../../encoding/frame_source.ts";
import { errorMessage } from "../../system/error_message.ts";
import { Backoff } from "../../timing/backoff.ts";
import { pause } from "../../timing/pause.ts";
import { SecretWords } from "../secrets/secret_words.ts";
import { shownInput } from "../secrets/shown_input.ts";
import {
  AnswerReader,
  type OpenedAnswer,
  type Whole,
} from "./answer_frames.ts";
import { HttpClient, HttpClientError } from "./http_client.ts";

/** Options of {@linkcode HttpFrames}. */
export interface HttpFramesOptions extends SourceEvents {
  /**
   * Most pictures a second; of a single picture, how often it is asked for.
   *
   * @default {undefined} all of a stream; a single picture once a second
   */
  framesPerSecond?: number;
  /**
   * Restarts a GIF that ends.
   *
   * @default {false}
   */
  loop?: boolean;
  /**
   * Most bytes of a frame.
   *
   * @default {33554432}
   */
  maxFrameBytes?: number;
  /**
   * The id of the channel that is fed: the server must not have its frames from
   * there.
   *
   * @default {undefined} that is not checked
   */
  channelId?: string;
  /** Called when a picture that was asked for is the one before. */
  onUnchanged?: () => void;
  /** Called with the number of pictures that were dropped. */
  onDrop?: (frames: number) => void;
  /** Called when the server is away, or its answer has ended too early. */
  onLost?: () => void;
  /** Called with the ids of the channels that the frames come through. */
  onUpstream?: (ids: string[]) => void;
  /** Ends the frames. */
  signal: AbortSignal;
}

const DEFAULT_POLLS_PER_SECOND = 1;
/** Time without a picture after which the log says so. */
const PATIENCE_MILLISECONDS = 10_000;

/**
 * The frames at an address of HTTP: a GIF, JPEG or PNG files one after another,
 * in parts or not, or a single one, which is asked for again and again. They
 * stay as they are. While the server is away, it is tried again and again.
 */
export class HttpFrames {
  readonly #client: HttpClient;
  readonly #reader: AnswerReader;
  readonly #shown: string;
  readonly #secrets: SecretWords;
  readonly #options: HttpFramesOptions;
  readonly #pollMilliseconds: number;
  readonly #backoff = new Backoff();
  #impatience: ReturnType<typeof setTimeout> | undefined;
  #saidHowOften = false;

  /**
   * Makes a reader, which asks for nothing yet.
   *
   * @param address The address, with user and password if need be.
   * @param options Bounds and listeners.
   * @throws {Error} If the address is not valid.
   */
  constructor(address: string, options: HttpFramesOptions) {
    this.#shown = shownInput(address);
    this.#secrets = new SecretWords([address]);
    this.#options = options;
    const { framesPerSecond = DEFAULT_POLLS_PER_SECOND } = options;
    this.#pollMilliseconds = 1000 / framesPerSecond;
    if (!URL.canParse(address)) {
      throw new Error(
        `Cannot play ${this.#shown}: expected a valid address; in a user or ` +
          "password, write / as %2F, # as %23 and @ as %40",
      );
    }
    this.#client = new HttpClient(address);
    this.#reader = new AnswerReader({
      maxFrameBytes: 2 ** 25,
      onUnchanged: () => {},
      onDrop: () => {},
      ...options,
      onWarning: (message) => this.#warn(message),
      onFrame: () => clearTimeout(this.#impatience),
    });
  }

  /**
   * Waits for the first answer.
   *
   * @returns The answer; undefined if ffmpeg has to read the address, or if the
   * signal was aborted.
   * @throws {Deno.errors.NotCapable} If the permission for the host is missing.
   */
  async open(): Promise<OpenedAnswer | undefined> {
    const { signal } = this.#options;
    const seconds = PATIENCE_MILLISECONDS / 1000;
    this.#impatience = setTimeout(
      () => this.#warn(`no picture for ${seconds} s; still waiting`),
      PATIENCE_MILLISECONDS,
    );
    let opened: OpenedAnswer | undefined;
    try {
      while (!signal.aborted) {
        try {
          const answer = await this.#ask();
          if (answer !== "unchanged") return opened = answer;
        } catch (error) {
          if (signal.aborted || isOdd(error)) return undefined;
          await this.#restAfter(error);
        }
      }
      return undefined;
    } finally {
      if (opened === undefined) clearTimeout(this.#impatience);
    }
  }

  /** True while it reads pictures of which the next is to come soon. */
  get hasRhythm(): boolean {
    return this.#reader.hasRhythm;
  }

  /** All frames, beginning with those of the first answer. */
  async *frames(first: OpenedAnswer): AsyncGenerator<FolderFrame, void> {
    const { signal } = this.#options;
    let opened: OpenedAnswer | undefined = first;
    try {
      while (!signal.aborted) {
        const askedAt = performance.now();
        try {
          const whole: Whole = yield* this.#turn(opened);
          if (whole === "clip") return;
          if (whole === "picture") {
            await this.#untilNextPoll(askedAt);
          } else await this.#restAfter("the stream has ended");
        } catch (error) {
          if (signal.aborted) return;
          await this.#restAfter(error);
        }
        opened = undefined;
      }
    } finally {
      clearTimeout(this.#impatience);
    }
  }

  /** Reads one answer. */
  async *#turn(
    opened: OpenedAnswer | undefined,
  ): AsyncGenerator<FolderFrame, Whole> {
    const answer = opened ?? await this.#ask();
    if (answer === "unchanged") return "picture";
    if (answer === undefined) {
      throw new HttpClientError("expected pictures as before, found a video");
    }
    return yield* this.#reader.read(answer);
  }

  /** Asks for the address; undefined: it is for ffmpeg. */
  async #ask(): Promise<OpenedAnswer | "unchanged" | undefined> {
    const { signal, channelId, onUnchanged, onUpstream } = this.#options;
    const answer = await this.#client.get(signal, this.#reader.validators);
    let isRead = false;
    try {
      if (answer.isUnchanged) {
        onUnchanged?.();
        return "unchanged";
      }
      const ids = answer.channelIds;
      if (channelId !== undefined && ids.includes(channelId)) {
        throw new HttpClientError(
          "it shows this very channel, so that no picture would ever come",
        );
      }
      onUpstream?.(ids);
      isRead = true;
    } finally {
      if (!isRead) answer.close();
    }
    return await this.#reader.open(answer);
  }

  async #untilNextPoll(askedAt: number): Promise<void> {
    const { signal, onNotice } = this.#options;
    const milliseconds = this.#pollMilliseconds;
    if (!this.#saidHowOften) {
      this.#saidHowOften = true;
      onNotice?.(
        `${this.#shown} is one picture: asking for it every ` +
          `${milliseconds / 1000} s`,
      );
    }
    this.#backoff.reset();
    const spent = performance.now() - askedAt;
    await pause(Math.max(0, milliseconds - spent), signal);
  }

  async #restAfter(reason: unknown): Promise<void> {
    if (reason instanceof Deno.errors.NotCapable) throw reason;
    const words = this.#secrets.hideAll(errorMessage(reason));
    const asked = reason instanceof HttpClientError
      ? reason.restMilliseconds
      : 0;
    const milliseconds = Math.max(asked, this.#backoff.milliseconds);
    this.#warn(`${words}; trying again`, milliseconds);
    this.#reader.forget();
    this.#options.onLost?.();
    await this.#backoff.rest(this.#options.signal, asked);
  }

  #warn(message: string, retryMilliseconds?: number): void {
    this.#options.onWarning?.(`${this.#shown}: ${message}`, retryMilliseconds);
  }
}

function isOdd(error: unknown): boolean {
  return error instanceof HttpClientError && error.isOdd;
}
