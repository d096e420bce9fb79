import { concat } from "@std/bytes/concat";
import type { LogicalScreen } from "../../gif/block.ts";
import { keyframe } from "../../gif/canvas/keyframe.ts";
import {
  delayPositions,
  leastDelay,
  withDelay,
} from "../../gif/read/part_delay.ts";
import { type Part, streamHeader } from "../../gif/write/frame_part.ts";
import type { Broadcaster } from "../broadcaster.ts";
import { DelayClock } from "../past/delay_clock.ts";
import type { PartSink } from "./part_sink.ts";

/** So long at most a picture is held, for those who watch all the same. */
const MAX_HOLD_MILLISECONDS = 10_000;

/** What is going to be sent when it is known how long it was to be seen. */
interface Held {
  part: Part;
  timeMilliseconds: number;
}

/** Options of {@linkcode RealPace}. */
export interface RealPaceOptions {
  /** How long a picture is held at most. */
  maxHoldMilliseconds?: number;
  /** Does what a timer is for. */
  later?: (act: () => void) => void;
}

/**
 * Gives pictures the delays that they really had. Since the delay comes in
 * front of the picture, each is held until the next one is there; if none
 * comes for long, it is sent with the delay so far, and held again.
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
  /** Sending a part may show that the last viewer has gone, and end it. */
  #ended = false;

  /**
   * @param broadcaster What takes the parts, with their delays.
   * @param now Tells the time, in milliseconds since 1970.
   * @param options How long pictures are held, and how timers act.
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
   * The held picture for a viewer who leaves now, whatever it has been sent,
   * with the delay that it has had so far.
   */
  lastWord(): Uint8Array | undefined {
    if (this.#held === undefined) return undefined;
    const { part, timeMilliseconds } = this.#held;
    const bytes = this.#keyframeOf(part);
    const positions = delayPositions(bytes);
    const delay = new DelayClock(timeMilliseconds)
      .until(this.#now(), leastDelay(positions));
    const last = withDelay(bytes, positions, delay);
    const begun = this.#broadcaster.keyframe() !== undefined;
    return begun ? last : concat([streamHeader(this.#screen!), last]);
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

  /** Sends what was held for long, and holds it again. */
  #sendSoFar(): void {
    const now = this.#now();
    this.#release(now);
    const part = this.#broadcaster.keyframe();
    if (part !== undefined) this.#hold({ part, timeMilliseconds: now });
  }

  /** Sends what is held, to be seen until a time. */
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

  /** What the held part makes of what was sent before it. */
  #keyframeOf(part: Part): Uint8Array {
    if (part.keyframe) return part.bytes;
    const canvas = this.#broadcaster.past.drawn().copy();
    canvas.drawPart(part.bytes);
    return keyframe(canvas);
  }
}
