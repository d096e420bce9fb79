import { concat } from "@std/bytes/concat";
import type { LogicalScreen } from "../gif/block.ts";
import { EMPTY_COMMENT, TRAILER_BYTES } from "../gif/markers.ts";
import { type Part, streamHeader } from "../gif/write/frame_part.ts";
import { Faults } from "../log/faults.ts";
import { type BacklogBounds, backlogOf } from "./past/backlog.ts";
import { History } from "./past/history.ts";
import { Past } from "./past/past.ts";
import { Fanout, type FanoutContext, noCounts } from "./viewers/fanout.ts";
import { StreamConnection } from "./viewers/stream_connection.ts";
import type { ViewerConnection } from "./viewers/viewer_connection.ts";
import { ViewerLimit } from "./viewers/viewer_limit.ts";

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
   * Most bytes of parts that it gets then; the newest part always is.
   *
   * @default {16777216}
   */
  maxBacklogBytes?: number;
  /**
   * How far back the past can be looked at, in seconds; 0 means the newest
   * picture only.
   *
   * @default {0}
   */
  keepSeconds?: number;
  /**
   * Most bytes kept for that, or for the backlog; the newest part always is.
   *
   * @default {67108864}
   */
  maxKeepBytes?: number;
  /**
   * Most viewers at a time.
   *
   * @default {10000}
   */
  maxViewers?: number;
  /** A limit that this stream's viewers count for, too; none by default. */
  viewerLimit?: ViewerLimit;
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
  /**
   * Told of errors that nobody expected, each of which ends one viewer or one
   * form of the stream.
   *
   * @default {new Faults()} which writes to standard error
   */
  faults?: Faults;
}

/** What one viewer may want otherwise than the others. */
export interface AttachOptions {
  /**
   * How much of the past it gets first, in seconds, as far as it is kept.
   *
   * @default {BroadcasterOptions.backlogSeconds}
   */
  backlogSeconds?: number;
}

/** What a broadcaster that is one of several is told besides. */
interface SharedContext {
  /** What fan-outs of one channel have in common; `options` is not heeded. */
  context?: FanoutContext;
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
  skippedParts: number;
  /** Viewers that were cut off because they took nothing. */
  stalledViewers: number;
}

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
  readonly #fanout: Fanout;
  readonly #backlogBounds: BacklogBounds;
  readonly #history: History;
  /** What viewers saw, as far back as it is kept. */
  readonly past: Past;
  #header: Uint8Array | undefined;
  /** What a viewer who joins now is sent; made when the first one does. */
  #greeting: readonly Uint8Array[] | undefined;
  /** Header and keyframe that a stream begins with, shared like parts. */
  #opening: { keyframe: Uint8Array; bytes: Uint8Array } | undefined;
  #closed = false;
  #parts = 0;
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
    this.#context = options.context ?? fanoutContext(options);
    this.#fanout = new Fanout({
      ...this.#context,
      newest: () => this.#history.keyframe(),
      signOfLife: EMPTY_COMMENT,
    });
    this.#backlogBounds = {
      seconds: backlogSeconds,
      maxBytes: maxBacklogBytes,
    };
    const seconds = Math.max(keepSeconds, backlogSeconds);
    this.#history = new History({ seconds, maxBytes: maxKeepBytes });
    this.past = new Past(this.#history, seconds);
  }

  /** How many viewers there are. */
  get viewerCount(): number {
    return this.#fanout.size;
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
    if (this.#begun) this.#fanout.finish(TRAILER_BYTES);
    this.#header = header;
    this.#history.begin(screen);
    this.#greeting = this.#opening = undefined;
  }

  /**
   * Sends a part to every viewer that has room for it. The bytes are shared
   * by all: do not change them afterwards.
   *
   * @param part The part.
   * @param timeMilliseconds When, in milliseconds since 1970, and never less
   * than before; now by default.
   * @throws {TypeError} If there was no {@linkcode Broadcaster.begin}, or the
   * broadcaster was closed.
   */
  publish(part: Part, timeMilliseconds: number = this.past.now): void {
    this.#checkOpen("publish");
    if (this.#header === undefined) {
      throw new TypeError("Cannot publish a part: begin() was not called");
    }
    const first = !this.#begun;
    this.#history.push(part, timeMilliseconds);
    this.#greeting = undefined;
    this.#parts++;
    this.#publishedBytes += part.bytes.length;
    if (this.#fanout.size === 0) return;
    if (first) this.#fanout.greetAll(this.#greet());
    else this.#fanout.send(this.#history.newest!.part.bytes);
  }

  /**
   * A new viewer: the bytes of an endless GIF. Before the first part it
   * waits; cancelling the stream is how a viewer leaves.
   *
   * @throws {TooManyViewersError} If `maxViewers` are there.
   * @throws {TypeError} If the broadcaster was closed.
   */
  view(): ReadableStream<Uint8Array> {
    const connection = new StreamConnection();
    connection.onLeave = this.attach(connection);
    return connection.stream;
  }

  /**
   * A new viewer, over a connection of your own, for servers that have a
   * cheaper one than a stream.
   *
   * @param connection The way to the viewer.
   * @param options How far back it begins.
   * @returns What to call when the viewer goes away by itself.
   * @throws {TooManyViewersError} If `maxViewers` are there.
   * @throws {TypeError} If the broadcaster was closed.
   */
  attach(
    connection: ViewerConnection,
    { backlogSeconds }: AttachOptions = {},
  ): () => void {
    this.#checkOpen("view");
    return this.#fanout.attach(
      connection,
      this.#begun ? () => this.#greet(backlogSeconds) : undefined,
    );
  }

  /**
   * A keyframe of what viewers see now; undefined if that is nothing yet.
   */
  keyframe(): Part | undefined {
    if (!this.#begun) return undefined;
    return { bytes: this.#history.keyframe(), keyframe: true };
  }

  /**
   * The newest picture as a GIF of its own; undefined if there is none yet.
   * It is made when the first one asks, and then shared.
   */
  snapshot(): Uint8Array | undefined {
    return this.past.still();
  }

  /**
   * Ends every viewer's GIF with a trailer, so that the last picture stays.
   * Calling it again does nothing.
   */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#fanout.finish(this.#begun ? TRAILER_BYTES : undefined);
    this.#history.clear();
    this.#greeting = this.#opening = undefined;
  }

  /** Whether there is a picture yet. */
  get #begun(): boolean {
    return this.#history.newest !== undefined;
  }

  /** What a viewer begins with: all that it has in common is shared. */
  #greet(seconds = this.#backlogBounds.seconds): readonly Uint8Array[] {
    if (seconds !== this.#backlogBounds.seconds) {
      return this.#greetFrom(seconds);
    }
    return this.#greeting ??= this.#greetFrom(seconds);
  }

  #greetFrom(seconds: number): readonly Uint8Array[] {
    const bounds = { ...this.#backlogBounds, seconds };
    const [keyframe, ...parts] = backlogOf(this.#history, bounds);
    if (this.#opening?.keyframe !== keyframe) {
      const bytes = concat([this.#header!, keyframe]);
      this.#opening = { keyframe, bytes };
    }
    return [this.#opening.bytes, ...parts];
  }

  #checkOpen(action: string): void {
    if (this.#closed) {
      throw new TypeError(`Cannot ${action}: the broadcaster was closed`);
    }
  }
}

/**
 * The context of a stream that stands alone.
 *
 * @param onViewers Told how many viewers there are when that changes.
 */
export function fanoutContext(
  options: BroadcasterOptions,
  onViewers?: (count: number) => void,
): FanoutContext {
  const {
    maxViewers = 10_000,
    viewerLimit,
    stallTimeoutMilliseconds = 30_000,
    keepAliveMilliseconds = 15_000,
    faults = new Faults(),
  } = options;
  checkRange({
    maxViewers,
    stallTimeoutMilliseconds,
    keepAliveMilliseconds,
  }, 1);
  return {
    limit: new ViewerLimit(maxViewers, viewerLimit, onViewers),
    counts: noCounts(),
    faults,
    stallTimeoutMilliseconds,
    keepAliveMilliseconds,
  };
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
