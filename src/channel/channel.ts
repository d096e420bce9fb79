import { equals } from "@std/bytes/equals";
import type { LogicalScreen } from "../gif/block.ts";
import { FrameReader, type GifFrame } from "../gif/read/frame_reader.ts";
import { imagesStay } from "../gif/read/part_images.ts";
import type { Part } from "../gif/write/frame_part.ts";
import type { Faults } from "../log/faults.ts";
import {
  type AttachOptions,
  Broadcaster,
  fanoutContext,
} from "./broadcaster.ts";
import { checkName } from "./channel_name.ts";
import type { ChannelOptions } from "./channel_options.ts";
import type { ChannelStatus } from "./channel_status.ts";
import { Demand } from "./demand.ts";
import { FrameCounts } from "./frame_counts.ts";
import type { LatencyHistogram } from "./latency.ts";
import type {
  ChannelFollower,
  Outlet,
  OutletContext,
  PartInfo,
  PublishOptions,
} from "./outlet.ts";
import { Outlets } from "./outlets.ts";
import { PartMaker } from "./part_maker.ts";
import { keptPart } from "./past/kept_part.ts";
import type { Past } from "./past/past.ts";
import {
  type SourceStatus,
  stateByAge,
  stateWithPicture,
  unknownSource,
} from "./source_state.ts";
import type { FanoutContext } from "./viewers/fanout.ts";
import type { ViewerConnection } from "./viewers/viewer_connection.ts";

export type { ChannelOptions };

/**
 * One live stream: takes frames, makes each a part, and broadcasts it; parts
 * that are made already it takes as they are.
 *
 * @example A GIF that never ends, in a server of your own
 * ```ts
 * import { Channel } from "@x/gifstream";
 * import { assertEquals } from "@std/assert";
 *
 * const channel = new Channel({ name: "clock" });
 * const viewer = channel.view(); // new Response(viewer) in a handler
 * const gif = Uint8Array.from(
 *   atob("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs="),
 *   (c) => c.charCodeAt(0),
 * );
 * assertEquals(channel.publish(gif), 1);
 * channel.close();
 * assertEquals((await new Response(viewer).bytes()).length, 43);
 * ```
 */
export class Channel {
  /** The name in addresses and logs. */
  readonly name: string;
  /** The name that people are shown. */
  readonly title: string;
  /** Whether anybody wants pictures, for sources that run only then. */
  readonly demand: Demand = new Demand();
  readonly #context: FanoutContext;
  readonly #outlets: Outlets;
  readonly #broadcaster: Broadcaster;
  readonly #parts: PartMaker;
  readonly #keepUnchanged: boolean;
  #newest: Part | undefined;
  #newestInfo: PartInfo | undefined;
  readonly #counts = new FrameCounts();
  #source = unknownSource();

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
      ...broadcasterOptions
    } = options;
    this.#parts = new PartMaker({
      delayCentiseconds,
      onResize,
      checkImages,
      onBegin: (screen) => this.#begin(screen),
      onRefused: () => this.#counts.refused++,
    });
    checkName(name);
    this.name = name;
    this.title = title;
    this.#keepUnchanged = keepUnchanged;
    this.#context = fanoutContext(
      broadcasterOptions,
      (count) => this.demand.setViewers(count),
    );
    this.#outlets = new Outlets(this.#context);
    this.#broadcaster = new Broadcaster({
      ...broadcasterOptions,
      keepSeconds,
      context: this.#context,
    });
  }

  /**
   * Publishes every picture of a GIF, at once.
   *
   * @param gif A whole GIF file. The channel takes the buffer over.
   * @returns How many pictures there were.
   * @throws {GifError} If the bytes are no GIF; the pictures before the
   * mistake have been published then.
   */
  publish(gif: Uint8Array): number {
    const reader = new FrameReader();
    reader.push(gif);
    reader.end();
    let frames = 0;
    for (let f = reader.next(); f !== undefined; f = reader.next()) {
      this.publishFrame(f);
      frames++;
    }
    return frames;
  }

  /**
   * Publishes one frame. Its buffer belongs to the channel from here on.
   *
   * @param frame The picture, or what changes in the one before.
   * @param options When it was made, and what it was made of.
   * @throws {GifError} If browsers could not show it; nothing is sent then.
   * @throws {TypeError} If the channel was closed.
   */
  publishFrame(frame: GifFrame, options: PublishOptions = {}): void {
    this.#publish(this.#parts.ofFrame(frame), options);
  }

  /**
   * Publishes a part that is there already, as {@linkcode GifEncoder} and
   * {@linkcode framePart} make them: it goes to the viewers as it is, not
   * decoded, checked or copied, so it must be one that browsers can show. Its
   * buffer belongs to the channel from here on.
   *
   * Its delay stays, unless the channel was given
   * {@linkcode ChannelOptions.delayCentiseconds}, which is then set in place.
   *
   * @param part The picture, or what changes in the one before.
   * @param screen The logical screen that it was made for.
   * @param options When it was made, and what it was made of.
   * @throws {RangeError} If a side of the screen is not 1 to 65535 pixels.
   * @throws {TypeError} If the channel was closed.
   *
   * @example Pixels of your own, encoded on this thread
   * ```ts
   * import { Channel, GifEncoder } from "@x/gifstream";
   * import { assertEquals } from "@std/assert";
   *
   * const screen = { width: 2, height: 1 };
   * const encoder = new GifEncoder(screen);
   * const channel = new Channel();
   *
   * const part = encoder.encode(Uint8Array.of(255, 0, 0, 0, 0, 255));
   * if (part !== undefined) channel.publishPart(part, screen);
   * assertEquals(channel.keyframe()?.bytes, part?.bytes);
   * channel.close();
   * ```
   */
  publishPart(
    part: Part,
    screen: LogicalScreen,
    options: PublishOptions = {},
  ): void {
    this.#publish(this.#parts.ofPart(part, screen), options);
  }

  #publish(made: Part, options: PublishOptions): void {
    this.#taken();
    if (!this.#keepUnchanged && this.#changesNothing(made)) {
      this.#counts.unchanged++;
      return;
    }
    const part = this.#newest = keptPart(made);
    const sentAt = this.past.now;
    this.#broadcaster.publish(part, sentAt);
    const { timestampMilliseconds, jpeg } = options;
    this.#counts.latency.observe(
      timestampMilliseconds === undefined
        ? null
        : Math.max(0, this.past.now - timestampMilliseconds),
    );
    this.#newestInfo = { timeMilliseconds: sentAt, jpeg };
    this.#outlets.part(part, this.#newestInfo);
  }

  /**
   * Counts a frame that was not published since nothing had changed: the
   * source is alive, though there is nothing to send.
   */
  countUnchanged(): void {
    this.#taken();
    this.#counts.unchanged++;
  }

  #taken(): void {
    this.#source.state = stateWithPicture(this.#source.state);
    this.#counts.taken();
    this.demand.pictureCame();
  }

  #begin(screen: LogicalScreen): void {
    this.#broadcaster.begin(screen);
    this.#outlets.begin(screen);
    this.#newest = undefined;
    this.#newestInfo = undefined;
  }

  /** An image drawn again changes nothing unless it goes in between. */
  #changesNothing(part: Part): boolean {
    const newest = this.#newest;
    if (newest === undefined || !equals(newest.bytes, part.bytes)) return false;
    return part.keyframe || imagesStay(part.bytes);
  }

  /**
   * A new viewer: the bytes of the endless GIF.
   *
   * @throws {TooManyViewersError} If all places are taken.
   * @throws {TypeError} If the channel was closed.
   */
  view(): ReadableStream<Uint8Array> {
    return this.#broadcaster.view();
  }

  /**
   * A new viewer, over a connection of your own: see
   * {@linkcode Broadcaster.attach}.
   *
   * @param connection The way to the viewer.
   * @param options How far back it begins.
   * @returns What to call when the viewer goes away by itself.
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
   * A new viewer of this stream in another form, which is made once for all
   * viewers who want it, from when the first one comes until the last has
   * gone.
   *
   * @param form What tells one form from another, as in `"mjpeg"`.
   * @param make Makes the form; called if nobody watches it yet.
   * @param connection The way to the viewer.
   * @returns What to call when the viewer goes away by itself.
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
   * Tells of each part from now on. The newest picture so far is had from
   * {@linkcode Channel.keyframe}.
   *
   * @param follower What is told.
   * @returns What to call to be told no more.
   */
  follow(follower: ChannelFollower): () => void {
    return this.#outlets.follow(follower);
  }

  /** The logical screen; width and height are 0 before the first frame. */
  get screen(): LogicalScreen {
    return this.#parts.screen;
  }

  /** How many watch, in whatever form. */
  get viewers(): number {
    return this.#context.limit.count;
  }

  /**
   * A keyframe of the newest picture, as a part; undefined if there is none
   * yet. It is made when the first one asks, and then shared.
   */
  keyframe(): Part | undefined {
    return this.#broadcaster.keyframe();
  }

  /** What is known of the newest picture; undefined if there is none yet. */
  get newestInfo(): PartInfo | undefined {
    return this.#newestInfo;
  }

  /** The newest picture as a GIF of its own; undefined if there is none yet. */
  snapshot(): Uint8Array | undefined {
    return this.#broadcaster.snapshot();
  }

  /** What viewers saw, as far back as it is kept. */
  get past(): Past {
    return this.#broadcaster.past;
  }

  /** What went wrong with viewers, or forms of the stream, unexpectedly. */
  get faults(): Faults {
    return this.#context.faults;
  }

  /** Where the pictures come from, as it was last told. */
  get source(): Readonly<SourceStatus> {
    return this.#source;
  }

  /**
   * Tells what the source is doing; what is left out stays as it is. The
   * first picture by itself makes it `live`.
   *
   * @param change Its kind, its state, or a message.
   */
  setSource(change: Partial<SourceStatus>): void {
    this.#source = { ...this.#source, ...change };
  }

  /** How long frames took from their source to the viewers' sockets. */
  get latency(): LatencyHistogram {
    return this.#counts.latency.histogram();
  }

  /** The state at this moment. */
  status(): ChannelStatus {
    const counts = this.#counts;
    const { latestMilliseconds, smoothedMilliseconds } = counts.latency;
    const age = counts.ageMilliseconds();
    const { publishedBytes, sentBytes, skippedParts, stalledViewers } =
      this.#broadcaster.stats;
    return {
      name: this.name,
      title: this.title,
      ...this.screen,
      viewers: this.viewers,
      frames: counts.frames,
      unchangedFrames: counts.unchanged,
      refusedFrames: counts.refused,
      framesPerSecond: counts.framesPerSecond(),
      publishedBytes,
      sentBytes,
      skippedFrames: skippedParts,
      stalledViewers: stalledViewers,
      lastFrameAgeMilliseconds: age,
      latencyMilliseconds: latestMilliseconds,
      smoothedLatencyMilliseconds: smoothedMilliseconds,
      source: { ...this.#source, state: stateByAge(this.#source.state, age) },
    };
  }

  /** Ends every viewer's GIF with a trailer. */
  close(): void {
    this.#broadcaster.close();
    this.#outlets.close();
    this.demand.close();
  }
}
