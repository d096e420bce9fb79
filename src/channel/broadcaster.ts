import { concat } from "@std/bytes/concat";
import type { LogicalScreen } from "../gif/block.ts";
import { EMPTY_COMMENT, TRAILER_BYTES } from "../gif/markers.ts";
import { type Part, streamHeader } from "../gif/write/frame_part.ts";
import { Faults } from "../log/faults.ts";
import { type BacklogBounds, backlogOf } from "../past/backlog.ts";
import { History } from "../past/history.ts";
import { Past } from "../past/kept_past.ts";
import { Fanout, type FanoutContext, noCounts } from "./viewers/fanout.ts";
import { StreamConnection } from "./viewers/stream_connection.ts";
import type { ViewerConnection } from "./viewers/viewer_connection.ts";
import { ViewerLimit } from "./viewers/viewer_limit.ts";

/** Options of {@linkcode Broadcaster}. */
export interface BroadcasterOptions {
  /**
   * Length of the backlog that a new viewer gets, in seconds; 0 means the
   * newest picture only. Players show the backlog at the parts' own delays.
   *
   * @default {0}
   */
  backlogSeconds?: number;
  /**
   * Most bytes of parts in the backlog; the newest part is always included.
   *
   * @default {16777216}
   */
  maxBacklogBytes?: number;
  /**
   * Length of the past that is kept for looking back, in seconds; 0 means
   * the newest picture only.
   *
   * @default {0}
   */
  keepSeconds?: number;
  /**
   * Most bytes kept of the past, backlog included; the newest part is always
   * kept.
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
   * A viewer that takes nothing for this long, although data is waiting, is
   * cut off.
   *
   * @default {30000}
   */
  stallTimeoutMilliseconds?: number;
  /**
   * After this long with nothing to send, an empty comment extension is
   * sent, so that proxies do not take the connection for dead.
   *
   * @default {15000}
   */
  keepAliveMilliseconds?: number;
  /**
   * Listener for unexpected errors, each of which ends one viewer or one form
   * of the stream.
   *
   * @default {new Faults()} which writes to standard error
   */
  faults?: Faults;
}

/** Options of one viewer. */
export interface AttachOptions {
  /**
   * Length of the backlog that the viewer gets first, in seconds, as far as
   * the past is kept.
   *
   * @default {BroadcasterOptions.backlogSeconds}
   */
  backlogSeconds?: number;
}

/** Set when several fan-outs share one channel. */
interface SharedContext {
  /**
   * State shared by the fan-outs of one channel. It replaces the options for
   * viewers, timeouts and faults, which are ignored then.
   */
  context?: FanoutContext;
}

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
 * the canvas that the other viewers see: at most once per part, and only when
 * a viewer needs it.
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
  /** The past pictures of the stream, as far back as they are kept. */
  readonly past: Past;
  #header: Uint8Array | undefined;
  /** Chunks for a viewer that joins now; made when the first viewer joins. */
  #greeting: readonly Uint8Array[] | undefined;
  /** Header and keyframe at the start of a stream, shared like parts. */
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

  /** Number of viewers. */
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
    if (this.#begun) this.#fanout.finish(TRAILER_BYTES);
    this.#header = header;
    this.#history.begin(screen);
    this.#greeting = this.#opening = undefined;
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
    return this.#fanout.attach(
      connection,
      this.#begun ? () => this.#greet(backlogSeconds) : undefined,
    );
  }

  /**
   * A keyframe of the newest picture; undefined before the first part.
   */
  keyframe(): Part | undefined {
    if (!this.#begun) return undefined;
    return { bytes: this.#history.keyframe(), keyframe: true };
  }

  /**
   * The newest picture as a whole GIF; undefined before the first part. The
   * GIF is made at the first call, and then shared.
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

  /** True once the GIF has a part. */
  get #begun(): boolean {
    return this.#history.newest !== undefined;
  }

  /** First chunks for a viewer; viewers of the same backlog share them. */
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
 * Makes the context of a stream from its options.
 *
 * @param onViewers Called with the number of viewers when it changes.
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
