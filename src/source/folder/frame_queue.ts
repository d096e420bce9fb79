import {
  bytesOf,
  type FileFrame,
  type FolderFrame,
  needsNothing,
} from "../../encoding/file_frame.ts";
import { Pace } from "../../timing/pace.ts";

/** Options of {@linkcode FrameQueue}. */
export interface FrameQueueOptions {
  /**
   * Most frames that may wait.
   *
   * @default {64}
   */
  maxFrames?: number;
  /**
   * Most bytes of frames that may wait.
   *
   * @default {67108864}
   */
  maxBytes?: number;
  /**
   * Hands out at most this many frames a second, evenly spaced.
   *
   * @default {undefined} as they come
   */
  framesPerSecond?: number;
  /** Called with the number of frames dropped, each time. */
  onDrop?: (frames: number) => void;
}

/**
 * Most pictures that wait to be decoded. Decoding is slow, and more would be
 * old.
 */
const MAX_PICTURES = 2;
/** Time without an empty queue after which the source counts as too fast. */
const STANDING_MILLISECONDS = 2000;

/**
 * Frames between their reader and their consumer. When too many wait, the
 * oldest are dropped, up to a keyframe: frames that build on a dropped frame
 * would show wrong pixels. Of pictures that are yet to be decoded hardly any
 * may wait. Without a keyframe, {@linkcode FrameQueue.push} waits for room
 * instead.
 */
export class FrameQueue<T extends FileFrame = FolderFrame>
  implements AsyncIterableIterator<T, void> {
  readonly #maxFrames: number;
  readonly #maxBytes: number;
  readonly #intervalMilliseconds: number;
  readonly #onDrop: (frames: number) => void;
  readonly #frames: T[] = [];
  #bytes = 0;
  #closed = false;
  #failure: { error: unknown } | undefined;
  #changed = Promise.withResolvers<void>();
  readonly #pace = new Pace();
  #emptyAt = performance.now();
  #newestOnlyUntil = -Infinity;

  constructor(options: FrameQueueOptions = {}) {
    const { maxFrames = 64, maxBytes = 2 ** 26, framesPerSecond } = options;
    this.#maxFrames = framesPerSecond === undefined
      ? maxFrames
      : Math.min(maxFrames, Math.max(1, Math.ceil(framesPerSecond)));
    this.#maxBytes = maxBytes;
    this.#intervalMilliseconds = framesPerSecond === undefined
      ? 0
      : 1000 / framesPerSecond;
    this.#onDrop = options.onDrop ?? (() => {});
  }

  /** Adds a frame; resolves when there is room for another. */
  async push(frame: T): Promise<void> {
    if (this.#closed) return;
    this.#frames.push(frame);
    this.#bytes += bytesOf(frame);
    this.#shed();
    this.#signalChange();
    while (this.#overfull() && !this.#closed) await this.#changed.promise;
  }

  /**
   * Takes the oldest frame when its time has come; done: the queue is closed.
   */
  async next(): Promise<IteratorResult<T, void>> {
    while (!this.#closed) {
      if (this.#frames.length === 0) {
        await this.#changed.promise;
        continue;
      }
      this.#shed();
      const wait = this.#waitMilliseconds();
      if (wait <= 0) return { done: false, value: this.#take() };
      await this.#changeOrTime(wait);
    }
    if (this.#failure !== undefined) throw this.#failure.error;
    return { done: true, value: undefined };
  }

  /** The queue itself: all iterations take from the same frames. */
  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Discards the frames that wait, and ends both sides. */
  close(): void {
    this.#closed = true;
    this.#frames.length = 0;
    this.#bytes = 0;
    this.#signalChange();
  }

  /** Closes the queue; {@linkcode FrameQueue.next} throws the error. */
  fail(error: unknown): void {
    if (this.#closed) return;
    this.#failure = { error };
    this.close();
  }

  #take(): T {
    const now = performance.now();
    const frame = this.#frames.shift()!;
    this.#bytes -= bytesOf(frame);
    if (this.#frames.length === 0) this.#emptyAt = now;
    this.#pace.step(this.#intervalMilliseconds, now);
    this.#signalChange();
    return frame;
  }

  #waitMilliseconds(): number {
    if (this.#intervalMilliseconds === 0) return 0;
    // These frames cannot be dropped: only speed keeps the lag bounded.
    if (this.#frames.length > this.#frameLimit()) return 0;
    return this.#pace.wait();
  }

  /**
   * Most frames that may wait now. Only a burst may wait: a source faster than
   * the pace would lag by a second forever.
   */
  #frameLimit(): number {
    if (this.#intervalMilliseconds === 0) {
      const newest = this.#frames.at(-1);
      return newest !== undefined && "picture" in newest
        ? Math.min(MAX_PICTURES, this.#maxFrames)
        : this.#maxFrames;
    }
    const now = performance.now();
    if (now - this.#emptyAt > this.#standingMilliseconds()) {
      this.#newestOnlyUntil = now + this.#standingMilliseconds();
    }
    return now < this.#newestOnlyUntil ? 1 : this.#maxFrames;
  }

  #standingMilliseconds(): number {
    return Math.max(STANDING_MILLISECONDS, 2 * this.#intervalMilliseconds);
  }

  /** Drops the oldest frames up to the first keyframe that leaves few enough. */
  #shed(): void {
    const limit = this.#frameLimit();
    const frames = this.#frames;
    let count = frames.length, bytes = this.#bytes;
    let cut = 0, cutBytes = bytes;
    for (let i = 0; i < frames.length; i++) {
      if (i > 0 && needsNothing(frames[i])) cut = i, cutBytes = bytes;
      if (cut === i && count <= limit && bytes <= this.#maxBytes) break;
      count--;
      bytes -= bytesOf(frames[i]);
    }
    if (cut === 0) return;
    frames.splice(0, cut);
    this.#bytes = cutBytes;
    if (limit < this.#maxFrames) {
      this.#newestOnlyUntil = performance.now() + this.#standingMilliseconds();
    }
    this.#onDrop(cut);
  }

  #overfull(): boolean {
    return this.#frames.length > this.#maxFrames ||
      this.#frames.length > 1 && this.#bytes > this.#maxBytes;
  }

  #signalChange(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }

  async #changeOrTime(milliseconds: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, milliseconds);
    try {
      await Promise.race([promise, this.#changed.promise]);
    } finally {
      clearTimeout(timer);
    }
  }
}
