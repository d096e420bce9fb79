import { concat } from "@std/bytes/concat";
import type { LogicalScreen } from "../../gif/block.ts";
import type { Canvas } from "../../gif/canvas/canvas.ts";
import { LOOP_FOR_EVER, TRAILER_BYTES } from "../../gif/markers.ts";
import {
  delayPositions,
  leastDelay,
  piecesWithDelay,
} from "../../gif/read/part_delay.ts";
import { streamHeader } from "../../gif/write/frame_part.ts";
import { wholeGif } from "../../gif/write/whole_gif.ts";
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
   * 0 where nothing was drawn. The caller may keep and change it.
   */
  rgba: Uint8ClampedArray<ArrayBuffer>;
  /** When it was sent, in milliseconds since 1970. */
  timeMilliseconds: number;
}

/** A picture that viewers saw, as a part. */
export interface PastKeyframe {
  /** What draws it. The bytes are shared: they must not be changed. */
  bytes: Uint8Array;
  /** The logical screen that it is drawn on. */
  screen: LogicalScreen;
  /** When it was sent, in milliseconds since 1970. */
  timeMilliseconds: number;
}

/** What a clip is to show. */
export interface PastClipOptions {
  /**
   * How many seconds it lasts, more than 0; less if less is kept.
   *
   * @default {10}
   */
  seconds?: number;
  /**
   * When it ends, in milliseconds since 1970.
   *
   * @default now
   */
  endMilliseconds?: number;
}

/** A piece of the past, as a GIF that ends. */
export interface PastClip extends PastClipSpan {
  /** The file: it plays again and again. */
  gif: Uint8Array<ArrayBuffer>;
}

/** A clip as what it consists of, most of which it shares with viewers. */
export interface PastClipPieces extends PastClipSpan {
  /** The file, piece by piece. The bytes are shared: do not change them. */
  pieces: Uint8Array[];
  /** Bytes of the file. */
  byteLength: number;
}

/** When a clip is of. */
export interface PastClipSpan {
  /** When its first picture was to be seen, in milliseconds since 1970. */
  startMilliseconds: number;
  /** When it ends, in milliseconds since 1970. */
  endMilliseconds: number;
  /** How many pictures it shows. */
  pictures: number;
}

/**
 * What viewers of a channel saw, as far back as it is kept.
 *
 * Times are those of the parts, which never go back even if the clock does:
 * {@linkcode Past.now} is the newest.
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
  /** How far back it goes, in seconds. */
  readonly seconds: number;
  /** The GIF made last, and of what: those who ask next want the same. */
  #still: { moment: Moment; gif: Uint8Array<ArrayBuffer> } | undefined;

  /** A view of a history that is kept for so many seconds. */
  constructor(history: History, seconds: number) {
    this.#history = history;
    this.seconds = seconds;
  }

  /** What time it is, in milliseconds since 1970. */
  get now(): number {
    return performance.timeOrigin + performance.now();
  }

  /** When the oldest picture was sent that is kept; undefined if none is. */
  get startMilliseconds(): number | undefined {
    return this.#history.oldest?.timeMilliseconds;
  }

  /**
   * The pixels of a picture.
   *
   * @param timeMilliseconds When it was to be seen, in milliseconds since
   * 1970; the newest picture by default.
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
   * A picture as a part that needs nothing before it. Who asks again for the
   * same picture gets the same bytes, if it was not the newest.
   *
   * @param timeMilliseconds See {@linkcode Past.picture}.
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
   * A picture as the part that was sent, where that draws it all by itself,
   * as each part of a stream of whole pictures does.
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
   * A picture as a GIF of its own.
   *
   * @param timeMilliseconds See {@linkcode Past.picture}.
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
   * A piece of the past as a GIF that ends, with true delays.
   *
   * @param options From when to when.
   * @returns The clip; undefined if nothing of it is kept.
   * @throws {RangeError} If it is to last no time.
   */
  clip(options: PastClipOptions = {}): PastClip | undefined {
    const found = this.clipPieces(options);
    if (found === undefined) return undefined;
    const { pieces, byteLength: _, ...span } = found;
    return { gif: concat(pieces), ...span };
  }

  /**
   * The same clip without a copy of what is kept: for servers that send many.
   *
   * @param options From when to when.
   * @returns The clip; undefined if nothing of it is kept.
   * @throws {RangeError} If it is to last no time.
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
   * What viewers see now, drawn; there must have been a picture. It is drawn
   * on later, and must not be drawn on by others: copy what is to stay.
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
