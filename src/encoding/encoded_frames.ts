import { equals } from "@std/bytes/equals";
import type { EncoderMode } from "../gif/encoder/effort.ts";
import { errorMessage } from "../system/error_message.ts";
import { EncodingClient } from "./encoding_client.ts";
import { EncodingEffort } from "./encoding_effort.ts";
import type {
  EncodingReply,
  EncodingRequest,
  EncodingSettings,
} from "./encoding_messages.ts";
import type {
  FrameSource,
  JpegTaker,
  SourceEvents,
  SourcePart,
  SourceStats,
} from "./frame_source.ts";
import { NewestQueue } from "./newest_queue.ts";
import type { PixelFrame } from "./pixel_frame.ts";

/** Options of {@linkcode EncodedFrames}. */
export interface EncodedFramesOptions extends EncodingSettings, SourceEvents {
  /**
   * The mode to encode in while there is time for it. A mode that is too slow
   * for the frame rate gives way to the next faster one.
   *
   * @default {"balanced"}
   */
  mode?: EncoderMode;
  /** Called for each picture that viewers see already. */
  onUnchanged?: (picture: Omit<PixelFrame, "pixels">) => void;
  /**
   * Takes pictures as JPEG: all of them while the GIF is not needed, and is not
   * encoded; otherwise those that are needed as JPEG, too.
   *
   * @default {undefined} every picture is encoded as GIF only
   */
  jpegs?: JpegTaker;
  /**
   * Called with the number of pictures that were dropped, since they came too
   * fast or did not fit the bitrate.
   */
  onDrop?: (frames: number) => void;
}

/** Counts of an encoder since it started. */
export interface EncodingStats extends SourceStats {
  /** Pictures that viewers saw already. */
  unchanged: number;
  /** The mode that the encoder uses now. */
  mode: EncoderMode;
}

/** Time whose pictures may wait for the encoder: viewers see them late. */
const MAX_WAITING_SECONDS = 0.2;
/**
 * The same until the encoder has caught up for the first time: the first
 * pictures take long, since the thread starts and compiles its code.
 */
const MAX_WAITING_SECONDS_AT_START = 0.8;
/**
 * Pictures after which the start is over, even if the encoder never caught up.
 */
const STARTING_PICTURES = 32;
/** Breakdowns of the thread in a row after which the encoder gives up. */
const MAX_BREAKDOWNS = 3;
/** Fewest and most pictures that may wait, at any frame rate. */
const LEAST_WAITING = 2;
const MOST_WAITING = 16;

/**
 * Raw pictures as parts of a GIF, each the change from the pictures before it,
 * encoded in a thread of its own. If pictures come faster than they are
 * encoded, the oldest are dropped, and the encoder takes less effort.
 *
 * @example
 * ```ts
 * import { Channel, EncodedFrames } from "@x/gifstream";
 * import { assertEquals } from "@std/assert";
 *
 * async function* pictures() {
 *   const pixels = new Uint8Array(3 * 16 * 16).fill(200);
 *   yield { pixels, width: 16, height: 16, timestampMilliseconds: Date.now() };
 * }
 * const channel = new Channel();
 * for await (const { part, screen } of new EncodedFrames(pictures())) {
 *   channel.publishPart(part, screen);
 * }
 * assertEquals(channel.screen, { width: 16, height: 16 });
 * channel.close();
 * ```
 */
export class EncodedFrames implements FrameSource {
  /** Counts so far. */
  readonly stats: EncodingStats;
  readonly #pictures: AsyncIterable<PixelFrame>;
  readonly #options: EncodedFramesOptions;
  readonly #settings: EncodingSettings & { framesPerSecond: number };
  readonly #effort: EncodingEffort;
  #lastAt: number | undefined;
  /** Breakdowns of the thread in a row. */
  #breakdowns = 0;
  /** The newest picture, if only its JPEG was made. */
  #newest: PixelFrame | undefined;
  /** True if viewers of the GIF may lack a part, so that a keyframe is due. */
  #anew = true;

  /**
   * Makes an encoder, which reads nothing before it is iterated.
   *
   * @param pictures The pictures; the encoder takes their buffers over.
   * @param options Options of the encoder.
   */
  constructor(
    pictures: AsyncIterable<PixelFrame>,
    options: EncodedFramesOptions = {},
  ) {
    const { mode = "balanced", framesPerSecond = 10 } = options;
    const { quality, bitrate, denoise, dither, maxPixels } = options;
    this.#pictures = pictures;
    this.#options = options;
    this.#settings = {
      quality,
      bitrate,
      framesPerSecond,
      denoise,
      dither,
      maxPixels,
    };
    this.#effort = new EncodingEffort(mode, 1000 / framesPerSecond);
    this.stats = {
      frames: 0,
      bytes: 0,
      dropped: 0,
      errors: {},
      unchanged: 0,
      mode,
    };
  }

  /** The parts, to the end of the pictures. */
  async *[Symbol.asyncIterator](): AsyncGenerator<SourcePart, void> {
    const queue = new NewestQueue<PixelFrame>({
      maxItems: this.#picturesIn(MAX_WAITING_SECONDS_AT_START),
      onDrop: (frames) => this.#drop(frames),
    });
    const unfollow = this.#options.jpegs?.gif.follow((needed) => {
      if (needed) this.#showNewest(queue);
      else this.#anew = true;
    });
    const client = new EncodingClient();
    const pictures = this.#pictures[Symbol.asyncIterator]();
    const pumped = pump(pictures, queue);
    try {
      for (let taken = 1;; taken++) {
        const picture = await queue.next();
        if (picture === undefined) {
          const last = await this.#last(client);
          if (last !== undefined) yield last;
          return;
        }
        const part = await this.#encode(client, picture);
        if (this.#options.jpegs?.gif.needed) this.#showNewest(queue);
        const hasStarted = queue.isEmpty || taken >= STARTING_PICTURES;
        if (hasStarted) queue.maxItems = this.#picturesIn(MAX_WAITING_SECONDS);
        if (part !== undefined) yield part;
      }
    } finally {
      unfollow?.();
      queue.close();
      client[Symbol.dispose]();
      await pictures.return?.();
      await pumped;
    }
  }

  /** Number of pictures that come in so much time, within bounds. */
  #picturesIn(seconds: number): number {
    const pictures = Math.round(seconds * this.#settings.framesPerSecond);
    return Math.min(Math.max(pictures, LEAST_WAITING), MOST_WAITING);
  }

  /** Has the newest picture made as GIF, if it was not. */
  #showNewest(queue: NewestQueue<PixelFrame>): void {
    const newest = this.#newest;
    this.#newest = undefined;
    if (newest !== undefined && queue.isEmpty) queue.push(newest);
  }

  /** The forms of a picture that are to be made. */
  #formsOf({ wasPublished }: PixelFrame): EncodingRequest["forms"] {
    const { jpegs } = this.#options;
    if (jpegs === undefined || wasPublished) return { gif: true, jpeg: false };
    const gif = jpegs.gif.needed;
    return { gif, jpeg: !gif || jpegs.jpeg?.needed === true };
  }

  async #encode(
    client: EncodingClient,
    picture: PixelFrame,
  ): Promise<SourcePart | undefined> {
    const { pixels, width, height, ...about } = picture;
    const forms = this.#formsOf(picture);
    if (!forms.gif && this.#isNewest(picture)) {
      this.stats.unchanged++;
      this.#options.onUnchanged?.({ width, height, ...about });
      return undefined;
    }
    const settings = this.#settings, mode = this.#effort.mode;
    const intervalSeconds = this.#secondsSinceLast();
    const request = { pixels, width, height, mode, intervalSeconds, settings };
    const anew = this.#anew;
    this.#anew = !forms.gif;
    const reply = await this.#ask(client, { ...request, forms, anew });
    if ("error" in reply) {
      const { errors } = this.stats;
      errors.encoding = (errors.encoding ?? 0) + 1;
      this.#options.onWarning?.(reply.error);
      return undefined;
    }
    const { part, isDropped, jpeg } = reply;
    if (jpeg !== undefined) {
      const { jpeg: _, wasPublished: __, ...facts } = about;
      this.#options.jpegs!.take({ ...facts, jpeg, size: { width, height } });
      about.wasPublished = true;
    }
    this.#newest = reply.pixels &&
      { ...picture, ...about, pixels: reply.pixels };
    if (reply.pixels !== undefined) {
      this.stats.frames++;
      this.stats.bytes += jpeg?.length ?? 0;
      return undefined;
    }
    this.#count(reply.milliseconds);
    if (isDropped) {
      this.#drop(1);
      return undefined;
    }
    if (part === undefined) {
      // Whoever has taken its JPEG has counted it.
      if (about.wasPublished) return undefined;
      this.stats.unchanged++;
      this.#options.onUnchanged?.({ width, height, ...about });
      return undefined;
    }
    this.stats.frames++;
    this.stats.bytes += part.bytes.length;
    return { part, screen: { width, height }, ...about };
  }

  /** The last picture as GIF, for those who will need it as such. */
  async #last(client: EncodingClient): Promise<SourcePart | undefined> {
    const last = this.#newest;
    const part = last && await this.#encode(client, last);
    return part && { ...part, wasPublished: false };
  }

  /** True if it looks like the newest picture, of which there is a JPEG. */
  #isNewest({ pixels, width }: PixelFrame): boolean {
    const newest = this.#newest;
    return newest?.width === width && equals(newest.pixels, pixels);
  }

  /** Gives up on a thread that breaks down again and again. */
  async #ask(
    client: EncodingClient,
    request: EncodingRequest,
  ): Promise<EncodingReply> {
    try {
      const reply = await client.encode(request);
      this.#breakdowns = 0;
      return reply;
    } catch (error) {
      if (++this.#breakdowns >= MAX_BREAKDOWNS) throw error;
      this.#options.onFault?.("worker", error);
      return { error: errorMessage(error) };
    }
  }

  #drop(frames: number): void {
    this.stats.dropped += frames;
    this.#options.onDrop?.(frames);
  }

  /** Measured as viewers get them: the times in pictures may differ. */
  #secondsSinceLast(): number | undefined {
    const now = performance.now(), last = this.#lastAt;
    this.#lastAt = now;
    return last === undefined ? undefined : (now - last) / 1000;
  }

  #count(milliseconds: number): void {
    const before = this.stats.mode;
    if (!this.#effort.count(milliseconds)) return;
    const { mode } = this.#effort;
    this.stats.mode = mode;
    this.#options.onNotice?.(
      `Encoding goes from ${before} to ${mode} to keep ` +
        `${this.#settings.framesPerSecond} frames a second`,
    );
  }
}

/** Reads ahead, so that the oldest pictures are dropped. */
async function pump(
  pictures: AsyncIterator<PixelFrame>,
  queue: NewestQueue<PixelFrame>,
): Promise<void> {
  try {
    for (;;) {
      const { done, value } = await pictures.next();
      if (done) break;
      queue.push(value);
    }
    queue.end();
  } catch (error) {
    queue.fail(error);
  }
}
