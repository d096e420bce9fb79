import { type IntakeCounts, IntakeError } from "../channel/intake.ts";
import { GifError } from "../gif/gif_error.ts";
import { PictureError } from "../image/image_file.ts";
import type { ChannelSenders } from "./channel_senders.ts";
import type { FrameBody } from "../source/frame_body.ts";
import type { MadeFrame } from "./body_messages.ts";
import type { BodyThread } from "./body_thread.ts";

/** Options of {@linkcode BodyReceiver}. */
export interface BodyReceiverOptions {
  /** Reads the body. */
  thread: BodyThread;
  /** Opens the channel for the frames. */
  open: () => ChannelSenders;
  /** Called with one line of text about each frame that is refused. */
  onWarning: (message: string) => void;
}

/** The body of one request, on its way into a channel. */
export class BodyReceiver {
  readonly #body: FrameBody;
  readonly #options: BodyReceiverOptions;
  readonly #counts: IntakeCounts = { frames: 0, refused: 0 };
  #senders: ChannelSenders | undefined;
  /** Fulfilled once all pictures so far are decoded. */
  #decoded: Promise<void> = Promise.resolve();
  #failure: { error: unknown } | undefined;

  constructor(body: FrameBody, options: BodyReceiverOptions) {
    this.#body = body;
    this.#options = options;
  }

  /**
   * Enters the channel now; otherwise the first frame does.
   *
   * @throws {IntakeError} If the channel cannot be entered.
   */
  enter(): void {
    const senders = this.#options.open();
    senders.enter(this.#body);
    this.#senders = senders;
  }

  /**
   * Publishes the frames, to the end of the body.
   *
   * @throws {IntakeError} If the body has no frame, or no more can be taken.
   */
  async run(): Promise<IntakeCounts> {
    let isFirst = true, hasNothing = false;
    try {
      const frames = this.#options.thread.frames(this.#body, {
        onWarning: (message, count) => this.#refuse(message, count),
        onEnter: () => this.#entered().rules,
        onNothing: () => hasNothing = true,
      });
      for await (const frame of frames) {
        this.#publish(frame, this.#entered(), isFirst);
        isFirst = false;
      }
      await this.#decoded;
    } finally {
      this.#senders?.leave(this.#body);
    }
    if (this.#failure !== undefined) throw this.#failure.error;
    // Some programs send the head of a part in one request, its content in the
    // next, and the line break behind it in a third.
    if (this.#counts.frames > 0 || hasNothing) return this.#counts;
    const { problem = "Cannot take frame: it is not all there" } = this.#counts;
    throw new IntakeError("broken", problem);
  }

  #entered(): ChannelSenders {
    if (this.#senders === undefined) this.enter();
    return this.#senders!;
  }

  #publish(frame: MadeFrame, senders: ChannelSenders, isFirst: boolean): void {
    try {
      const decoded = senders.publish(frame, this.#body, isFirst);
      if (decoded instanceof Promise) this.#awaitDecoded(decoded);
      else this.#take(decoded);
    } catch (error) {
      if (!(error instanceof GifError)) throw error;
      this.#refuse(error.message);
    }
  }

  /** Reading goes on meanwhile: of too many pictures, the newest are shown. */
  #awaitDecoded(decoded: Promise<string | undefined>): void {
    const counted = decoded.then((damage) => this.#take(damage), (error) => {
      if (error instanceof PictureError) this.#refuse(error.message);
      else this.#failure ??= { error };
    });
    this.#decoded = this.#decoded.then(() => counted);
  }

  #take(damage: string | undefined): void {
    const counts = this.#counts;
    counts.frames++;
    if (damage === undefined) return;
    counts.damaged = (counts.damaged ?? 0) + 1;
    counts.problem = `Picture is damaged: ${damage}`;
    this.#options.onWarning(counts.problem);
  }

  #refuse(message: string, count = 1): void {
    this.#counts.refused += count;
    this.#counts.problem = message;
    this.#options.onWarning(message);
  }
}
