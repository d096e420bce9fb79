import { concat } from "@std/bytes/concat";
import type { LogicalScreen } from "../gif/block.ts";
import { EMPTY_COMMENT, TRAILER_BYTES } from "../gif/markers.ts";
import type { Part } from "../gif/write/frame_part.ts";
import { streamHeader } from "../gif/write/stream_header.ts";
import { type NewestPicture, Past } from "../past/past.ts";
import { PastThread } from "../past/past_thread.ts";
import {
  type AttachOptions,
  type BroadcasterOptions,
  checkRange,
  fanoutContext,
  type SharedContext,
} from "./broadcaster_options.ts";
import { type Enter, type EnterOptions, Entrance } from "./entrance.ts";
import { Fanout, type FanoutContext } from "./viewers/fanout.ts";
import { StreamConnection } from "./viewers/stream_connection.ts";
import type { ViewerConnection } from "./viewers/viewer_connection.ts";

/** Counts of a broadcaster since it was made. */
export interface BroadcasterStats {
  /** Parts published. */
  parts: number;
  /** Bytes of the parts published, each counted once. */
  publishedBytes: number;
  /** Bytes handed to viewers. */
  sentBytes: number;
  /** Parts that slow viewers skipped, summed over viewers. */
  skippedParts: number;
  /** Viewers that were cut off because they took nothing. */
  stalledViewers: number;
}

/** Time for the last keyframe to be made once the stream is closed. */
const FAREWELL_MILLISECONDS = 5000;

/**
 * Hands each part of an endless GIF, made once, to any number of viewers,
 * each of which reads a `ReadableStream` at its own speed.
 *
 * A viewer gets the stream header, the newest picture (or the backlog), then
 * live parts. A slow viewer skips the parts that it has no room for; once it
 * has drained, it gets the newest picture. So no viewer slows another, and
 * each viewer holds at most two chunks in memory.
 *
 * Where parts build on each other, the newest picture is a keyframe made from
 * the canvas that the other viewers see: in a thread of its own, once for all
 * viewers who wait for it, and only when there are any.
 *
 * @example Two viewers of one stream
 * ```ts
 * import { Broadcaster, framePart } from "@x/gifstream";
 * import { FrameReader } from "@x/gifstream/gif";
 * import { assertEquals } from "@std/assert";
 *
 * const reader = new FrameReader();
 * reader.push(Uint8Array.from(
 *   atob("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs="),
 *   (c) => c.charCodeAt(0),
 * ));
 * const frame = reader.next()!;
 *
 * const broadcaster = new Broadcaster();
 * const early = broadcaster.view();
 * broadcaster.begin(frame.screen);
 * broadcaster.publish(framePart(frame));
 * const late = broadcaster.view();
 * broadcaster.close();
 *
 * const bytes = await new Response(early).bytes();
 * assertEquals(bytes, await new Response(late).bytes());
 * assertEquals(bytes.at(-1), 0x3b);
 * ```
 */
export class Broadcaster {
  readonly #context: FanoutContext;
  readonly #onWatched: ((watched: boolean) => void) | undefined;
  #watched = false;
  readonly #fanout: Fanout;
  readonly #thread: PastThread;
  readonly #entrance: Entrance;
  /** The past pictures of the stream, as far back as they are kept. */
  readonly past: Past;
  #screen: LogicalScreen | undefined;
  #header: Uint8Array | undefined;
  /** Header and first chunks, shared by viewers who enter at the same time. */
  #greeting: { keyframe: Uint8Array; bytes: Uint8Array } | undefined;
  /** The newest part of this GIF, and its time. */
  #newest: { part: Part; timeMilliseconds: number } | undefined;
  #closed = false;
  /** Called when the last viewer leaves a stream that has been closed. */
  #onDeserted: (() => void) | undefined;
  #parts = 0;
  /** JPEGs that came while no GIF was made. */
  #jpegs = 0;
  #publishedBytes = 0;

  /**
   * Makes a broadcaster without viewers.
   *
   * @param options Bounds and the backlog.
   * @throws {RangeError} If an option is out of range.
   */
  constructor(options: BroadcasterOptions & SharedContext = {}) {
    const { backlogSeconds = 0, maxBacklogBytes = 16 * 1024 * 1024 } = options;
    const { keepSeconds = 0, maxKeepBytes = 64 * 1024 * 1024 } = options;
    checkRange({
      ...{ backlogSeconds, maxBacklogBytes },
      ...{ keepSeconds, maxKeepBytes },
    }, 0);
    this.#onWatched = options.onWatched;
    this.#context = options.context ?? fanoutContext(options);
    const { faults } = this.#context;
    const seconds = Math.max(keepSeconds, backlogSeconds);
    this.#thread = new PastThread({
      bounds: { seconds, maxBytes: maxKeepBytes },
      faults,
      onLost: options.onPastLost,
    });
    this.#entrance = new Entrance({
      past: this.#thread,
      backlogSeconds,
      maxBacklogBytes,
      onKeyframe: () => this.#fanout.catchUp(),
    });
    this.#fanout = new Fanout({
      ...this.#context,
      newest: () => this.#caughtUp(),
      signOfLife: EMPTY_COMMENT,
      onEmpty: () => {
        this.#tellWatched();
        options.context?.onEmpty?.();
        this.#onDeserted?.();
      },
    });
    this.past = new Past(this.#thread, seconds, () => this.#newestPicture());
  }

  /** Number of viewers. */
  get viewerCount(): number {
    return this.#fanout.size;
  }

  /** Number of the newest part; -1 before the first. */
  get number(): number {
    return this.#parts - 1;
  }

  /** Counts since the broadcaster was made. */
  get stats(): BroadcasterStats {
    return {
      parts: this.#parts,
      publishedBytes: this.#publishedBytes,
      ...this.#context.counts,
    };
  }

  /**
   * Begins a GIF. Viewers of the previous GIF, if any, are sent its trailer,
   * since the logical screen of a GIF cannot change.
   *
   * @param screen Width and height, 1 to 65535 pixels each.
   * @throws {RangeError} If width or height is out of range.
   * @throws {TypeError} If the broadcaster was closed.
   */
  begin(screen: LogicalScreen): void {
    this.#checkOpen("begin");
    const header = streamHeader(screen);
    if (this.begun) this.#fanout.finish(TRAILER_BYTES);
    this.#tellWatched();
    this.#header = header;
    this.#screen = screen;
    this.#newest = this.#greeting = undefined;
    this.#thread.begin(screen);
    this.#entrance.begin();
  }

  /**
   * Sends a part to every viewer that has room for it. All viewers share the
   * bytes: do not change them afterwards.
   *
   * @param part The part.
   * @param timeMilliseconds Time of the part, in milliseconds since 1970,
   * never less than that of the previous part; now by default.
   * @throws {TypeError} If there was no {@linkcode Broadcaster.begin}, or the
   * broadcaster was closed.
   */
  publish(part: Part, timeMilliseconds: number = this.past.now): void {
    this.#checkOpen("publish");
    if (this.#header === undefined) {
      throw new TypeError("Cannot publish a part: begin() was not called");
    }
    const first = !this.begun;
    const number = this.#parts++;
    this.#newest = { part, timeMilliseconds };
    this.#publishedBytes += part.bytes.length;
    this.#entrance.note(part, number);
    if (!first) this.#fanout.send(part.bytes);
    // The last viewer may have left by that, and a form ends with it.
    if (this.#closed) return;
    this.#thread.push(part, number, timeMilliseconds);
    this.#entrance.open(first);
  }

  /**
   * Takes note of a JPEG that viewers of JPEG were sent, while no GIF is made.
   * Viewers of the GIF wait for the next part, which must be a keyframe.
   *
   * @param jpeg The file.
   * @param size Its width and height.
   * @param timeMilliseconds Time of the picture, as for `publish`.
   */
  noteJpeg(
    jpeg: Uint8Array,
    size: LogicalScreen,
    timeMilliseconds: number,
  ): void {
    if (this.begun) this.#entrance.begin();
    this.#newest = undefined;
    this.#jpegs++;
    this.#thread.pushJpeg(jpeg, size, timeMilliseconds);
  }

  /**
   * Adds a viewer and returns its bytes, an endless GIF. The stream waits for
   * the first part. The viewer leaves when the stream is canceled.
   *
   * @throws {TooManyViewersError} If there are `maxViewers` viewers already.
   * @throws {TypeError} If the broadcaster was closed.
   */
  view(): ReadableStream<Uint8Array> {
    const connection = new StreamConnection();
    connection.onLeave = this.attach(connection);
    return connection.stream;
  }

  /**
   * Adds a viewer over a connection of your own, for servers with a cheaper
   * connection than a stream.
   *
   * @param connection The connection to the viewer.
   * @param options Length of the backlog.
   * @returns A function to call when the viewer leaves by itself.
   * @throws {TooManyViewersError} If there are `maxViewers` viewers already.
   * @throws {TypeError} If the broadcaster was closed.
   */
  attach(
    connection: ViewerConnection,
    { backlogSeconds }: AttachOptions = {},
  ): () => void {
    this.#checkOpen("view");
    const leave = this.#fanout.attach(connection);
    this.#tellWatched();
    const leaveQueue = this.#entrance.enter(
      (chunks) => this.#fanout.greet(connection, this.#withHeader(chunks)),
      backlogSeconds,
    );
    if (leaveQueue === undefined) return leave;
    return () => {
      leaveQueue();
      leave();
    };
  }

  /**
   * Tells what brings a viewer up to date who gets each later part: at once, or
   * when it is made.
   *
   * @param enter Called once, or never if the stream ends before.
   * @param options Whether it has seen the parts so far.
   * @returns A function to call to wait no longer.
   */
  enter(enter: Enter, { afresh = false }: EnterOptions = {}): () => void {
    const leave = afresh
      ? this.#entrance.enterAfresh(enter)
      : this.#entrance.enter(enter, 0);
    return leave ?? (() => {});
  }

  /**
   * A keyframe of the newest picture; undefined before the first part.
   *
   * @throws {Error} If the thread that makes it breaks down.
   */
  async keyframe(): Promise<Part | undefined> {
    const found = await this.past.keyframe();
    return found && { bytes: found.bytes, keyframe: true };
  }

  /**
   * A keyframe of the picture after one more part, which is not sent; undefined
   * if nothing is begun.
   *
   * @throws {Error} If the thread that makes it breaks down.
   */
  keyframeAfter({ bytes }: Part): Promise<Uint8Array | undefined> {
    return this.#thread.ask("keyframeAfter", { part: bytes });
  }

  /**
   * The newest picture as a whole GIF; undefined before the first part. The
   * GIF is made at the first call, and then shared.
   *
   * @throws {Error} If the thread that makes it breaks down.
   */
  snapshot(): Promise<Uint8Array | undefined> {
    return this.past.still();
  }

  /** Fulfilled while the making of keyframes keeps up with the parts. */
  get ready(): Promise<void> {
    return this.#thread.ready;
  }

  /**
   * Ends every viewer's GIF with a trailer, so that the last picture stays.
   * Calling it again does nothing.
   */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const lastWord = this.begun ? TRAILER_BYTES : undefined;
    this.#fanout.finishUpToDate(lastWord);
    // Who has just come or has lagged is to see the last picture, too.
    if (this.#fanout.lags) this.#caughtUp();
    const timer = setTimeout(() => end(), FAREWELL_MILLISECONDS);
    const end = () => {
      clearTimeout(timer);
      this.#onDeserted = undefined;
      this.#fanout.close(lastWord);
      this.#entrance.close();
      this.#thread.close();
      this.#newest = this.#greeting = undefined;
    };
    this.#onDeserted = end;
    if (this.#fanout.size === 0) end();
    else this.#entrance.whenEmpty(end);
  }

  #tellWatched(): void {
    const watched = this.#fanout.size > 0;
    if (watched === this.#watched) return;
    this.#watched = watched;
    this.#onWatched?.(watched);
  }

  /** True once the GIF has a part. */
  get begun(): boolean {
    return this.#newest !== undefined;
  }

  #newestPicture(): NewestPicture | undefined {
    if (this.#newest === undefined) {
      // Numbers of parts are never negative.
      return this.#jpegs === 0 ? undefined : { number: -this.#jpegs };
    }
    const { part: { bytes, keyframe }, timeMilliseconds } = this.#newest;
    const { number } = this, screen = this.#screen!;
    if (!keyframe) return { number };
    return { number, keyframe: { bytes, screen, timeMilliseconds } };
  }

  /** Parts that a viewer that lagged lacks; undefined if they are being made. */
  #caughtUp(): readonly Uint8Array[] | undefined {
    const { chunks } = this.#entrance;
    if (chunks === undefined) this.#entrance.want();
    return chunks;
  }

  /** First chunks for a viewer; those who enter at the same time share them. */
  #withHeader(chunks: readonly Uint8Array[]): readonly Uint8Array[] {
    const [keyframe, ...parts] = chunks;
    if (this.#greeting?.keyframe !== keyframe) {
      const bytes = concat([this.#header!, keyframe]);
      this.#greeting = { keyframe, bytes };
    }
    return [this.#greeting.bytes, ...parts];
  }

  #checkOpen(action: string): void {
    if (this.#closed) {
      throw new TypeError(`Cannot ${action}: the broadcaster was closed`);
    }
  }
}
