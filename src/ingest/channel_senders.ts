import type { Channel } from "../channel/channel.ts";
import { IntakeError } from "../channel/intake.ts";
import {
  PictureEncoder,
  type PictureEncoderOptions,
} from "../encoding/picture_encoder.ts";
import { GifError } from "../gif/gif_error.ts";
import { keepsPictures } from "../image/scale_pixels.ts";
import type { FrameBody } from "../source/frame_body.ts";
import type { GifRules, MadeFrame } from "./body_messages.ts";

/** Options of {@linkcode ChannelSenders}. */
export interface ChannelSendersOptions
  extends Pick<PictureEncoderOptions, "encoding" | "size" | "onError"> {
  /** Time without a frame after which `onIdle` is called. */
  idleMilliseconds: number;
  /** Called when no frame has come for that time, and there is no sender. */
  onIdle: () => void;
}

/** A JPEG or PNG file. */
type SentPicture = Extract<MadeFrame, { picture: unknown }>;

/**
 * Most senders of a channel at the same time; each takes memory for a frame.
 */
const MAX_SENDERS = 8;
/** Time for a sender to be gone whose connection has ended. */
const VACATING_MILLISECONDS = 250;
/** Share of the idle time after which a silent sender makes way. */
const TAKEOVER_PART = 1 / 6;

/** The senders of one channel, one after another. */
export class ChannelSenders {
  readonly #channel: Channel;
  readonly #options: ChannelSendersOptions;
  readonly #senders = new Set<FrameBody>();
  /**
   * The sender whose frames build on each other: no other may send meanwhile.
   */
  #streaming: FrameBody | undefined;
  #pictures: PictureEncoder | undefined;
  /** The newest picture, if it is a JPEG that was published as it came. */
  #newestJpeg: SentPicture | undefined;
  readonly #unfollow: () => void;
  readonly #vacated = new Set<() => void>();
  #closed = false;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(channel: Channel, options: ChannelSendersOptions) {
    this.#channel = channel;
    this.#options = options;
    channel.setSource({ kind: "ingest", state: "waiting" });
    this.#unfollow = channel.gif.follow((needed) => this.#switchGif(needed));
  }

  /** The rules for frames of GIFs. */
  get rules(): GifRules {
    const { turn, timestamp } = this.#options.size;
    return { parts: this.#channel.partRules(), look: { turn, timestamp } };
  }

  /**
   * Resolves once nobody streams, or after a moment: the end of a body takes
   * its way through the thread, and its sender may come again before.
   */
  async vacant(): Promise<void> {
    if (this.#streaming === undefined) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, VACATING_MILLISECONDS);
    this.#vacated.add(resolve);
    await promise;
    clearTimeout(timer);
    this.#vacated.delete(resolve);
  }

  /**
   * Lets a sender in.
   *
   * @throws {IntakeError} If another sender streams, or there are too many.
   */
  enter(body: FrameBody): void {
    this.#checkAlone(body);
    if (this.#senders.size >= MAX_SENDERS) {
      throw new IntakeError(
        "full",
        `Cannot send to ${this.#channel.name}: ${MAX_SENDERS} do already`,
      );
    }
    clearTimeout(this.#idleTimer);
    this.#senders.add(body);
  }

  /** A sender has gone. */
  leave(body: FrameBody): void {
    this.#senders.delete(body);
    if (this.#streaming === body) {
      this.#streaming = undefined;
      for (const tell of this.#vacated) tell();
    }
    if (this.#senders.size === 0 && !this.#closed) this.#startIdleTimer();
  }

  /**
   * Publishes a frame.
   *
   * @param frame The frame.
   * @param body The body that it came in.
   * @param isFirst True for the first frame of the body.
   * @returns What is wrong with the frame, if a part of it is damaged. For a
   * picture that is decoded, a promise of it, rejected with a
   * {@linkcode PictureError} if it cannot be.
   * @throws {GifError} If a GIF frame cannot be shown.
   * @throws {IntakeError} If another sender streams.
   */
  publish(
    frame: MadeFrame,
    body: FrameBody,
    isFirst: boolean,
  ): Promise<string | undefined> | string | undefined {
    this.#checkAlone(body);
    if (!isFirst) this.#streaming = body;
    if ("picture" in frame) return this.#take(frame);
    this.#newestJpeg = undefined;
    if ("drawn" in frame) return this.#encoder().pushDrawn(frame.drawn);
    // The next picture must not build on the picture that this frame replaces.
    this.#dropPictures();
    if ("refused" in frame) {
      this.#channel.countRefused();
      throw new GifError(frame.refused, 0);
    }
    const { part, screen, ...info } = frame;
    this.#channel.publishPart(part, screen, info);
    return undefined;
  }

  /** Cuts all senders off and ends the threads. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#unfollow();
    clearTimeout(this.#idleTimer);
    const error = new IntakeError(
      "no-channel",
      `Cannot send to ${this.#channel.name}: it has ended`,
    );
    for (const sender of this.#senders) sender.fail(error);
    await this.#pictures?.close();
  }

  #checkAlone(body: FrameBody): void {
    const other = this.#streaming;
    if (other === undefined || other === body) return;
    const error = new IntakeError(
      "taken",
      `Cannot send to ${this.#channel.name}: another sender streams into it`,
    );
    const { idleMilliseconds } = this.#options;
    if (other.silentMilliseconds < idleMilliseconds * TAKEOVER_PART) {
      throw error;
    }
    this.#streaming = undefined;
    other.fail(error);
  }

  #take(sent: SentPicture): Promise<string | undefined> | string | undefined {
    const { picture, size, damage, timestampMilliseconds } = sent;
    if (size === undefined || !keepsPictures(this.#options.size)) {
      this.#newestJpeg = undefined;
      return this.#encoder().push(picture, timestampMilliseconds);
    }
    this.#newestJpeg = sent;
    const about = { timestampMilliseconds, damage };
    this.#channel.publishJpeg(picture, size, about);
    return this.#channel.gif.needed ? this.#encodeNewest() : damage;
  }

  /** Makes a part of the newest JPEG, which viewers of JPEG have. */
  #encodeNewest(): Promise<string | undefined> {
    const { picture, timestampMilliseconds } = this.#newestJpeg!;
    return this.#encoder().push(picture.slice(), timestampMilliseconds, true);
  }

  /** The first viewer of the GIF has come, or the last has left. */
  #switchGif(needed: boolean): void {
    if (this.#newestJpeg === undefined) return;
    if (!needed) this.#dropPictures();
    // Its sender was told that it was taken.
    else this.#encodeNewest().catch(this.#options.onError);
  }

  #encoder(): PictureEncoder {
    if (this.#pictures?.closed !== false) {
      const { encoding, size, onError } = this.#options;
      this.#pictures = new PictureEncoder({
        encoding: {
          ...encoding,
          onUnchanged: () => {
            // A JPEG that was published is counted.
            if (this.#newestJpeg === undefined) this.#channel.countUnchanged();
          },
        },
        size,
        onError,
        onPart: ({ part, screen, ...info }) =>
          this.#channel.publishPart(part, screen, info),
      });
    }
    return this.#pictures;
  }

  #dropPictures(): void {
    const pictures = this.#pictures;
    this.#pictures = undefined;
    pictures?.close().catch(this.#options.onError);
  }

  #startIdleTimer(): void {
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => {
      this.#dropPictures();
      this.#options.onIdle();
    }, this.#options.idleMilliseconds);
  }
}
