import { concat } from "@std/bytes/concat";
import type { LogicalScreen } from "../../gif/block.ts";
import {
  delayPositions,
  leastDelay,
  withDelay,
} from "../../gif/read/part_delay.ts";
import type { Part } from "../../gif/write/frame_part.ts";
import { streamHeader } from "../../gif/write/stream_header.ts";
import type { Broadcaster } from "../broadcaster.ts";
import { DelayClock } from "../../past/delay_clock.ts";
import type { PartSink } from "./part_sink.ts";

/** Longest time that a picture is held, for people who watch live. */
const MAX_HOLD_MILLISECONDS = 10_000;

/** A part that is held until the delay of its picture is known. */
interface Held {
  part: Part;
  timeMilliseconds: number;
}

/** Options of {@linkcode RealPace}. */
export interface RealPaceOptions {
  /** Longest time that a picture is held. */
  maxHoldMilliseconds?: number;
  /** Runs the callback of a timer. */
  later?: (act: () => void) => void;
}

/**
 * Gives pictures their true delays. A GIF has the delay before the picture, so
 * each picture is held until the next one arrives. If none arrives for long,
 * the held picture is sent with its delay so far, and held again.
 */
export class RealPace implements PartSink {
  readonly #broadcaster: Broadcaster;
  readonly #now: () => number;
  readonly #maxHoldMilliseconds: number;
  readonly #later: (act: () => void) => void;
  #screen: LogicalScreen | undefined;
  #held: Held | undefined;
  #clock: DelayClock | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** True once ended; sending a part may end the form: see `onEmpty`. */
  #ended = false;

  /**
   * @param broadcaster Takes the parts, with their delays.
   * @param now Returns the time, in milliseconds since 1970.
   * @param options Longest time to hold a picture, and a runner for timers.
   */
  constructor(
    broadcaster: Broadcaster,
    now: () => number,
    options: RealPaceOptions = {},
  ) {
    const { maxHoldMilliseconds = MAX_HOLD_MILLISECONDS } = options;
    this.#broadcaster = broadcaster;
    this.#now = now;
    this.#maxHoldMilliseconds = maxHoldMilliseconds;
    this.#later = options.later ?? ((act) => act());
  }

  begin(screen: LogicalScreen): void {
    this.#release(this.#now());
    if (this.#ended) return;
    this.#clock = undefined;
    this.#screen = screen;
    this.#broadcaster.begin(screen);
  }

  part(part: Part, timeMilliseconds: number): void {
    this.#release(timeMilliseconds);
    this.#hold({ part, timeMilliseconds });
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#release(this.#now());
    this.#broadcaster.close();
  }

  /**
   * The held picture as a keyframe, with its delay so far, for a viewer whose
   * GIF ends now; undefined if no picture is held.
   *
   * @param hasBegun False if the viewer lacks the stream header.
   */
  lastWord(hasBegun: boolean): Promise<Uint8Array | undefined> | undefined {
    return this.#held && this.#lastWordOf(this.#held, hasBegun);
  }

  async #lastWordOf(
    { part, timeMilliseconds }: Held,
    hasBegun: boolean,
  ): Promise<Uint8Array | undefined> {
    const end = this.#now(), screen = this.#screen!;
    const bytes = part.keyframe
      ? part.bytes
      : await this.#broadcaster.keyframeAfter(part);
    if (bytes === undefined) return undefined;
    const positions = delayPositions(bytes);
    const delay = new DelayClock(timeMilliseconds)
      .until(end, leastDelay(positions));
    const last = withDelay(bytes, positions, delay);
    return hasBegun ? last : concat([streamHeader(screen), last]);
  }

  #hold(held: Held): void {
    if (this.#ended) return;
    this.#held = held;
    this.#clock ??= new DelayClock(held.timeMilliseconds);
    this.#timer = setTimeout(
      () => this.#later(() => this.#sendSoFar()),
      this.#maxHoldMilliseconds,
    );
  }

  /** Sends a picture that was held for long, and holds it again. */
  #sendSoFar(): void {
    const timeMilliseconds = this.#now(), clock = this.#clock;
    this.#release(timeMilliseconds);
    const hold = (part: Part | undefined) => {
      // Another picture may have come meanwhile, or another GIF.
      if (part === undefined || this.#held || clock !== this.#clock) return;
      this.#hold({ part, timeMilliseconds });
    };
    this.#broadcaster.keyframe().then(
      (part) => this.#later(() => hold(part)),
      // It was noted; the next picture is held as it comes.
      () => {},
    );
  }

  /** Sends the held picture, with a delay that lasts until the given time. */
  #release(endMilliseconds: number): void {
    clearTimeout(this.#timer);
    if (this.#held === undefined) return;
    const { bytes, keyframe } = this.#held.part;
    this.#held = undefined;
    const positions = delayPositions(bytes);
    const delay = this.#clock!.until(endMilliseconds, leastDelay(positions));
    const timed = withDelay(bytes, positions, delay);
    this.#broadcaster.publish({ bytes: timed, keyframe });
  }
}
