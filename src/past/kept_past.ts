import type { LogicalScreen } from "../gif/block.ts";
import { keyframe } from "../gif/canvas/keyframe.ts";
import { wholeGif } from "../gif/write/whole_gif.ts";
import { makeClip } from "./clip/clip_maker.ts";
import { makeSmallClip } from "./clip/small_clip.ts";
import type { History, Moment } from "./history.ts";
import { JpegHistory, type JpegMoment } from "./jpeg_history.ts";
import { isJpeg, JpegRun, pixelsOf } from "./jpeg_run.ts";
import type { AtTime, PastQuestions } from "./past_messages.ts";
import type { PastClip, PastKeyframe, PastPicture } from "./past_picture.ts";

/**
 * The past pictures of a stream, made of its history, and of the JPEGs that
 * came while no GIF was made. `Past` asks for them from another thread, and
 * describes them.
 */
export class KeptPast {
  readonly #history: History;
  readonly #jpegs: JpegHistory;

  /**
   * @param history The parts that are kept.
   * @param jpegs The JPEGs that are kept.
   */
  constructor(history: History, jpegs: JpegHistory = new JpegHistory(0)) {
    this.#history = history;
    this.#jpegs = jpegs;
  }

  /** Time of the oldest picture kept; undefined if there is none. */
  get startMilliseconds(): number | undefined {
    const times = [this.#history.oldest, this.#jpegs.moments[0]]
      .flatMap((moment) => moment?.timeMilliseconds ?? []);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /**
   * Times of the pictures that are kept, oldest first: of `most` at most, spread
   * evenly, with the first and the last.
   */
  times(most: number): Float64Array<ArrayBuffer> {
    const times = [...this.#history.moments, ...this.#jpegs.moments]
      .map(({ timeMilliseconds }) => timeMilliseconds)
      .sort((a, b) => a - b);
    const count = Math.min(most, times.length);
    const step = (times.length - 1) / Math.max(1, count - 1);
    return Float64Array.from(
      { length: count },
      (_, i) => times[Math.round(i * step)],
    );
  }

  /** The pixels of a picture; undefined if it is not kept. */
  picture({ timeMilliseconds: at }: AtTime = {}): PastPicture | undefined {
    const moment = this.#moment(at);
    if (moment === undefined) return undefined;
    const { timeMilliseconds } = moment;
    if (!isJpeg(moment)) {
      const rgba = this.#history.canvas(moment).snapshot();
      return { ...this.#history.screen, rgba, timeMilliseconds };
    }
    const { pixels, width, height } = pixelsOf(moment);
    return { width, height, rgba: withAlpha(pixels), timeMilliseconds };
  }

  /** A picture as a keyframe; undefined if it is not kept. */
  keyframe({ timeMilliseconds }: AtTime = {}): PastKeyframe | undefined {
    const moment = this.#moment(timeMilliseconds);
    const bytes = moment && this.#keyframeOf(moment);
    return bytes && this.#told(moment!, bytes);
  }

  /**
   * A keyframe of the newest picture after one more part; undefined if there is
   * no canvas to draw it on.
   */
  keyframeAfter(part: Uint8Array): Uint8Array | undefined {
    const { width, height } = this.#history.screen;
    if (width * height === 0) return undefined;
    const canvas = this.#history.drawn().copy();
    canvas.drawPart(part);
    return keyframe(canvas);
  }

  /** A picture as it was sent, if its part is a keyframe. */
  wholePart({ timeMilliseconds }: AtTime = {}): PastKeyframe | undefined {
    const moment = this.#moment(timeMilliseconds);
    if (moment === undefined || isJpeg(moment)) return undefined;
    const { part } = moment;
    return part.keyframe ? this.#told(moment, part.bytes) : undefined;
  }

  /** A picture as a whole GIF; undefined if it is not kept. */
  still(at: AtTime = {}): Uint8Array<ArrayBuffer> | undefined {
    const found = this.keyframe(at);
    return found && wholeGif(found.screen, found.bytes);
  }

  /** A piece of the past as a finished GIF, with true delays. */
  clip(
    { seconds, endMilliseconds, bounds }: PastQuestions["clip"][0],
  ): PastClip | undefined {
    const wanted = endMilliseconds - seconds * 1000;
    const moments = this.#momentsBetween(wanted, endMilliseconds);
    if (moments.length === 0) return undefined;
    const options = {
      moments,
      history: this.#history,
      screen: this.#screenOf(moments.at(-1)!),
      startMilliseconds: Math.max(wanted, moments[0].timeMilliseconds),
      endMilliseconds,
    };
    return bounds === undefined
      ? makeClip(options)
      : makeSmallClip({ ...options, bounds });
  }

  /** The pictures that viewers saw from one time to another, oldest first. */
  #momentsBetween(start: number, end: number): (Moment | JpegMoment)[] {
    const all = [...this.#history.moments, ...this.#jpegs.moments]
      .filter(({ timeMilliseconds }) => timeMilliseconds <= end)
      .sort((a, b) => a.timeMilliseconds - b.timeMilliseconds);
    if (all.length === 0) return [];
    // A GIF has one size, that of the last picture.
    const { width, height } = this.#screenOf(all.at(-1)!);
    const other = all.findLastIndex((moment) => {
      const screen = this.#screenOf(moment);
      return screen.width !== width || screen.height !== height;
    });
    const first = all.findLastIndex(({ timeMilliseconds }) =>
      timeMilliseconds <= start
    );
    return all.slice(Math.max(other + 1, first, 0));
  }

  #moment(at: number = Infinity): Moment | JpegMoment | undefined {
    const moment = this.#history.at(at), jpeg = this.#jpegs.at(at);
    if (moment === undefined || jpeg === undefined) return moment ?? jpeg;
    return jpeg.timeMilliseconds > moment.timeMilliseconds ? jpeg : moment;
  }

  #keyframeOf(moment: Moment | JpegMoment): Uint8Array | undefined {
    if (isJpeg(moment)) return new JpegRun().part(moment);
    const isNewest = moment === this.#history.newest;
    return isNewest ? this.#history.keyframe() : this.#history.entrance(moment);
  }

  #screenOf(moment: Moment | JpegMoment): LogicalScreen {
    if (!isJpeg(moment)) return this.#history.screen;
    const { width, height } = moment;
    return { width, height };
  }

  #told(moment: Moment | JpegMoment, bytes: Uint8Array): PastKeyframe {
    const { timeMilliseconds } = moment;
    return { bytes, screen: this.#screenOf(moment), timeMilliseconds };
  }
}

/** Red, green, blue and alpha of pixels that have none. */
function withAlpha(rgb: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(rgb.length / 3 * 4).fill(255);
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
    rgba[to] = rgb[from];
    rgba[to + 1] = rgb[from + 1];
    rgba[to + 2] = rgb[from + 2];
  }
  return rgba;
}
