import type { Faults } from "../../log/faults.ts";
import { CutOffError } from "./cut_off_error.ts";
import { KeepAlive } from "./keep_alive.ts";
import type { ViewerConnection } from "./viewer_connection.ts";
import type { ViewerLimit } from "./viewer_limit.ts";

/** State and bounds shared by the fan-outs of one channel. */
export interface FanoutContext {
  /** Limit on the number of viewers. */
  limit: ViewerLimit;
  /** Counts that all the fan-outs add to. */
  counts: FanoutCounts;
  /** Listener for unexpected errors, each of which ends one viewer only. */
  faults: Faults;
  /** A viewer that takes nothing for this long is cut off. */
  stallTimeoutMilliseconds: number;
  /** After this long with nothing to send, a sign of life is sent. */
  keepAliveMilliseconds: number;
}

/** Counts of a fan-out since its start. */
export interface FanoutCounts {
  /** Bytes handed to viewers. */
  sentBytes: number;
  /** Parts that slow viewers skipped, summed over viewers. */
  skippedParts: number;
  /** Viewers that were cut off because they took nothing. */
  stalledViewers: number;
}

/** Options of {@linkcode Fanout}. */
export interface FanoutOptions extends FanoutContext {
  /**
   * Brings a viewer that lagged up to date: a keyframe, and the parts after it.
   * Undefined: it is being made; then {@linkcode Fanout.catchUp} is called.
   */
  newest: () => readonly Uint8Array[] | undefined;
  /** Bytes that no viewer shows, sent as a sign of life; none by default. */
  signOfLife?: Uint8Array;
  /** Called when the last viewer has left by itself or was cut off. */
  onEmpty?: () => void;
}

/** Counts of a fan-out that has just started. */
export function noCounts(): FanoutCounts {
  return { sentBytes: 0, skippedParts: 0, stalledViewers: 0 };
}

/** Short at first: after a burst of parts, viewers may drain at once. */
const FIRST_CATCH_UP_MILLISECONDS = 2;
const CATCH_UP_MILLISECONDS = 50;

/**
 * Hands the same bytes to any number of viewers, each at its own speed.
 *
 * A slow viewer skips the parts that it has no room for; once it has drained,
 * it gets the newest picture. So no viewer slows another, and the memory held
 * for each viewer is bounded, whatever the viewer does.
 */
export class Fanout {
  readonly #options: FanoutOptions;
  /** Runs while there are viewers that have been sent something. */
  readonly #keepAlive: KeepAlive;
  readonly #viewers = new Set<ViewerConnection>();
  /** Viewers that have been sent nothing yet. */
  readonly #waiting = new Set<ViewerConnection>();
  /** Times since when each slow viewer has skipped parts. */
  readonly #laggingSince = new Map<ViewerConnection, number>();
  #catchUpTimer: ReturnType<typeof setTimeout> | undefined;

  /**
   * Makes a fan-out without viewers.
   *
   * @param options Bounds, counts, and the bytes for special cases.
   */
  constructor(options: FanoutOptions) {
    this.#options = options;
    this.#keepAlive = new KeepAlive(
      options.keepAliveMilliseconds,
      () => options.faults.guard("timer", () => this.#showLife()),
    );
  }

  /** Number of viewers. */
  get size(): number {
    return this.#viewers.size + this.#waiting.size;
  }

  /**
   * Lets a viewer in, who waits for {@linkcode Fanout.greet} or
   * {@linkcode Fanout.greetAll}.
   *
   * @returns A function to call when the viewer leaves by itself.
   * @throws {TooManyViewersError} If all places are taken.
   */
  attach(connection: ViewerConnection): () => void {
    this.#options.limit.enter();
    this.#waiting.add(connection);
    return () => this.#remove(connection);
  }

  /**
   * Sends the first chunks of a stream to a viewer that waited for them, if it
   * is still there.
   */
  greet(viewer: ViewerConnection, chunks: readonly Uint8Array[]): void {
    if (!this.#waiting.delete(viewer)) return;
    this.#viewers.add(viewer);
    this.#watchQuiet();
    try {
      sendFirst(viewer, chunks);
    } catch (error) {
      return this.#fail(viewer, error);
    }
    for (const { length } of chunks) this.#options.counts.sentBytes += length;
  }

  /** Greets all viewers that wait. They share the chunks. */
  greetAll(chunks: readonly Uint8Array[]): void {
    for (const viewer of this.#waiting) this.greet(viewer, chunks);
  }

  /**
   * Sends the next part to every viewer that has room for it. Nearly all the
   * cost of fan-out is in this loop. All viewers share the bytes.
   */
  send(bytes: Uint8Array): void {
    const { counts } = this.#options;
    const now = performance.now();
    // Looking each viewer up costs a cache miss, and mostly no viewer lags.
    const anyLags = this.#laggingSince.size > 0;
    let sent = 0;
    for (const viewer of this.#viewers) {
      try {
        if (!viewer.hasRoom) this.#noteLag(viewer, now);
        else if (anyLags && this.#laggingSince.has(viewer)) {
          if (!this.#catchUp(viewer)) this.#noteLag(viewer, now);
        } else {
          viewer.send(bytes);
          sent++;
        }
      } catch (error) {
        this.#fail(viewer, error);
      }
    }
    counts.sentBytes += sent * bytes.length;
    this.#keepAlive.sent();
    this.#watchQuiet();
    this.#watchLagging();
  }

  /** Brings viewers up to date that have lagged and drained. */
  catchUp(): void {
    const now = performance.now();
    for (const [viewer, since] of this.#laggingSince) {
      try {
        if (viewer.hasRoom) this.#catchUp(viewer);
        else this.#cutOffIfStalled(viewer, now - since);
      } catch (error) {
        this.#fail(viewer, error);
      }
    }
  }

  /** True if there are viewers that have lagged. */
  get lags(): boolean {
    return this.#laggingSince.size > 0;
  }

  /** Ends the streams of viewers that have not lagged: see `finish`. */
  finishUpToDate(lastWord?: Uint8Array): void {
    const upToDate = new Set<ViewerConnection>();
    for (const viewer of this.#viewers) {
      if (this.#laggingSince.has(viewer)) continue;
      upToDate.add(viewer);
      this.#viewers.delete(viewer);
    }
    this.#end(upToDate, lastWord);
  }

  /**
   * Ends the streams of all viewers that were greeted, after a last word to
   * each, if there is one.
   */
  finish(lastWord?: Uint8Array): void {
    this.#end(this.#viewers, lastWord);
    this.#laggingSince.clear();
    clearTimeout(this.#catchUpTimer);
    this.#catchUpTimer = undefined;
    this.#keepAlive.stop();
  }

  /** Ends the streams of all viewers, also of those that wait. */
  close(lastWord?: Uint8Array): void {
    this.finish(lastWord);
    this.#end(this.#waiting);
  }

  #end(viewers: Set<ViewerConnection>, lastWord?: Uint8Array): void {
    const { faults, limit } = this.#options;
    for (const viewer of viewers) {
      faults.guard("viewer", () => {
        if (lastWord !== undefined) this.#send(viewer, lastWord);
        viewer.end();
      });
      limit.leave();
    }
    viewers.clear();
  }

  /** Cuts off a viewer whose connection threw an error. */
  #fail(viewer: ViewerConnection, error: unknown): void {
    const { faults } = this.#options;
    faults.note("viewer", error);
    this.#remove(viewer);
    const reason = new CutOffError("Viewer cut off: cannot send", {
      cause: error,
    });
    faults.guard("viewer", () => viewer.abort(reason));
  }

  #send(viewer: ViewerConnection, bytes: Uint8Array): void {
    viewer.send(bytes);
    this.#options.counts.sentBytes += bytes.length;
  }

  #noteLag(viewer: ViewerConnection, now: number): void {
    this.#options.counts.skippedParts++;
    if (!this.#laggingSince.has(viewer)) this.#laggingSince.set(viewer, now);
  }

  /**
   * Sends the newest picture to a viewer that skipped parts and drained; false
   * if it is not made yet.
   */
  #catchUp(viewer: ViewerConnection): boolean {
    const chunks = this.#options.newest();
    if (chunks === undefined) return false;
    this.#laggingSince.delete(viewer);
    sendFirst(viewer, chunks);
    for (const { length } of chunks) this.#options.counts.sentBytes += length;
    return true;
  }

  /**
   * Checks lagging viewers on a timer, so that a viewer that drains during a
   * pause of the source need not wait for the next part. Checking those few
   * viewers costs less than a `pull` for every viewer and part.
   */
  #watchLagging(afterMilliseconds = FIRST_CATCH_UP_MILLISECONDS): void {
    if (this.#laggingSince.size === 0 || this.#catchUpTimer !== undefined) {
      return;
    }
    this.#catchUpTimer = setTimeout(() => {
      this.#catchUpTimer = undefined;
      this.catchUp();
      this.#watchLagging(CATCH_UP_MILLISECONDS);
    }, afterMilliseconds);
  }

  #cutOffIfStalled(viewer: ViewerConnection, lagging: number): void {
    const { stallTimeoutMilliseconds, counts } = this.#options;
    if (lagging < stallTimeoutMilliseconds) return;
    counts.stalledViewers++;
    this.#remove(viewer);
    const seconds = Math.round(lagging / 1000);
    viewer.abort(
      new CutOffError(`Viewer cut off: it took nothing: ${seconds} s`),
    );
  }

  #watchQuiet(): void {
    if (this.#options.signOfLife === undefined) return;
    if (this.#viewers.size > 0) this.#keepAlive.start();
  }

  /** Sends a sign of life to every viewer that has room for it. */
  #showLife(): void {
    const { signOfLife } = this.#options;
    if (signOfLife === undefined) return;
    for (const viewer of this.#viewers) {
      try {
        if (viewer.hasRoom) this.#send(viewer, signOfLife);
      } catch (error) {
        this.#fail(viewer, error);
      }
    }
  }

  #remove(viewer: ViewerConnection): void {
    this.#laggingSince.delete(viewer);
    if (!this.#viewers.delete(viewer) && !this.#waiting.delete(viewer)) return;
    this.#options.limit.leave();
    if (this.size > 0) return;
    this.#keepAlive.stop();
    this.#options.onEmpty?.();
  }
}

/** Sends the first chunks of a stream, together where a viewer can. */
export function sendFirst(
  viewer: ViewerConnection,
  chunks: readonly Uint8Array[],
): void {
  if (viewer.sendFirst !== undefined) viewer.sendFirst(chunks);
  else for (const chunk of chunks) viewer.send(chunk);
}
