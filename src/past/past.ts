import { wholeGif } from "../gif/write/whole_gif.ts";
import type { ClipBounds } from "./clip/clip_options.ts";
import { PastBusyError } from "./past_busy_error.ts";
import type { PastClip, PastKeyframe, PastPicture } from "./past_picture.ts";
import type { PastThread } from "./past_thread.ts";

export { PastBusyError };
export type { PastClip, PastKeyframe, PastPicture };

/** Options of a clip. */
export interface PastClipOptions {
  /**
   * Length of the clip in seconds, more than 0; shorter if less is kept.
   *
   * @default {10}
   */
  seconds?: number;
  /**
   * Time of the end of the clip, in milliseconds since 1970.
   *
   * @default now
   */
  endMilliseconds?: number;
  /**
   * Most bytes of the clip, 1000 or more. If it would have more, it has fewer
   * pictures, then smaller ones, and new colors where they are encoded anew.
   *
   * @default {undefined} no limit
   */
  maxBytes?: number;
  /**
   * Length in seconds down to which the clip may begin later before pictures
   * are left out for `maxBytes`.
   *
   * @default {seconds}
   */
  leastSeconds?: number;
  /**
   * Time in milliseconds for encoding pictures anew for `maxBytes`; where that
   * is not enough, there is one picture a second.
   *
   * @default {15000}
   */
  encodingMilliseconds?: number;
}

/** Default time for encoding a clip. */
const ENCODING_MILLISECONDS = 15_000;

/** Fewest bytes in which there is room for a GIF. */
export const MIN_CLIP_BYTES = 1000;

/** The newest picture, where it is known without asking. */
export interface NewestPicture {
  /** A number that no other picture has. */
  number: number;
  /** Its part, if that is a keyframe. */
  keyframe?: PastKeyframe;
}

/**
 * The past pictures of a channel, as far back as they are kept.
 *
 * They are made in a thread of their own, in the order in which they are asked
 * for; if 32 wait already, a {@linkcode PastBusyError} says so. All times are by one clock, {@linkcode Past.now}, which never goes back
 * even if the system's clock does.
 *
 * @example Instant replay
 * ```ts
 * import { Channel } from "@x/gifstream";
 * import { decodeGif, GifEncoder } from "@x/gifstream/gif";
 * import { assertEquals } from "@std/assert";
 *
 * const channel = new Channel({ keepSeconds: 10 });
 * const screen = { width: 1, height: 1 };
 * const encoder = new GifEncoder(screen);
 * for (const gray of [0, 255]) {
 *   const part = encoder.encode(Uint8Array.of(gray, gray, gray))!;
 *   channel.publishPart(part, screen);
 * }
 * const clip = (await channel.past.clip({ seconds: 5 }))!;
 * const pictures = [...decodeGif(clip.gif)].map(({ pixels }) => [...pixels]);
 * assertEquals(pictures, [[0, 0, 0, 255], [255, 255, 255, 255]]);
 * assertEquals((await channel.past.picture())?.width, 1);
 * channel.close();
 * ```
 */
export class Past {
  readonly #thread: PastThread;
  readonly #newest: () => NewestPicture | undefined;
  /** Length of the past that is kept, in seconds. */
  readonly seconds: number;
  /** The newest GIF, which the next callers want, too. */
  #still: {
    number: number;
    gif: Promise<Uint8Array<ArrayBuffer> | undefined>;
  } | undefined;

  /**
   * Makes a view of the past.
   *
   * @param thread Keeps the past.
   * @param seconds Length of the past that it keeps.
   * @param newest Tells the newest picture.
   */
  constructor(
    thread: PastThread,
    seconds: number,
    newest: () => NewestPicture | undefined,
  ) {
    this.#thread = thread;
    this.#newest = newest;
    this.seconds = seconds;
  }

  /** The time now, in milliseconds since 1970. */
  get now(): number {
    return performance.timeOrigin + performance.now();
  }

  /** Time of the oldest picture kept; undefined if there is none. */
  startMilliseconds(): Promise<number | undefined> {
    return this.#thread.ask("start", undefined);
  }

  /**
   * Times of the pictures that are kept, in milliseconds since 1970, oldest
   * first.
   *
   * @param most Most times, 2 or more; of more pictures, those of some, spread
   * evenly, with the oldest and the newest.
   * @throws {RangeError} If `most` is less than 2.
   */
  async times(most: number): Promise<number[]> {
    if (!(most >= 2)) {
      throw new RangeError(
        `Cannot tell times: most must be 2 or more: ${most}`,
      );
    }
    return [...await this.#thread.ask("times", { most }) ?? []];
  }

  /**
   * The pixels of a picture.
   *
   * @param timeMilliseconds Time when viewers saw the picture, in milliseconds
   * since 1970; the newest picture by default.
   * @returns The picture; undefined if it is not kept.
   */
  picture(timeMilliseconds?: number): Promise<PastPicture | undefined> {
    return this.#thread.ask("picture", { timeMilliseconds });
  }

  /**
   * A picture as a keyframe, a part that needs no part before it.
   *
   * @param timeMilliseconds See {@linkcode Past.picture}.
   * @returns The keyframe; undefined if the picture is not kept.
   */
  async keyframe(timeMilliseconds?: number): Promise<PastKeyframe | undefined> {
    return this.#known(timeMilliseconds) ??
      await this.#thread.ask("keyframe", { timeMilliseconds });
  }

  /**
   * A picture as the part that was sent, if the part is a keyframe. In a
   * stream of whole pictures, every part is one.
   *
   * @param timeMilliseconds See {@linkcode Past.picture}.
   * @returns The part; undefined if it builds on others, or is not kept.
   */
  async wholePart(
    timeMilliseconds?: number,
  ): Promise<PastKeyframe | undefined> {
    return this.#known(timeMilliseconds) ??
      await this.#thread.ask("wholePart", { timeMilliseconds });
  }

  /**
   * A picture as a whole GIF.
   *
   * @param timeMilliseconds See {@linkcode Past.picture}.
   * @returns The GIF, which callers may share; undefined if the picture is not
   * kept.
   */
  async still(
    timeMilliseconds?: number,
  ): Promise<Uint8Array<ArrayBuffer> | undefined> {
    if (timeMilliseconds !== undefined) {
      return await this.#thread.ask("still", { timeMilliseconds });
    }
    const newest = this.#newest();
    if (newest === undefined) return undefined;
    if (this.#still?.number !== newest.number) {
      const gif = this.#newestStill(newest);
      this.#still = { number: newest.number, gif };
      // The next caller may have more luck.
      gif.catch(() => this.#still = undefined);
    }
    return await this.#still!.gif;
  }

  /**
   * A piece of the past as a finished GIF, with true delays.
   *
   * @param options Length, end and bounds of the clip.
   * @returns The clip; undefined if nothing of it is kept.
   * @throws {RangeError} If `seconds` is not more than 0, or `maxBytes` is less
   * than 1000.
   */
  async clip(options: PastClipOptions = {}): Promise<PastClip | undefined> {
    const { seconds = 10, endMilliseconds = this.now } = options;
    if (!(seconds > 0)) {
      throw new RangeError(
        `Cannot make clip: seconds must be more than 0: ${seconds}`,
      );
    }
    const bounds = boundsOf(options, seconds);
    return await this.#thread.ask("clip", { seconds, endMilliseconds, bounds });
  }

  async #newestStill(
    { keyframe }: NewestPicture,
  ): Promise<Uint8Array<ArrayBuffer> | undefined> {
    if (keyframe === undefined) return await this.#thread.ask("still", {});
    return wholeGif(keyframe.screen, keyframe.bytes);
  }

  /** The newest part, if that is asked for and is a keyframe. */
  #known(timeMilliseconds: number | undefined): PastKeyframe | undefined {
    return timeMilliseconds === undefined
      ? this.#newest()?.keyframe
      : undefined;
  }
}

function boundsOf(
  options: PastClipOptions,
  seconds: number,
): ClipBounds | undefined {
  const { maxBytes, leastSeconds = seconds } = options;
  const { encodingMilliseconds = ENCODING_MILLISECONDS } = options;
  if (maxBytes === undefined) return undefined;
  if (!(maxBytes >= MIN_CLIP_BYTES)) {
    throw new RangeError(
      `Cannot make clip: maxBytes must be ${MIN_CLIP_BYTES} or more: ${maxBytes}`,
    );
  }
  return { maxBytes, leastSeconds, encodingMilliseconds };
}
