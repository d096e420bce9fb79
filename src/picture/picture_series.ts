import type { Channel } from "../channel/channel.ts";
import type { ChannelFollower, PartInfo } from "../channel/outlet.ts";
import { PendingParts } from "../past/pending_parts.ts";
import type { LogicalScreen } from "../gif/block.ts";
import type { Part } from "../gif/write/frame_part.ts";
import { wholeGif } from "../gif/write/whole_gif.ts";
import { Pace } from "../timing/pace.ts";
import type { MadePicture, PictureRequest } from "./making_messages.ts";
import { isPlain, type PictureForm } from "./picture_form.ts";
import type { PictureThread } from "./picture_thread.ts";

/** A picture of a stream. */
export interface StreamPicture extends MadePicture {
  /** The time when it was sent as a GIF, in milliseconds since 1970. */
  timeMilliseconds: number;
}

/** Options of {@linkcode PictureSeries}. */
export interface PictureSeriesOptions {
  /** The form of each picture. */
  form: PictureForm;
  /** Most pictures a second; no limit by default. */
  framesPerSecond?: number;
}

/** A listener for pictures; it hears no more after it has thrown. */
export interface PictureFollower {
  /** A picture was made. */
  picture(picture: StreamPicture): void;
  /** The series has ended. */
  end(): void;
}

/**
 * The stream of a channel as pictures. Each is made once for all viewers, of
 * the newest part at the time when the thread is free.
 */
export class PictureSeries implements ChannelFollower {
  readonly #channel: Channel;
  readonly #thread: PictureThread;
  readonly #options: PictureSeriesOptions;
  readonly #isFirst: boolean;
  readonly #onRelease: () => void;
  readonly #unfollow: () => void;
  readonly #followers = new Set<PictureFollower>();
  readonly #canvas: number;
  #screen: LogicalScreen;
  /**
   * Parts that the canvas lacks; undefined: the canvas needs a keyframe first.
   */
  #pending: PendingParts | undefined;
  /** True: the canvas must restart. */
  #anew = true;
  /** Ends the wait for a keyframe. */
  #stopEntering: (() => void) | undefined;
  /** Number of the newest part that the keyframe showed. */
  #enteredAt = -1;
  #info: PartInfo | undefined;
  #newest: StreamPicture | undefined;
  #making = false;
  /** True if a newer part has come than the one being drawn. */
  #wanted = false;
  readonly #pace = new Pace();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ended = false;
  #released = false;
  /** Needs the form of the channel no more. */
  readonly #needNoMore: () => void;

  /**
   * @param channel The channel.
   * @param thread The thread that makes pictures.
   * @param options The form and rate of the pictures.
   * @param place If they are made before others, and what is called when the
   * series has no listener left.
   */
  constructor(
    channel: Channel,
    thread: PictureThread,
    options: PictureSeriesOptions,
    { isFirst, onRelease }: { isFirst: boolean; onRelease: () => void },
  ) {
    this.#channel = channel;
    this.#thread = thread;
    this.#options = options;
    this.#isFirst = isFirst;
    this.#onRelease = onRelease;
    this.#canvas = thread.newCanvas();
    this.#screen = channel.screen;
    this.#unfollow = channel.follow(this);
    this.#info = channel.newestInfo;
    this.#needNoMore = channel[this.#isJpeg ? "jpeg" : "gif"].need();
    if (this.#info !== undefined) this.#want();
  }

  /** The newest picture, if there is one. */
  get newest(): StreamPicture | undefined {
    return this.#newest;
  }

  /** Adds a listener; the returned function removes it. */
  follow(follower: PictureFollower): () => void {
    this.#followers.add(follower);
    return () => {
      this.#followers.delete(follower);
      if (this.#followers.size === 0) this.#release();
    };
  }

  begin(screen: LogicalScreen): void {
    this.#leaveEntrance();
    this.#screen = screen;
    this.#anew = true;
    this.#pending = new PendingParts();
  }

  jpeg(_: LogicalScreen, info: PartInfo): void {
    if (!this.#isJpeg) return;
    this.#info = info;
    this.#want();
  }

  part(part: Part, info: PartInfo): void {
    // Its JPEG was shown before.
    if (info.wasPublished && this.#isJpeg) {
      // The canvas lacks the part.
      this.#pending = undefined;
      return;
    }
    this.#info = info;
    if (info.number > this.#enteredAt) this.#keep(part);
    this.#want();
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#leaveEntrance();
    if (this.#wanted && !this.#making) this.#make();
    this.#finishIfDone();
  }

  #release(): void {
    if (this.#released) return;
    this.#released = true;
    clearTimeout(this.#timer);
    this.#leaveEntrance();
    this.#needNoMore();
    this.#unfollow();
    this.#thread.drop(this.#canvas);
    this.#onRelease();
  }

  #keep(part: Part): void {
    if (part.keyframe) {
      this.#leaveEntrance();
      this.#pending ??= new PendingParts();
    }
    this.#pending?.push(part);
    // A keyframe replaces them then.
    if (this.#pending?.isFull) this.#pending = undefined;
  }

  /** Makes a picture of the newest part as soon as the rate allows. */
  #want(): void {
    this.#wanted = true;
    const busy = this.#making || this.#stopEntering !== undefined;
    if (busy || this.#timer !== undefined) return;
    const rest = this.#pace.wait();
    if (rest <= 0) this.#make();
    else {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#guard(() => this.#make());
      }, rest);
    }
  }

  #make(): void {
    if (this.#pending === undefined && !this.#cameAsJpeg) {
      return this.#enter();
    }
    const { framesPerSecond } = this.#options;
    if (framesPerSecond !== undefined) this.#pace.step(1000 / framesPerSecond);
    this.#wanted = false;
    const ready = this.#readyMade();
    if (ready !== undefined) {
      this.#deliver({ ...ready, ...timeOf(this.#info) });
      return;
    }
    this.#making = true;
    // A thread that was not asked has lost nothing.
    let info: PartInfo | undefined, anew = true;
    this.#thread.make(() => {
      info = this.#info;
      anew = this.#anew;
      this.#wanted = false;
      return this.#request();
    }, this.#isFirst).then((picture) => {
      this.#making = false;
      if (this.#released) return;
      this.#guard(() => this.#deliver({ ...picture, ...timeOf(info) }));
    }, () => {
      this.#making = false;
      this.#beginAnew();
      // The thread may have lost the canvas; that does not happen twice.
      if (!anew) this.#wanted = true;
    }).finally(() => this.#guard(() => this.#goOn()));
  }

  /** Waits for a keyframe, and makes a picture then. */
  #enter(): void {
    // A channel that has ended has none any more.
    if (this.#ended) this.#wanted = false;
    if (this.#ended || this.#stopEntering !== undefined) return;
    let entered = false;
    const stop = this.#channel.enter(([keyframe, ...rest], number) => {
      entered = true;
      this.#stopEntering = undefined;
      this.#enteredAt = number;
      this.#pending = new PendingParts();
      this.#pending.push({ bytes: keyframe, keyframe: true });
      for (const bytes of rest) {
        this.#pending.push({ bytes, keyframe: false });
      }
      if (!this.#released) this.#guard(() => this.#make());
    });
    if (!entered) this.#stopEntering = stop;
  }

  #leaveEntrance(): void {
    this.#stopEntering?.();
    this.#stopEntering = undefined;
  }

  /** Calls a function; a fault ends the series, and nothing else. */
  #guard(act: () => void): void {
    this.#channel.faults.guard("timer", act, () => this.#end());
  }

  #end(): void {
    for (const follower of this.#followers) follower.end();
    this.#release();
  }

  /** True if JPEGs are wanted, which need not become a GIF before. */
  get #isJpeg(): boolean {
    return this.#options.form.format === "jpeg";
  }

  /** True if the newest picture came as a JPEG, and JPEGs are wanted. */
  get #cameAsJpeg(): boolean {
    return this.#isJpeg && this.#info?.jpeg !== undefined;
  }

  /** The picture that need not be made, since it came in this form. */
  #readyMade(): MadePicture | undefined {
    const { format, width } = this.#options.form;
    if (this.#cameAsJpeg) {
      if (!isPlain(this.#formNow)) return undefined;
      return { bytes: this.#info!.jpeg!, ...this.#channel.screen };
    }
    const only = this.#pending?.only;
    if (width !== undefined || format !== "gif" || !only?.keyframe) {
      return undefined;
    }
    return { bytes: wholeGif(this.#screen, only.bytes), ...this.#screen };
  }

  /** The form, in which nothing is enlarged. */
  get #formNow(): PictureForm {
    const { form } = this.#options, { width } = this.#channel.screen;
    return form.width === undefined || form.width < width
      ? form
      : { ...form, width: undefined };
  }

  #request(): PictureRequest {
    if (this.#cameAsJpeg) {
      return { parts: [], jpeg: this.#info!.jpeg!, form: this.#formNow };
    }
    if (this.#pending === undefined) {
      throw new TypeError("Cannot make picture: parts came too fast");
    }
    const parts = this.#pending.take();
    const screen = this.#anew ? this.#screen : undefined;
    this.#anew = false;
    const { form } = this.#options;
    const bytes = parts.map(({ bytes }) => bytes);
    return { canvas: this.#canvas, screen, parts: bytes, form };
  }

  #deliver(picture: StreamPicture): void {
    this.#newest = picture;
    for (const follower of this.#followers) follower.picture(picture);
  }

  /** The canvas lacks the parts of the failed request. */
  #beginAnew(): void {
    this.#pending = undefined;
    this.#anew = true;
  }

  #goOn(): void {
    if (this.#released) return;
    if (this.#ended && this.#wanted) this.#make();
    else if (this.#wanted) this.#want();
    this.#finishIfDone();
  }

  #finishIfDone(): void {
    if (!this.#ended || this.#making || this.#released) return;
    this.#end();
  }
}

function timeOf(info: PartInfo | undefined): { timeMilliseconds: number } {
  return { timeMilliseconds: info?.timeMilliseconds ?? Date.now() };
}
