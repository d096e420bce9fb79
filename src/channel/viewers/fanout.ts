import type { Faults } from "../../log/faults.ts";
import { CutOffError } from "./cut_off_error.ts";
import { KeepAlive } from "./keep_alive.ts";
import type { ViewerConnection } from "./viewer_connection.ts";
import type { ViewerLimit } from "./viewer_limit.ts";

/** What fan-outs of one channel have in common. */
export interface FanoutContext {
  /** Who is let in. */
  limit: ViewerLimit;
  /** Counts that all of them add to. */
  counts: FanoutCounts;
  /** Told what goes wrong with a viewer, which ends that one only. */
  faults: Faults;
  /** One that has taken nothing for so long is cut off. */
  stallTimeoutMilliseconds: number;
  /** After so long with nothing to send, a sign of life is sent. */
  keepAliveMilliseconds: number;
}

/** What was handed out since the start. */
export interface FanoutCounts {
  /** Bytes handed to viewers. */
  sentBytes: number;
  /** Parts that lagging viewers were not given, summed over viewers. */
  skippedParts: number;
  /** Viewers that were cut off because they took nothing. */
  stalledViewers: number;
}

/** Options of {@linkcode Fanout}. */
export interface FanoutOptions extends FanoutContext {
  /** The newest picture by itself, for one that missed what lay before. */
  newest: () => Uint8Array;
  /** Something that no viewer shows, as a sign of life; none by default. */
  signOfLife?: Uint8Array;
  /** Called when the last viewer has gone by itself or was cut off. */
  onEmpty?: () => void;
}

/** Counts of a fan-out that has just begun. */
export function noCounts(): FanoutCounts {
  return { sentBytes: 0, skippedParts: 0, stalledViewers: 0 };
}

/** Soon at first: after a burst of parts nobody may be slow at all. */
const FIRST_CATCH_UP_MILLISECONDS = 2;
const CATCH_UP_MILLISECONDS = 50;

/**
 * Hands the same bytes to any number of viewers, each at its own speed.
 *
 * One that does not keep up is not sent what it has no room for; once it has
 * drained it gets the newest picture. So nobody slows anybody else, and what
 * is held for a viewer is bounded, whatever it does.
 */
export class Fanout {
  readonly #options: FanoutOptions;
  /** Runs while there are viewers who have been sent something. */
  readonly #keepAlive: KeepAlive;
  readonly #viewers = new Set<ViewerConnection>();
  /** Since when viewers have lacked a part that they had no room for. */
  readonly #laggingSince = new Map<ViewerConnection, number>();
  #catchUpTimer: ReturnType<typeof setTimeout> | undefined;

  /**
   * Makes a fan-out without viewers.
   *
   * @param options Bounds, counts, and what is sent when.
   */
  constructor(options: FanoutOptions) {
    this.#options = options;
    this.#keepAlive = new KeepAlive(
      options.keepAliveMilliseconds,
      () => options.faults.guard("timer", () => this.#showLife()),
    );
  }

  /** How many viewers there are. */
  get size(): number {
    return this.#viewers.size;
  }

  /**
   * Lets a viewer in.
   *
   * @param greeting What it is sent first; if there is none yet, it waits
   * for {@linkcode Fanout.greetAll}.
   * @returns What to call when the viewer goes away by itself.
   * @throws {TooManyViewersError} If all places are taken.
   */
  attach(
    connection: ViewerConnection,
    greeting?: () => readonly Uint8Array[],
  ): () => void {
    const { limit } = this.#options;
    limit.enter();
    try {
      const first = greeting?.();
      this.#viewers.add(connection);
      if (first !== undefined) {
        this.#greet(connection, first);
        this.#watchQuiet();
      }
    } catch (error) {
      limit.leave();
      throw error;
    }
    return () => this.#remove(connection);
  }

  /**
   * Sends what a stream begins with to those who have waited for it. The
   * chunks are shared by all.
   */
  greetAll(greeting: readonly Uint8Array[]): void {
    for (const viewer of this.#viewers) this.#greet(viewer, greeting);
    this.#keepAlive.sent();
    this.#watchQuiet();
  }

  /**
   * Sends the next part to all who have room for it: the loop that all the
   * cost of fan-out is in. The bytes are shared by all.
   */
  send(bytes: Uint8Array): void {
    const { counts } = this.#options;
    const now = performance.now();
    // Looking each viewer up costs a cache miss, and mostly nobody lags.
    const anyLags = this.#laggingSince.size > 0;
    let sent = 0;
    for (const viewer of this.#viewers) {
      try {
        if (!viewer.hasRoom) this.#noteLag(viewer, now);
        else if (anyLags && this.#laggingSince.has(viewer)) {
          this.#catchUp(viewer);
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

  /** Ends all viewers' streams, behind a last word to each. */
  finish(lastWord?: Uint8Array): void {
    const { faults, limit } = this.#options;
    for (const viewer of this.#viewers) {
      faults.guard("viewer", () => {
        if (lastWord !== undefined) this.#send(viewer, lastWord);
        viewer.end();
      });
      limit.leave();
    }
    this.#viewers.clear();
    this.#laggingSince.clear();
    clearTimeout(this.#catchUpTimer);
    this.#catchUpTimer = undefined;
    this.#keepAlive.stop();
  }

  #greet(viewer: ViewerConnection, chunks: readonly Uint8Array[]): void {
    try {
      sendFirst(viewer, chunks);
    } catch (error) {
      return this.#fail(viewer, error);
    }
    for (const { length } of chunks) this.#options.counts.sentBytes += length;
  }

  /** The way to a viewer is broken, and did not tell. */
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

  /** The newest picture, for one that has missed some and drained. */
  #catchUp(viewer: ViewerConnection): void {
    this.#laggingSince.delete(viewer);
    this.#send(viewer, this.#options.newest());
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
        try {
          if (viewer.hasRoom) this.#catchUp(viewer);
          else this.#cutOffIfStalled(viewer, now - since);
        } catch (error) {
          this.#fail(viewer, error);
        }
      }
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

  /** Something harmless to send when there is nothing else. */
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
    if (!this.#viewers.delete(viewer)) return;
    this.#options.limit.leave();
    if (this.#viewers.size > 0) return;
    this.#keepAlive.stop();
    this.#options.onEmpty?.();
  }
}

/** Sends what a stream begins with, by whatever way a viewer has for it. */
export function sendFirst(
  viewer: ViewerConnection,
  chunks: readonly Uint8Array[],
): void {
  if (viewer.sendFirst !== undefined) viewer.sendFirst(chunks);
  else for (const chunk of chunks) viewer.send(chunk);
}
