import type { PartRules } from "../encoding/source_parts.ts";
import type { LogicalScreen } from "../gif/block.ts";
import type { Part } from "../gif/write/frame_part.ts";
import type { Faults } from "../log/faults.ts";
import type { LatencyHistogram } from "../timing/time_histogram.ts";
import { Broadcaster } from "./broadcaster.ts";
import { type AttachOptions, fanoutContext } from "./broadcaster_options.ts";
import { checkName } from "./channel_name.ts";
import type { ChannelOptions } from "./channel_options.ts";
import { ChannelRoute } from "./channel_route.ts";
import { type ChannelStatus, statusOf } from "./channel_status.ts";
import { Demand } from "./demand.ts";
import type { Enter, EnterOptions } from "./entrance.ts";
import { FrameCounts } from "./frame_counts.ts";
import { FormSwitch } from "./form_switch.ts";
import { KeptSource } from "./kept_source.ts";
import { NewestFrame } from "./newest_frame.ts";
import type {
  ChannelFollower,
  Outlet,
  OutletContext,
  PartInfo,
  PublishOptions,
} from "./outlet.ts";
import { Outlets } from "./outlets.ts";
import { PartMaker } from "./part_maker.ts";
import { keptPart } from "../past/kept_part.ts";
import type { Past } from "../past/past.ts";
import type { SourceChange, SourceStatus } from "./source_state.ts";
import type { FanoutContext } from "./viewers/fanout.ts";
import type { ViewerConnection } from "./viewers/viewer_connection.ts";

/**
 * One live stream: takes finished parts of a GIF, and JPEGs as they come, and
 * broadcasts them. It computes no pixels and parses nothing from outside:
 * sources, {@linkcode Ingest} and {@linkcode publishFrame} make the parts, and
 * threads make keyframes and the past.
 *
 * @example A GIF that never ends, in a server of your own
 * ```ts
 * import { Channel } from "@x/gifstream";
 * import { GifEncoder } from "@x/gifstream/gif";
 * import { assertEquals } from "@std/assert";
 *
 * const screen = { width: 2, height: 1 };
 * const encoder = new GifEncoder(screen);
 * const channel = new Channel({ name: "clock" });
 * const viewer = channel.view(); // new Response(viewer) in a handler
 *
 * const part = encoder.encode(Uint8Array.of(255, 0, 0, 0, 0, 255));
 * if (part !== undefined) channel.publishPart(part, screen);
 * assertEquals((await channel.keyframe())?.bytes, part?.bytes);
 * channel.close();
 * assertEquals((await new Response(viewer).bytes()).at(-1), 0x3b);
 * ```
 */
export class Channel {
  /** The name in addresses and logs. */
  readonly name: string;
  /** The name shown to people. */
  readonly title: string;
  /** The way that the pictures come, through channels of other servers. */
  readonly route: ChannelRoute = new ChannelRoute();
  /** Demand for pictures, for sources that run only while there is some. */
  readonly demand: Demand = new Demand();
  /** Tells sources of JPEG and of pixels if the GIF is needed. */
  readonly gif: FormSwitch;
  /** Tells sources of pixels if JPEG is needed though the GIF is, too. */
  readonly jpeg: FormSwitch;
  readonly #context: FanoutContext;
  readonly #outlets: Outlets;
  readonly #broadcaster: Broadcaster;
  readonly #parts: PartMaker;
  readonly #keepUnchanged: boolean;
  readonly #newest = new NewestFrame();
  /** Called when the last viewer of the GIF has left. */
  #needNoGif: (() => void) | undefined;
  readonly #counts = new FrameCounts();
  readonly #source = new KeptSource();

  /**
   * Makes a channel without pictures.
   *
   * @param options Name, delay, backlog and bounds.
   * @throws {RangeError} If an option is out of range.
   */
  constructor(options: ChannelOptions = {}) {
    const {
      name = "live",
      title = name,
      delayCentiseconds,
      onResize,
      keepUnchanged = false,
      checkImages,
      keepSeconds = 30,
      formLingerMilliseconds = 5000,
      ...broadcasterOptions
    } = options;
    this.#parts = new PartMaker({
      delayCentiseconds,
      onResize,
      checkImages,
      onBegin: (screen) => this.#begin(screen),
    });
    checkName(name);
    this.gif = new FormSwitch(formLingerMilliseconds);
    this.jpeg = new FormSwitch(formLingerMilliseconds);
    this.name = name;
    this.title = title;
    this.#keepUnchanged = keepUnchanged;
    this.#context = fanoutContext(
      broadcasterOptions,
      (count) => this.demand.setViewers(count),
    );
    this.#outlets = new Outlets(this.#context);
    this.#broadcaster = new Broadcaster({
      onPastLost: (message) => this.setSource({ message }),
      ...broadcasterOptions,
      keepSeconds,
      context: this.#context,
      onWatched: (watched) => {
        if (watched) this.#needNoGif = this.gif.need();
        else this.#needNoGif?.();
      },
    });
  }

  /**
   * Publishes a finished part, as made by {@linkcode GifEncoder} or
   * {@linkcode framePart}. Its images are not checked, so browsers must be
   * able to show them. The channel takes the buffer over.
   *
   * The part keeps its delay, unless the channel was given
   * {@linkcode ChannelOptions.delayCentiseconds}.
   *
   * @param part The picture, or its difference from the previous picture.
   * @param screen The logical screen of the part.
   * @param options Time of the picture, and its JPEG source, if any.
   * @throws {RangeError} If a side of the screen is not 1 to 65535 pixels.
   * @throws {TypeError} If the channel was closed.
   */
  publishPart(
    part: Part,
    screen: LogicalScreen,
    options: PublishOptions = {},
  ): void {
    if (options.wasPublished) {
      // It comes late, or builds on parts that viewers were not sent.
      const isUseful = this.#broadcaster.begun || part.keyframe;
      if (!this.gif.needed || !isUseful) return;
    }
    this.#publish(this.#parts.ofPart(part, screen), options);
  }

  /**
   * Publishes a JPEG as it came, to viewers of JPEG. While
   * {@linkcode Channel.gif} says that the GIF is needed, the source should also
   * publish parts of the same pictures, as `wasPublished`, the first of them a
   * keyframe. The past is kept as JPEG meanwhile.
   *
   * @param jpeg The file. The channel takes the buffer over.
   * @param size Its width and height in pixels.
   * @param options Time of the picture, and its damage, if any.
   */
  publishJpeg(
    jpeg: Uint8Array,
    size: LogicalScreen,
    options: Omit<PublishOptions, "jpeg" | "wasPublished"> = {},
  ): void {
    this.#taken(options);
    if (!this.#keepUnchanged && this.#newest.isJpeg(jpeg)) {
      this.#counts.unchanged++;
      return;
    }
    const now = this.past.now, { number } = this.#broadcaster;
    const ageMilliseconds = this.#counts.latency.observeSince(options);
    const about = { number, timeMilliseconds: now, ageMilliseconds };
    this.#outlets.jpeg(size, this.#newest.setJpeg(jpeg, size, about));
    if (!this.gif.needed) this.#broadcaster.noteJpeg(jpeg, size, now);
  }

  #publish(made: Part, options: PublishOptions): void {
    const { wasPublished = false, jpeg } = options;
    if (!wasPublished) {
      this.#taken(options);
      if (!this.#keepUnchanged && this.#newest.isPart(made)) {
        this.#counts.unchanged++;
        return;
      }
    }
    const part = keptPart(made), timeMilliseconds = this.past.now;
    this.#broadcaster.publish(part, timeMilliseconds);
    const ageMilliseconds = this.#counts.latency.observeSince(options);
    const { number } = this.#broadcaster;
    const about = {
      ...{ number, timeMilliseconds, ageMilliseconds },
      ...{ jpeg, wasPublished },
    };
    this.#outlets.part(part, this.#newest.setPart(part, about));
  }

  /**
   * Counts an unchanged frame, which is not published: the source is alive,
   * although there is nothing to send.
   */
  countUnchanged(): void {
    this.#taken();
    this.#counts.unchanged++;
  }

  /** The rules by which frames become parts, for those who make them in a thread. */
  readonly partRules: () => PartRules = () => this.#parts.rules;

  /** Counts a frame that its source has refused: browsers could not show it. */
  countRefused(): void {
    this.#counts.refused++;
  }

  #taken({ damage, standsIn = false }: PublishOptions = {}): void {
    if (standsIn) return;
    if (damage !== undefined) this.#counts.damaged++;
    this.#source.pictureCame();
    this.#counts.taken();
    this.demand.pictureCame();
  }

  #begin(screen: LogicalScreen): void {
    this.#broadcaster.begin(screen);
    this.#outlets.begin(screen);
    this.#newest.begin();
  }

  /**
   * Adds a viewer and returns its bytes, an endless GIF.
   *
   * @throws {TooManyViewersError} If all places are taken.
   * @throws {TypeError} If the channel was closed.
   */
  view(): ReadableStream<Uint8Array> {
    return this.#broadcaster.view();
  }

  /**
   * Adds a viewer over a connection of your own: see
   * {@linkcode Broadcaster.attach}.
   *
   * @param connection The connection to the viewer.
   * @param options Length of the backlog.
   * @returns A function to call when the viewer leaves by itself.
   * @throws {TooManyViewersError} If all places are taken.
   * @throws {TypeError} If the channel was closed.
   */
  attach(
    connection: ViewerConnection,
    options?: AttachOptions,
  ): () => void {
    return this.#broadcaster.attach(connection, options);
  }

  /**
   * Adds a viewer of this stream in another form. The form is made once for
   * all its viewers, from the first viewer's arrival until the last viewer
   * leaves.
   *
   * @param form Key of the form, as in `"mjpeg"`.
   * @param make Makes the form; called if the form has no viewer yet.
   * @param connection The connection to the viewer.
   * @returns A function to call when the viewer leaves by itself.
   * @throws {TooManyViewersError} If all places are taken.
   * @throws {TypeError} If the channel was closed.
   */
  attachTo(
    form: string,
    make: (channel: Channel, context: OutletContext) => Outlet,
    connection: ViewerConnection,
  ): () => void {
    return this.#outlets.attach(
      form,
      (context) => make(this, context),
      connection,
    );
  }

  /**
   * Tells a follower of each part from now on. For the newest picture so far,
   * see {@linkcode Channel.keyframe}.
   *
   * @param follower The listener for parts.
   * @returns A function to call to stop following.
   */
  follow(follower: ChannelFollower): () => void {
    return this.#outlets.follow(follower);
  }

  /** The logical screen; width and height are 0 before the first frame. */
  get screen(): LogicalScreen {
    return this.#newest.jpegSize ?? this.#parts.screen;
  }

  /** Number of viewers, in all forms. */
  get viewers(): number {
    return this.#context.limit.count;
  }

  /**
   * A keyframe of the newest picture, as a part; undefined before the first
   * part.
   *
   * @throws {Error} If the thread that makes it breaks down.
   */
  keyframe(): Promise<Part | undefined> {
    return this.#broadcaster.keyframe();
  }

  /**
   * Tells what brings a viewer up to date who gets each later part: see
   * {@linkcode Channel.follow}.
   *
   * @param enter Called once with a keyframe and the parts after it.
   * @param options Whether it has seen the parts so far.
   * @returns A function to call to wait no longer.
   */
  enter(enter: Enter, options?: EnterOptions): () => void {
    return this.#broadcaster.enter(enter, options);
  }

  /**
   * Fulfilled while the channel keeps up with its parts. A source that can wait
   * should wait for it after each part.
   */
  get ready(): Promise<void> {
    return this.#broadcaster.ready;
  }

  /** Facts about the newest picture; undefined before the first part. */
  get newestInfo(): PartInfo | undefined {
    return this.#newest.info;
  }

  /**
   * The newest picture as a whole GIF; undefined before the first part.
   *
   * @throws {Error} If the thread that makes it breaks down.
   */
  snapshot(): Promise<Uint8Array | undefined> {
    return this.#broadcaster.snapshot();
  }

  /** The past pictures of the stream, as far back as they are kept. */
  get past(): Past {
    return this.#broadcaster.past;
  }

  /** Unexpected errors of viewers, or of forms of the stream. */
  get faults(): Faults {
    return this.#context.faults;
  }

  /** The source of the pictures, as last set. */
  get source(): Readonly<SourceStatus> {
    return this.#source.status;
  }

  /**
   * Sets the status of the source; omitted fields stay unchanged. The first
   * picture makes the state `live` by itself, and takes the message away; one
   * about a live source goes after a minute.
   */
  setSource(change: SourceChange): void {
    this.#source.set(change);
  }

  /** Time that frames took from their source to the viewers' sockets. */
  get latency(): LatencyHistogram {
    return this.#counts.latency.histogram();
  }

  /** The state at this moment. */
  status(): ChannelStatus {
    const counts = this.#counts, { stats, viewerCount } = this.#broadcaster;
    const viewersByForm = this.#outlets.viewersByForm(viewerCount);
    const source = this.#source;
    return statusOf({ channel: this, source, viewersByForm, counts, stats });
  }

  /** Ends every viewer's GIF with a trailer. */
  close(): void {
    this.#broadcaster.close();
    this.#outlets.close();
    for (const each of [this.demand, this.gif, this.jpeg]) each.close();
  }
}
