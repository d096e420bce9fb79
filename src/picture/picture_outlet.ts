import { concat } from "@std/bytes/concat";
import type { Channel } from "../channel/channel.ts";
import { Fanout } from "../channel/fanout.ts";
import type { Outlet, OutletContext, PartInfo } from "../channel/outlet.ts";
import type { ViewerConnection } from "../channel/viewer_connection.ts";
import type { LogicalScreen } from "../gif/block.ts";
import type { Part } from "../gif/transform.ts";
import type { PictureForm } from "./picture_form.ts";
import type { MadePicture, PictureRequest } from "./picture_messages.ts";
import type { PictureThread } from "./picture_thread.ts";
import { wholeGif } from "./whole_gif.ts";

/** A picture of a stream. */
export interface StreamPicture extends MadePicture {
  /** When it was sent as a GIF, in milliseconds since 1970. */
  timeMilliseconds: number;
}

/** What a stream of pictures looks like. */
export interface PictureStreamOptions {
  /** How each picture is written. */
  form: PictureForm;
  /** What viewers are sent of a picture, and of a change. */
  wrap(picture: StreamPicture, bytes: Uint8Array): Uint8Array;
  /** What viewers are sent first, in front of the newest picture. */
  greeting?: Uint8Array;
  /** What viewers are sent at the end. */
  farewell?: Uint8Array;
  /** Most pictures a second; as many as come by default. */
  framesPerSecond?: number;
  /** After so long without a new picture the newest is sent again. */
  repeatMilliseconds?: number;
}

/** Parts that wait to be drawn, at most; a keyframe takes their place then. */
const MAX_PENDING_PARTS = 100;
const MAX_PENDING_BYTES = 4 * 1024 * 1024;

/**
 * A channel's stream as pictures, each made once for all viewers, from what
 * is newest when the thread is free.
 */
export class PictureOutlet implements Outlet {
  readonly #channel: Channel;
  readonly #thread: PictureThread;
  readonly #options: PictureStreamOptions;
  readonly #fanout: Fanout;
  readonly #canvas: number;
  readonly #leave: () => void;
  #screen: LogicalScreen;
  /** Parts that the canvas lacks; undefined: it needs a keyframe first. */
  #pending: Part[] | undefined;
  #pendingBytes = 0;
  /** The canvas must begin anew, with this screen. */
  #anew = true;
  #info: PartInfo | undefined;
  /** The newest picture, as viewers are sent it. */
  #newest: Uint8Array | undefined;
  #making = false;
  /** There is something newer than what is being made. */
  #wanted = false;
  #nextMilliseconds = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ended = false;
  #released = false;

  /**
   * @param channel The stream; it must tell the outlet of its parts.
   * @param context What fan-outs of the channel have in common.
   * @param thread Where pictures are made.
   * @param leave Called when the thread is not needed any more.
   * @param options What the stream looks like.
   */
  constructor(
    channel: Channel,
    context: OutletContext,
    thread: PictureThread,
    leave: () => void,
    options: PictureStreamOptions,
  ) {
    const newest = () => this.#newest!;
    this.#channel = channel;
    this.#thread = thread;
    this.#leave = leave;
    this.#options = options;
    this.#canvas = thread.newCanvas();
    this.#screen = channel.screen;
    this.#fanout = new Fanout({
      ...context,
      keepAliveMilliseconds: options.repeatMilliseconds ?? Infinity,
      newest,
      // A getter: it is another one with each picture.
      get signOfLife() {
        return options.repeatMilliseconds === undefined ? undefined : newest();
      },
      onEmpty: () => {
        context.onEmpty();
        this.release();
      },
    });
    this.#info = channel.newestInfo;
    if (this.#info !== undefined) this.#want();
  }

  attach(connection: ViewerConnection): () => void {
    const begun = this.#newest !== undefined;
    return this.#fanout.attach(
      connection,
      begun ? () => this.#greet() : undefined,
    );
  }

  begin(screen: LogicalScreen): void {
    this.#screen = screen;
    this.#anew = true;
    this.#pending = [];
    this.#pendingBytes = 0;
  }

  part(part: Part, info: PartInfo): void {
    this.#info = info;
    this.#keep(part);
    this.#want();
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    if (this.#wanted && !this.#making) this.#make();
    this.#finishIfDone();
  }

  release(): void {
    if (this.#released || (this.#ended && this.#making)) return;
    this.#released = true;
    clearTimeout(this.#timer);
    this.#thread.drop(this.#canvas);
    this.#leave();
  }

  #keep(part: Part): void {
    if (part.keyframe) {
      this.#pending = [];
      this.#pendingBytes = 0;
    }
    if (this.#pending === undefined) return;
    this.#pending.push(part);
    this.#pendingBytes += part.bytes.length;
    const tooMany = this.#pending.length > MAX_PENDING_PARTS ||
      this.#pendingBytes > MAX_PENDING_BYTES;
    if (tooMany && this.#pending.length > 1) this.#pending = undefined;
  }

  /** Makes a picture of what is newest as soon as it may be. */
  #want(): void {
    this.#wanted = true;
    if (this.#making || this.#timer !== undefined) return;
    const rest = this.#nextMilliseconds - performance.now();
    if (rest <= 0) this.#make();
    else {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#make();
      }, rest);
    }
  }

  #make(): void {
    const { framesPerSecond } = this.#options;
    if (framesPerSecond !== undefined) {
      const now = performance.now(), interval = 1000 / framesPerSecond;
      const due = this.#nextMilliseconds + interval;
      this.#nextMilliseconds = due < now ? now + interval : due;
    }
    this.#wanted = false;
    const ready = this.#readyMade();
    if (ready !== undefined) {
      this.#deliver({ ...ready, ...timeOf(this.#info) });
      return;
    }
    this.#making = true;
    let info: PartInfo | undefined, anew = false;
    this.#thread.make(() => {
      info = this.#info;
      anew = this.#anew;
      this.#wanted = false;
      return this.#request();
    }).then((picture) => {
      this.#making = false;
      if (!this.#released) this.#deliver({ ...picture, ...timeOf(info) });
    }, () => {
      this.#making = false;
      this.#beginAnew();
      // The thread may have lost the canvas; that does not happen twice.
      if (!anew) this.#wanted = true;
    }).finally(() => this.#goOn());
  }

  /** What need not be made, since it came like this. */
  #readyMade(): MadePicture | undefined {
    const { format, width, quality } = this.#options.form;
    if (width !== undefined) return undefined;
    const { jpeg } = this.#info!;
    if (format === "jpeg" && quality === undefined && jpeg !== undefined) {
      return { bytes: jpeg, ...this.#screen };
    }
    const only = this.#pending?.length === 1 ? this.#pending[0] : undefined;
    if (format !== "gif" || !only?.keyframe) return undefined;
    return { bytes: wholeGif(this.#screen, only.bytes), ...this.#screen };
  }

  #request(): PictureRequest {
    const parts = this.#pending ?? this.#keyframe();
    const screen = this.#anew ? this.#screen : undefined;
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#anew = false;
    const { form } = this.#options;
    const bytes = parts.map(({ bytes }) => bytes);
    return { canvas: this.#canvas, screen, parts: bytes, form };
  }

  #keyframe(): Part[] {
    const keyframe = this.#channel.keyframe();
    if (keyframe !== undefined) return [keyframe];
    throw new TypeError("Cannot make picture: the channel has none any more");
  }

  #deliver(picture: StreamPicture): void {
    const { wrap } = this.#options;
    const first = this.#newest === undefined;
    const whole = this.#newest = wrap(picture, picture.bytes);
    if (first) {
      this.#fanout.greetAll(this.#greet());
      return;
    }
    const { change } = picture;
    if (change === undefined) this.#fanout.send(whole);
    else if (change.length > 0) this.#fanout.send(wrap(picture, change));
  }

  /** The canvas has lost what the last request would have drawn. */
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

  #greet(): Uint8Array {
    const { greeting } = this.#options;
    return greeting === undefined
      ? this.#newest!
      : concat([greeting, this.#newest!]);
  }

  #finishIfDone(): void {
    if (!this.#ended || this.#making || this.#released) return;
    this.#fanout.finish(
      this.#newest === undefined ? undefined : this.#options.farewell,
    );
    this.release();
  }
}

function timeOf(info: PartInfo | undefined): { timeMilliseconds: number } {
  return { timeMilliseconds: info?.timeMilliseconds ?? Date.now() };
}
