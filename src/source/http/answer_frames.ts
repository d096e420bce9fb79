import { concat } from "@std/bytes/concat";
import { equals } from "@std/bytes/equals";
import type { FolderFrame } from "../../encoding/file_frame.ts";
import { IntakeError } from "../../channel/intake.ts";
import { NewestQueue } from "../../encoding/newest_queue.ts";
import { requirePictureFormat } from "../../image/image_file.ts";
import { startingWith } from "../../system/starting_with.ts";
import { RateLimit } from "../../timing/rate_limit.ts";
import { Rhythm } from "../../timing/rhythm.ts";
import { pacedFrames, shownMilliseconds } from "../clip_frames.ts";
import { FrameBody } from "../frame_body.ts";
import {
  framesFrom,
  type FramesStart,
  readStart,
  type SentFrame,
} from "../sent_frames.ts";
import { stillPng } from "../ffmpeg/still_png.ts";
import { contentOf, FILM, type StillStart } from "./answer_content.ts";
import {
  type HttpAnswer,
  HttpClientError,
  type Validators,
} from "./http_client.ts";

/** Options of {@linkcode AnswerReader}. */
export interface AnswerReaderOptions {
  /** Most pictures a second; undefined: all. */
  framesPerSecond?: number;
  /** Restarts a GIF that ends. */
  loop?: boolean;
  /** Most bytes of a frame. */
  maxFrameBytes: number;
  /** Called with one line of text about bytes that cannot be read. */
  onWarning: (message: string) => void;
  /** Called for each frame that has come. */
  onFrame: () => void;
  /** Called when an answer is the picture before. */
  onUnchanged: () => void;
  /** Called with the number of pictures that were dropped. */
  onDrop: (frames: number) => void;
  /** Ends the frames. */
  signal: AbortSignal;
}

/** An answer whose first bytes are read. */
export interface OpenedAnswer {
  answer: HttpAnswer;
  body: FrameBody;
  chunks: AsyncIterator<Uint8Array>;
  start: FramesStart | StillStart;
  /** Ends the request, and what waits for bytes of it. */
  close: () => void;
}

/** The kind of an answer that was read to its end. */
export type Whole = "picture" | "stream" | "clip";

/** Time without a byte after which a server is asked again. */
const SILENCE_MILLISECONDS = 15_000;
/**
 * The same before there is a rhythm: some cameras send a picture a minute. It
 * doubles with each answer that has none.
 */
const FIRST_SILENCE_MILLISECONDS = 75_000;
/**
 * The same for a channel of gifstream, which sends its newest picture at once.
 * Two that wait for each other find it out when they ask again.
 */
const CHANNEL_SILENCE_MILLISECONDS = 5000;
const MAX_FIRST_SILENCE_MILLISECONDS = 600_000;
/** Most pictures that wait to be taken. */
const MAX_WAITING = 4;
/** Most bytes of a GIF that ends: it is kept while it plays. */
const MAX_CLIP_BYTES = 2 ** 26;
/** Time by which a GIF that ends is sent faster than it plays. */
const CLIP_LEAD_MILLISECONDS = 1000;

/** Reads the answers of one address. */
export class AnswerReader {
  readonly #options: AnswerReaderOptions;
  readonly #limit: RateLimit;
  readonly #rhythm = new Rhythm();
  /** The newest file that was an answer by itself. */
  #picture: { bytes: Uint8Array; validators: Validators } | undefined;
  /** Answers in a row with less than two frames. */
  #emptyAnswers = 0;
  #hasRhythm = false;
  /** True once a GIF of unknown length has turned out to end. */
  #isClip = false;

  constructor(options: AnswerReaderOptions) {
    this.#options = options;
    this.#limit = new RateLimit(options.framesPerSecond);
  }

  /** True while it reads pictures of which the next is to come soon. */
  get hasRhythm(): boolean {
    return this.#hasRhythm;
  }

  /** The next picture is to be given even if it is the one before. */
  forget(): void {
    this.#picture = undefined;
  }

  /** The validators of the last answer, if it was one picture. */
  get validators(): Validators | undefined {
    return this.#picture?.validators;
  }

  /**
   * Reads the first bytes of an answer.
   *
   * @param answer The answer; it is closed if none is returned.
   * @returns Undefined if it is for ffmpeg.
   * @throws {HttpClientError} If it is for nobody.
   */
  async open(answer: HttpAnswer): Promise<OpenedAnswer | undefined> {
    const rhythm = this.#rhythm;
    const silence = this.#picture !== undefined
      ? SILENCE_MILLISECONDS
      : answer.channelIds.length > 0
      ? CHANNEL_SILENCE_MILLISECONDS
      : FIRST_SILENCE_MILLISECONDS;
    const first = Math.min(
      silence * 2 ** this.#emptyAnswers++,
      MAX_FIRST_SILENCE_MILLISECONDS,
    );
    const body = new FrameBody(answer.body, {
      maxFrameBytes: this.#options.maxFrameBytes,
      get silenceMilliseconds() {
        return rhythm.isKnown ? rhythm.lateAfter(SILENCE_MILLISECONDS) : first;
      },
    });
    const { signal } = this.#options;
    const close = () => {
      signal.removeEventListener("abort", close);
      answer.close();
      // To end the request does not end a read of its body.
      body.fail(new IntakeError("cut-off", "Cannot read: it is stopped"));
    };
    signal.addEventListener("abort", close, { once: true });
    if (signal.aborted) close();
    const chunks = body.bytes[Symbol.asyncIterator]();
    let start: FramesStart | StillStart | typeof FILM = FILM;
    try {
      start = contentOf(await readStart(chunks), answer.type);
    } finally {
      if (start === FILM) close();
    }
    return start === FILM ? undefined : { answer, body, chunks, start, close };
  }

  /** The frames of an answer; the end tells what it was. */
  async *read(opened: OpenedAnswer): AsyncGenerator<FolderFrame, Whole> {
    try {
      const whole = yield* this.#read(opened);
      this.#emptyAnswers = 0;
      return whole;
    } finally {
      this.#rhythm.interrupt();
      this.#hasRhythm = false;
      opened.close();
    }
  }

  async *#read(opened: OpenedAnswer): AsyncGenerator<FolderFrame, Whole> {
    const { answer, start } = opened, { beginning } = start;
    if (beginning === "still") return yield* this.#still(opened);
    const inParts = beginning === "multipart";
    if (!inParts && beginning.kind === "gif" && this.#ends(answer)) {
      return yield* this.#clip(opened);
    }
    const rest = this.#sent(opened, { ...start, beginning });
    const first = await rest.next();
    if (first.done) return "stream";
    const sent = startingWith(first.value, rest);
    if ("gif" in first.value) {
      const whole = yield* this.#gif(sent);
      return inParts ? "stream" : whole;
    }
    const count = yield* this.#pictures(sent, opened, inParts);
    return !inParts && count === 1 ? "picture" : "stream";
  }

  #ends({ length }: HttpAnswer): boolean {
    return length !== undefined || this.#isClip;
  }

  async *#sent(
    { body, chunks }: OpenedAnswer,
    start: FramesStart,
  ): AsyncGenerator<SentFrame> {
    const { onWarning, onFrame } = this.#options;
    for await (const sent of framesFrom(start, chunks, onWarning)) {
      body.endFrame();
      this.#rhythm.note();
      if (this.#rhythm.isKnown) this.#emptyAnswers = 0;
      onFrame();
      yield sent;
    }
  }

  /** Pictures; if they come too fast, the oldest are dropped. */
  async *#pictures(
    sent: AsyncIterable<SentFrame>,
    { answer, close }: OpenedAnswer,
    inParts: boolean,
  ): AsyncGenerator<FolderFrame, number> {
    const { onDrop } = this.#options;
    const queue = new NewestQueue<FolderFrame>({
      maxItems: MAX_WAITING,
      onDrop,
    });
    const filled = this.#fill(queue, sent, answer, inParts);
    try {
      yield* queue;
    } finally {
      queue.close();
      close();
      await filled;
    }
    return await filled;
  }

  /** Takes what comes, at its pace; returns the number of pictures. */
  async #fill(
    queue: NewestQueue<FolderFrame>,
    sent: AsyncIterable<SentFrame>,
    { validators }: HttpAnswer,
    inParts: boolean,
  ): Promise<number> {
    const { onDrop } = this.#options;
    let count = 0;
    try {
      for await (const one of sent) {
        if (!("picture" in one)) continue;
        const { picture: bytes, timestampMilliseconds } = one;
        const isFirst = count++ === 0 && !inParts;
        this.#hasRhythm = !isFirst;
        if (isFirst && this.#isKnown(bytes)) continue;
        this.#picture = isFirst ? { bytes, validators } : undefined;
        if (this.#limit.takes()) {
          const picture = { format: requirePictureFormat(bytes), bytes };
          queue.push({ picture, timestampMilliseconds });
        } else onDrop(1);
      }
      queue.end();
    } catch (error) {
      queue.fail(error);
    }
    return count;
  }

  /** A picture as a PNG file. */
  async *#still(
    { answer, body, chunks, start }: OpenedAnswer,
  ): AsyncGenerator<FolderFrame, Whole> {
    const pieces = [start.bytes];
    for (let r = await chunks.next(); !r.done; r = await chunks.next()) {
      pieces.push(r.value);
    }
    body.endFrame();
    const timestampMilliseconds = Date.now(), bytes = concat(pieces);
    if (this.#isKnown(bytes)) return "picture";
    const png = await stillPng(bytes, this.#options.signal);
    this.#options.onFrame();
    this.#picture = { bytes, validators: answer.validators };
    const picture = { format: requirePictureFormat(png), bytes: png };
    yield { picture, timestampMilliseconds };
    return "picture";
  }

  /** Tells of a file that is the last one again. */
  #isKnown(bytes: Uint8Array): boolean {
    const last = this.#picture?.bytes;
    if (last === undefined || !equals(last, bytes)) return false;
    this.#options.onUnchanged();
    return true;
  }

  /** A GIF as it comes. */
  async *#gif(
    sent: AsyncIterable<SentFrame>,
  ): AsyncGenerator<FolderFrame, Whole> {
    const beganAt = performance.now();
    let count = 0, shown = 0;
    for await (const one of sent) {
      if (!("gif" in one)) continue;
      const { gif: frame, timestampMilliseconds } = one;
      const given = { frame, timestampMilliseconds };
      count++;
      shown += shownMilliseconds(given);
      yield given;
    }
    // It came faster than it plays: it is to be played again, at its own pace.
    const took = performance.now() - beganAt;
    this.#isClip = count === 1 || shown > 2 * took + CLIP_LEAD_MILLISECONDS;
    return count === 1 ? "picture" : "stream";
  }

  /** A GIF that ends, at its own pace. */
  async *#clip(
    { answer, body, chunks, start }: OpenedAnswer,
  ): AsyncGenerator<FolderFrame, Whole> {
    const { onWarning, onFrame, loop, signal } = this.#options;
    const pieces = [start.bytes];
    let length = start.bytes.length;
    for (let r = await chunks.next(); !r.done; r = await chunks.next()) {
      body.endFrame();
      pieces.push(r.value);
      length += r.value.length;
      if (length <= MAX_CLIP_BYTES) continue;
      throw new HttpClientError(
        `it sends a GIF that ends: expected at most ${MAX_CLIP_BYTES} bytes, ` +
          "found more",
      );
    }
    const bytes = concat(pieces), { validators } = answer;
    if (this.#isKnown(bytes)) return "picture";
    // Frames take the buffers over that they are read from.
    const open = () => Promise.resolve(new Blob([bytes]).stream());
    const frames = pacedFrames(open, { onWarning, loop, signal });
    let count = 0;
    for await (const frame of frames) {
      onFrame();
      if (++count === 2) this.#picture = undefined;
      else if (count === 1) this.#picture = { bytes, validators };
      yield frame;
    }
    return count === 1 ? "picture" : "clip";
  }
}
