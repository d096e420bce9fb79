import { concat } from "@std/bytes/concat";
import type { LogicalScreen } from "../gif/block.ts";
import type { Canvas } from "../gif/canvas/canvas.ts";
import { LOOP_FOR_EVER, TRAILER_BYTES } from "../gif/markers.ts";
import {
  delayPositions,
  leastDelay,
  piecesWithDelay,
} from "../gif/read/part_delay.ts";
import { streamHeader } from "../gif/write/frame_part.ts";
import { wholeGif } from "../gif/write/whole_gif.ts";
import { DelayClock } from "./delay_clock.ts";
import type { History, Moment } from "./history.ts";

/** A picture that viewers saw. */
export interface PastPicture {
  /** Pixels. */
  width: number;
  /** Pixels. */
  height: number;
  /**
   * Red, green, blue and alpha of every pixel, row by row; alpha is 255, or
   * 0 where nothing was drawn. The caller may keep and change the array.
   */
  rgba: Uint8ClampedArray<ArrayBuffer>;
  /** Time when the picture was sent, in milliseconds since 1970. */
  timeMilliseconds: number;
}

/** A picture that viewers saw, as a part. */
export interface PastKeyframe {
  /** The part. The bytes are shared: do not change them. */
  bytes: Uint8Array;
  /** The logical screen of the part. */
  screen: LogicalScreen;
  /** Time when the picture was sent, in milliseconds since 1970. */
  timeMilliseconds: number;
}

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
}

/** A piece of the past, as a finished GIF. */
export interface PastClip extends PastClipSpan {
  /** The file, which loops for ever. */
  gif: Uint8Array<ArrayBuffer>;
}

/** A clip in pieces, most of which are shared with viewers. */
export interface PastClipPieces extends PastClipSpan {
  /** Pieces of the file, in order. They are shared: do not change them. */
  pieces: Uint8Array[];
  /** Length of the file in bytes. */
  byteLength: number;
}

/** Times of a clip. */
export interface PastClipSpan {
  /** Time of the start of the clip, in milliseconds since 1970. */
  startMilliseconds: number;
  /** Time of the end of the clip, in milliseconds since 1970. */
  endMilliseconds: number;
  /** Number of pictures in the clip. */
  pictures: number;
}

/**
 * The past pictures of a channel, as far back as they are kept.
 *
 * All times are by one clock, {@linkcode Past.now}, which never goes back even
 * if the system's clock does.
 *
 * @example Instant replay
 * ```ts
 * import { Channel } from "@x/gifstream";
 * import { decodeGif, indexedFrame } from "@x/gifstream/gif";
 * import { assertEquals } from "@std/assert";
 *
 * const channel = new Channel({ keepSeconds: 10 });
 * const colors = Uint8Array.of(0, 0, 0, 255, 255, 255);
 * for (const pixel of [0, 1]) {
 *   const screen = { width: 1, height: 1 };
 *   channel.publishFrame(indexedFrame(screen, Uint8Array.of(pixel), colors));
 * }
 * const clip = channel.past.clip({ seconds: 5 })!;
 * const pictures = [...decodeGif(clip.gif)].map(({ pixels }) => [...pixels]);
 * assertEquals(pictures, [[0, 0, 0, 255], [255, 255, 255, 255]]);
 * assertEquals(channel.past.picture()?.width, 1);
 * channel.close();
 * ```
 */
export class Past {
  readonly #history: History;
  /** Length of the past that is kept, in seconds. */
  readonly seconds: number;
  /** The GIF made last, and its moment: the next callers want the same. */
  #still: { moment: Moment; gif: Uint8Array<ArrayBuffer> } | undefined;

  /** Makes a view of a history that is kept for so many seconds. */
  constructor(history: History, seconds: number) {
    this.#history = history;
    this.seconds = seconds;
  }

  /** The time now, in milliseconds since 1970. */
  get now(): number {
    return performance.timeOrigin + performance.now();
  }

  /** Time of the oldest picture kept; undefined if there is none. */
  get startMilliseconds(): number | undefined {
    return this.#history.oldest?.timeMilliseconds;
  }

  /**
   * The pixels of a picture.
   *
   * @param timeMilliseconds Time when viewers saw the picture, in milliseconds
   * since 1970; the newest picture by default.
   * @returns The picture; undefined if it is not kept.
   */
  picture(timeMilliseconds?: number): PastPicture | undefined {
    const moment = this.#moment(timeMilliseconds);
    if (moment === undefined) return undefined;
    const { width, height } = this.#history.screen;
    return {
      width,
      height,
      rgba: this.#history.canvas(moment).snapshot(),
      timeMilliseconds: moment.timeMilliseconds,
    };
  }

  /**
   * A picture as a keyframe, a part that needs no part before it. A further
   * call for the same picture returns the same bytes, unless the picture was
   * the newest at one call and not at the other.
   *
   * @param timeMilliseconds See {@linkcode Past.picture}.
   * @returns The keyframe; undefined if the picture is not kept.
   */
  keyframe(timeMilliseconds?: number): PastKeyframe | undefined {
    const moment = this.#moment(timeMilliseconds);
    if (moment === undefined) return undefined;
    return {
      bytes: keyframeOf(this.#history, moment),
      screen: this.#history.screen,
      timeMilliseconds: moment.timeMilliseconds,
    };
  }

  /**
   * A picture as the part that was sent, if the part is a keyframe. In a
   * stream of whole pictures, every part is one.
   *
   * @param timeMilliseconds See {@linkcode Past.picture}.
   * @returns The part; undefined if it builds on others, or is not kept.
   */
  wholePart(timeMilliseconds?: number): PastKeyframe | undefined {
    const moment = this.#moment(timeMilliseconds);
    if (!moment?.part.keyframe) return undefined;
    return {
      bytes: moment.part.bytes,
      screen: this.#history.screen,
      timeMilliseconds: moment.timeMilliseconds,
    };
  }

  /**
   * A picture as a whole GIF.
   *
   * @param timeMilliseconds See {@linkcode Past.picture}.
   * @returns The GIF; undefined if the picture is not kept.
   */
  still(timeMilliseconds?: number): Uint8Array<ArrayBuffer> | undefined {
    const moment = this.#moment(timeMilliseconds);
    if (moment === undefined) return undefined;
    if (this.#still?.moment !== moment) {
      const keyframe = keyframeOf(this.#history, moment);
      this.#still = { moment, gif: wholeGif(this.#history.screen, keyframe) };
    }
    return this.#still.gif;
  }

  /**
   * A piece of the past as a finished GIF, with true delays.
   *
   * @param options Length and end of the clip.
   * @returns The clip; undefined if nothing of it is kept.
   * @throws {RangeError} If `seconds` is not more than 0.
   */
  clip(options: PastClipOptions = {}): PastClip | undefined {
    const found = this.clipPieces(options);
    if (found === undefined) return undefined;
    const { pieces, byteLength: _, ...span } = found;
    return { gif: concat(pieces), ...span };
  }

  /**
   * The same clip in pieces, without copying the parts: for servers that send
   * many clips.
   *
   * @param options Length and end of the clip.
   * @returns The clip; undefined if nothing of it is kept.
   * @throws {RangeError} If `seconds` is not more than 0.
   */
  clipPieces(options: PastClipOptions = {}): PastClipPieces | undefined {
    const { seconds = 10, endMilliseconds = this.now } = options;
    if (!(seconds > 0)) {
      throw new RangeError(
        `Cannot make clip: seconds must be more than 0: ${seconds}`,
      );
    }
    return clipOf(this.#history, { seconds, endMilliseconds });
  }

  /**
   * The canvas that viewers see now; there must have been a picture. Do not
   * draw on the canvas. Later parts change it: copy it to keep it.
   */
  drawn(): Canvas {
    return this.#history.drawn();
  }

  #moment(timeMilliseconds: number | undefined): Moment | undefined {
    return timeMilliseconds === undefined
      ? this.#history.newest
      : this.#history.at(timeMilliseconds);
  }
}

function keyframeOf(history: History, moment: Moment): Uint8Array {
  const isNewest = moment === history.newest;
  return isNewest ? history.keyframe() : history.entrance(moment);
}

function clipOf(
  history: History,
  { seconds, endMilliseconds }: Required<PastClipOptions>,
): PastClipPieces | undefined {
  const wanted = endMilliseconds - seconds * 1000;
  const first = history.at(wanted) ?? history.oldest;
  if (first === undefined || first.timeMilliseconds > endMilliseconds) {
    return undefined;
  }
  const startMilliseconds = Math.max(wanted, first.timeMilliseconds);
  const moments = [first, ...history.after(first)]
    .filter(({ timeMilliseconds }) => timeMilliseconds <= endMilliseconds);
  const clock = new DelayClock(startMilliseconds);
  const parts = moments.flatMap((moment, i) => {
    const bytes = i === 0 ? history.entrance(moment) : moment.part.bytes;
    const end = moments[i + 1]?.timeMilliseconds ?? endMilliseconds;
    const positions = delayPositions(bytes);
    return piecesWithDelay(
      bytes,
      positions,
      clock.until(end, leastDelay(positions)),
    );
  });
  const header = streamHeader(history.screen);
  const pieces = [header, LOOP_FOR_EVER, ...parts, TRAILER_BYTES];
  return {
    pieces,
    byteLength: pieces.reduce((sum, { length }) => sum + length, 0),
    startMilliseconds,
    endMilliseconds,
    pictures: moments.length,
  };
}
