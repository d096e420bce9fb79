import { concat } from "@std/bytes/concat";
import type { LogicalScreen } from "../gif/block.ts";
import { COMMENT_LABEL, EXTENSION_INTRODUCER, TRAILER } from "../gif/spec.ts";
import { type Part, streamHeader } from "../gif/transform.ts";
import { Backlog } from "./backlog.ts";
import { KeepAlive } from "./keep_alive.ts";
import { LiveCanvas } from "./live_canvas.ts";
import { StreamConnection } from "./stream_connection.ts";
import { TooManySubscribersError } from "./too_many_subscribers_error.ts";
import type { ViewerConnection } from "./viewer_connection.ts";

/** Options of {@linkcode Broadcaster}. */
export interface BroadcasterOptions {
  /**
   * How much of the past a viewer gets who joins, in seconds; 0 means the
   * newest picture only. Players show it at the parts' own delays.
   *
   * @default {0}
   */
  backlogSeconds?: number;
  /**
   * Most bytes of parts kept for that; the newest part always is.
   *
   * @default {16777216}
   */
  maxBacklogBytes?: number;
  /**
   * Most viewers at a time.
   *
   * @default {10000}
   */
  maxSubscribers?: number;
  /**
   * A viewer that has taken nothing for this long, though there was
   * something to take, is cut off.
   *
   * @default {30000}
   */
  stallTimeoutMilliseconds?: number;
  /**
   * After so long with nothing to send, an empty comment is sent, so that
   * proxies do not take the connection for dead.
   *
   * @default {15000}
   */
  keepAliveMilliseconds?: number;
}

/** What a broadcaster has done since it was made. */
export interface BroadcasterStats {
  /** Parts published. */
  parts: number;
  /** Bytes of the parts published, each counted once. */
  publishedBytes: number;
  /** Bytes handed to viewers. */
  sentBytes: number;
  /** Parts that lagging viewers were not given, summed over viewers. */
  droppedParts: number;
  /** Viewers that were cut off because they took nothing. */
  stalledSubscribers: number;
}

/** Soon at first: after a burst of parts nobody may be slow at all. */
const FIRST_CATCH_UP_MILLISECONDS = 2;
const CATCH_UP_MILLISECONDS = 50;
const TRAILER_BYTES = Uint8Array.of(TRAILER);
/** An empty comment (GIF89a section 24), which no player shows. */
const COMMENT = Uint8Array.of(EXTENSION_INTRODUCER, COMMENT_LABEL, 0);

/**
 * Hands each part of an endless GIF, made once, to any number of viewers,
 * each of which reads a `ReadableStream` at its own speed.
 *
 * A viewer gets the stream header, the newest picture (or the backlog), then
 * live parts. One that does not keep up is not sent what it has no room for;
 * once it has drained it gets the newest picture. So nobody slows anybody
 * else, and a viewer holds at most two chunks in memory, whatever it does.
 *
 * Where parts build on each other, the newest picture is a keyframe made of
 * what the others see, once a part at most, and only when one is wanted.
 *
 * @example Two viewers of one stream
 * ```ts
 * import { Broadcaster, framePart, FrameReader } from "@x/gifstream";
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
 * const early = broadcaster.subscribe();
 * broadcaster.begin(frame.screen);
 * broadcaster.publish(framePart(frame));
 * const late = broadcaster.subscribe();
 * broadcaster.close();
 *
 * const bytes = await new Response(early).bytes();
 * assertEquals(bytes, await new Response(late).bytes());
 * assertEquals(bytes.at(-1), 0x3b);
 * ```
 */
export class Broadcaster {
  readonly #maxSubscribers: number;
  readonly #stallTimeoutMilliseconds: number;
  /** Runs while there are viewers of a GIF that has begun. */
  readonly #keepAlive: KeepAlive;
  readonly #backlog: Backlog;
  readonly #viewers = new Set<ViewerConnection>();
  /** Since when viewers have lacked a part that they had no room for. */
  readonly #laggingSince = new Map<ViewerConnection, number>();
  #header: Uint8Array | undefined;
  #canvas: LiveCanvas | undefined;
  /** What a viewer who joins now is sent; made when the first one does. */
  #greeting: Uint8Array | undefined;
  /** The newest picture by itself; made when the first one asks. */
  #snapshot: Uint8Array | undefined;
  #catchUpTimer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  #parts = 0;
  #publishedBytes = 0;
  #sentBytes = 0;
  #droppedParts = 0;
  #stalledSubscribers = 0;

  /**
   * Makes a broadcaster without viewers.
   *
   * @param options Bounds and the backlog.
   * @throws {RangeError} If an option is out of range.
   */
  constructor(options: BroadcasterOptions = {}) {
    const {
      backlogSeconds = 0,
      maxBacklogBytes = 16 * 1024 * 1024,
      maxSubscribers = 10_000,
      stallTimeoutMilliseconds = 30_000,
      keepAliveMilliseconds = 15_000,
    } = options;
    checkRange({ backlogSeconds, maxBacklogBytes }, 0);
    checkRange({
      maxSubscribers,
      stallTimeoutMilliseconds,
      keepAliveMilliseconds,
    }, 1);
    this.#maxSubscribers = maxSubscribers;
    this.#stallTimeoutMilliseconds = stallTimeoutMilliseconds;
    this.#keepAlive = new KeepAlive(
      keepAliveMilliseconds,
      () => this.#sendComment(),
    );
    this.#backlog = new Backlog({
      seconds: backlogSeconds,
      maxBytes: maxBacklogBytes,
    });
  }

  /** How many viewers there are. */
  get subscriberCount(): number {
    return this.#viewers.size;
  }

  /** Counts since the broadcaster was made. */
  get stats(): BroadcasterStats {
    return {
      parts: this.#parts,
      publishedBytes: this.#publishedBytes,
      sentBytes: this.#sentBytes,
      droppedParts: this.#droppedParts,
      stalledSubscribers: this.#stalledSubscribers,
    };
  }

  /**
   * Begins a GIF. Viewers of the one before, if any, are sent its trailer:
   * its logical screen cannot change any more.
   *
   * @param screen Width and height, 1 to 65535 pixels each.
   * @throws {RangeError} If width or height is out of range.
   * @throws {TypeError} If the broadcaster was closed.
   */
  begin(screen: LogicalScreen): void {
    this.#checkOpen("begin");
    const header = streamHeader(screen);
    if (this.#header !== undefined && this.#backlog.newest !== undefined) {
      this.#finishAll();
    }
    this.#header = header;
    this.#canvas = new LiveCanvas(screen);
    this.#backlog.clear();
    this.#forget();
  }

  /**
   * Sends a part to every viewer that has room for it. The bytes are shared
   * by all: do not change them afterwards.
   *
   * @throws {TypeError} If there was no {@linkcode Broadcaster.begin}, or the
   * broadcaster was closed.
   */
  publish(part: Part): void {
    this.#checkOpen("publish");
    const canvas = this.#canvas;
    if (canvas === undefined) {
      throw new TypeError("Cannot publish a part: begin() was not called");
    }
    const first = this.#backlog.newest === undefined;
    const now = performance.now();
    this.#keepAlive.sent();
    canvas.push(part);
    this.#backlog.push(part, now, () => canvas.keyframe());
    this.#forget();
    this.#parts++;
    this.#publishedBytes += part.bytes.length;
    if (this.#viewers.size > 0) this.#keepAlive.start();
    if (first) return this.#greetAll();
    this.#sendLive(part.bytes, now);
    this.#watchLagging();
  }

  /**
   * A new viewer: the bytes of an endless GIF. Before the first part it
   * waits; cancelling the stream is how a viewer leaves.
   *
   * @throws {TooManySubscribersError} If `maxSubscribers` are there.
   * @throws {TypeError} If the broadcaster was closed.
   */
  subscribe(): ReadableStream<Uint8Array> {
    const connection = new StreamConnection();
    connection.onLeave = this.attach(connection);
    return connection.stream;
  }

  /**
   * A new viewer, over a connection of your own, for servers that have a
   * cheaper one than a stream.
   *
   * @param connection The way to the viewer.
   * @returns What to call when the viewer goes away by itself.
   * @throws {TooManySubscribersError} If `maxSubscribers` are there.
   * @throws {TypeError} If the broadcaster was closed.
   */
  attach(connection: ViewerConnection): () => void {
    this.#checkOpen("subscribe");
    if (this.#viewers.size >= this.#maxSubscribers) {
      throw new TooManySubscribersError(this.#maxSubscribers);
    }
    this.#viewers.add(connection);
    if (this.#backlog.newest !== undefined) {
      this.#send(connection, this.#greet());
      this.#keepAlive.start();
    }
    return () => this.#remove(connection);
  }

  /**
   * The newest picture as a GIF of its own; undefined if there is none yet.
   * It is made when the first one asks, and then shared.
   */
  snapshot(): Uint8Array | undefined {
    if (this.#backlog.newest === undefined) return undefined;
    return this.#snapshot ??= concat([
      this.#header!,
      this.#canvas!.keyframe(),
      TRAILER_BYTES,
    ]);
  }

  /**
   * Ends every viewer's GIF with a trailer, so that the last picture stays.
   * Calling it again does nothing.
   */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#finishAll();
    this.#backlog.clear();
    this.#forget();
  }

  /** What was made of the newest part is out of date. */
  #forget(): void {
    this.#greeting = undefined;
    this.#snapshot = undefined;
  }

  /** Header and backlog in one chunk, so that it counts as one. */
  #greet(): Uint8Array {
    return this.#greeting ??= concat([
      this.#header!,
      ...(this.#backlog.chunks() ?? [this.#canvas!.keyframe()]),
    ]);
  }

  #greetAll(): void {
    if (this.#viewers.size === 0) return;
    const greeting = this.#greet();
    for (const viewer of this.#viewers) {
      this.#send(viewer, greeting);
    }
  }

  /** The loop that all the cost of fan-out is in. */
  #sendLive(bytes: Uint8Array, now: number): void {
    // Looking each viewer up costs a cache miss, and mostly nobody lags.
    const anyLags = this.#laggingSince.size > 0;
    let sent = 0;
    for (const viewer of this.#viewers) {
      if (!viewer.hasRoom) this.#noteLag(viewer, now);
      else if (anyLags && this.#laggingSince.has(viewer)) this.#catchUp(viewer);
      else {
        viewer.send(bytes);
        sent++;
      }
    }
    this.#sentBytes += sent * bytes.length;
  }

  #send(viewer: ViewerConnection, bytes: Uint8Array): void {
    viewer.send(bytes);
    this.#sentBytes += bytes.length;
  }

  #noteLag(viewer: ViewerConnection, now: number): void {
    this.#droppedParts++;
    if (!this.#laggingSince.has(viewer)) this.#laggingSince.set(viewer, now);
  }

  /** The newest picture, for one that has missed some and drained. */
  #catchUp(viewer: ViewerConnection): void {
    this.#laggingSince.delete(viewer);
    this.#send(viewer, this.#canvas!.keyframe());
  }

  /**
   * A viewer that drains after the last part for a while should not have to
   * wait for the next. Looking at those few now and then costs less than a
   * `pull` for every viewer and part.
   */
  #watchLagging(afterMilliseconds = FIRST_CATCH_UP_MILLISECONDS): void {
    if (this.#laggingSince.size === 0 || this.#catchUpTimer !== undefined) {
      return;
    }
    this.#catchUpTimer = setTimeout(() => {
      this.#catchUpTimer = undefined;
      const now = performance.now();
      for (const [viewer, since] of this.#laggingSince) {
        if (viewer.hasRoom) this.#catchUp(viewer);
        else this.#cutOffIfStalled(viewer, now - since);
      }
      this.#watchLagging(CATCH_UP_MILLISECONDS);
    }, afterMilliseconds);
  }

  /** Something harmless to send when there is nothing else. */
  #sendComment(): void {
    for (const viewer of this.#viewers) {
      if (viewer.hasRoom) this.#send(viewer, COMMENT);
    }
  }

  #cutOffIfStalled(viewer: ViewerConnection, lagging: number): void {
    if (lagging < this.#stallTimeoutMilliseconds) return;
    this.#stalledSubscribers++;
    this.#remove(viewer);
    const seconds = Math.round(lagging / 1000);
    viewer.abort(
      new Error(`Viewer cut off: it took nothing: ${seconds} s`),
    );
  }

  #finishAll(): void {
    const begun = this.#backlog.newest !== undefined;
    for (const viewer of this.#viewers) {
      if (begun) this.#send(viewer, TRAILER_BYTES);
      viewer.end();
    }
    this.#viewers.clear();
    this.#laggingSince.clear();
    clearTimeout(this.#catchUpTimer);
    this.#catchUpTimer = undefined;
    this.#keepAlive.stop();
  }

  #remove(viewer: ViewerConnection): void {
    this.#viewers.delete(viewer);
    this.#laggingSince.delete(viewer);
    if (this.#viewers.size === 0) this.#keepAlive.stop();
  }

  #checkOpen(action: string): void {
    if (this.#closed) {
      throw new TypeError(`Cannot ${action}: the broadcaster was closed`);
    }
  }
}

function checkRange(values: Record<string, number>, min: number): void {
  for (const [name, value] of Object.entries(values)) {
    if (!(value >= min)) {
      throw new RangeError(
        `Cannot make broadcaster: ${name} must be at least ${min}: ${value}`,
      );
    }
  }
}
