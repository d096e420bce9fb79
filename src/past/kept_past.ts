import { concat } from "@std/bytes/concat";
import { keyframe } from "../gif/canvas/keyframe.ts";
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
import type { AtTime, PastQuestions } from "./past_messages.ts";
import type { PastClip, PastKeyframe, PastPicture } from "./past_picture.ts";

/**
 * The past pictures of a stream, made of its history. `Past` asks for them from
 * another thread, and describes them.
 */
export class KeptPast {
  readonly #history: History;

  /** @param history The parts that are kept. */
  constructor(history: History) {
    this.#history = history;
  }

  /** The pixels of a picture; undefined if it is not kept. */
  picture({ timeMilliseconds }: AtTime = {}): PastPicture | undefined {
    const moment = this.#moment(timeMilliseconds);
    if (moment === undefined) return undefined;
    return {
      ...this.#history.screen,
      rgba: this.#history.canvas(moment).snapshot(),
      timeMilliseconds: moment.timeMilliseconds,
    };
  }

  /** A picture as a keyframe; undefined if it is not kept. */
  keyframe({ timeMilliseconds }: AtTime = {}): PastKeyframe | undefined {
    const moment = this.#moment(timeMilliseconds);
    return moment && this.#told(moment, this.#keyframeOf(moment));
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
    if (!moment?.part.keyframe) return undefined;
    return this.#told(moment, moment.part.bytes);
  }

  /** A picture as a whole GIF; undefined if it is not kept. */
  still(
    { timeMilliseconds }: AtTime = {},
  ): Uint8Array<ArrayBuffer> | undefined {
    const moment = this.#moment(timeMilliseconds);
    if (moment === undefined) return undefined;
    return wholeGif(this.#history.screen, this.#keyframeOf(moment));
  }

  /** A piece of the past as a finished GIF, with true delays. */
  clip(
    { seconds, endMilliseconds }: PastQuestions["clip"][0],
  ): PastClip | undefined {
    const history = this.#history;
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
      const delay = clock.until(end, leastDelay(positions));
      return piecesWithDelay(bytes, positions, delay);
    });
    const header = streamHeader(history.screen);
    return {
      gif: concat([header, LOOP_FOR_EVER, ...parts, TRAILER_BYTES]),
      startMilliseconds,
      endMilliseconds,
      pictures: moments.length,
    };
  }

  #moment(timeMilliseconds: number | undefined): Moment | undefined {
    return timeMilliseconds === undefined
      ? this.#history.newest
      : this.#history.at(timeMilliseconds);
  }

  #keyframeOf(moment: Moment): Uint8Array {
    const isNewest = moment === this.#history.newest;
    return isNewest ? this.#history.keyframe() : this.#history.entrance(moment);
  }

  #told({ timeMilliseconds }: Moment, bytes: Uint8Array): PastKeyframe {
    return { bytes, screen: this.#history.screen, timeMilliseconds };
  }
}
