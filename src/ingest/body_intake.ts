import { type IntakeCounts, IntakeError } from "../channel/intake.ts";
import { GifError } from "../gif/gif_error.ts";
import { PictureError } from "../image/image_file.ts";
import type { ChannelFeed } from "./channel_feed.ts";
import type { FrameBody } from "./frame_body.ts";
import { type SentFrame, sentFrames } from "./sent_frames.ts";

/** Options of {@linkcode BodyIntake}. */
export interface BodyIntakeOptions {
  /** Gives what the frames go to. */
  open: () => ChannelFeed;
  /** Called with one line of text about a frame that cannot be shown. */
  onWarning: (message: string) => void;
}

/** One body, on its way into a channel. */
export class BodyIntake {
  readonly #body: FrameBody;
  readonly #options: BodyIntakeOptions;
  readonly #counts: IntakeCounts = { frames: 0, refused: 0 };
  #feed: ChannelFeed | undefined;
  /** Fulfilled when all pictures so far are decoded. */
  #decoded: Promise<void> = Promise.resolve();
  #failure: { error: unknown } | undefined;

  constructor(body: FrameBody, options: BodyIntakeOptions) {
    this.#body = body;
    this.#options = options;
  }

  /**
   * Enters the channel, which happens at the first frame otherwise.
   *
   * @throws {IntakeError} If that is not possible.
   */
  enter(): void {
    const feed = this.#options.open();
    feed.enter(this.#body);
    this.#feed = feed;
  }

  /**
   * Puts the frames on air, to the end of the body.
   *
   * @throws {IntakeError} If there was none, or no more can be taken.
   */
  async run(): Promise<IntakeCounts> {
    let isFirst = true;
    try {
      const refuse = (message: string) => this.#refuse(message);
      for await (const frame of sentFrames(this.#body, refuse)) {
        if (this.#feed === undefined) this.enter();
        this.#publish(frame, this.#feed!, isFirst);
        isFirst = false;
      }
      await this.#decoded;
    } finally {
      this.#feed?.leave(this.#body);
    }
    if (this.#failure !== undefined) throw this.#failure.error;
    if (this.#counts.frames > 0) return this.#counts;
    const { problem = "Cannot take frame: it is not all there" } = this.#counts;
    throw new IntakeError("broken", problem);
  }

  #publish(frame: SentFrame, feed: ChannelFeed, isFirst: boolean): void {
    try {
      const decoded = feed.publish(frame, this.#body, isFirst);
      if (decoded === undefined) this.#counts.frames++;
      else this.#awaitDecoded(decoded);
    } catch (error) {
      if (!(error instanceof GifError)) throw error;
      this.#refuse(error.message);
    }
  }

  /** More is read meanwhile: of too many pictures, the newest are shown. */
  #awaitDecoded(decoded: Promise<void>): void {
    const counted = decoded.then(() => {
      this.#counts.frames++;
    }, (error) => {
      if (error instanceof PictureError) this.#refuse(error.message);
      else this.#failure ??= { error };
    });
    this.#decoded = this.#decoded.then(() => counted);
  }

  #refuse(message: string): void {
    this.#counts.refused++;
    this.#counts.problem = message;
    this.#options.onWarning(message);
  }
}
