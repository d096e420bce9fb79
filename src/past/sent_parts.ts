import type { LogicalScreen } from "../gif/block.ts";
import type { Part } from "../gif/write/frame_part.ts";
import { GrowingArray } from "../system/growing_array.ts";
import { PART_OVERHEAD_BYTES } from "./kept_part.ts";
import { PackedSteps } from "./packed_steps.ts";
import type { PastRequest, PastStep } from "./past_messages.ts";

/** Bytes of parts that are handed over together. */
const BATCH_BYTES = 2 ** 20;
/** Most parts that are handed over together. */
const BATCH_PARTS = 2000;
/** Time after which parts are handed over, so that none is drawn late. */
const BATCH_MILLISECONDS = 100;

/**
 * Parts that were sent to viewers and wait for the thread of the past: copies,
 * since viewers share the parts, one after the other in one buffer.
 */
export class SentParts {
  readonly #keepsAll: boolean;
  readonly #steps = new PackedSteps();
  readonly #bytes = new GrowingArray((length) => new Uint8Array(length));
  #begins = 0;
  #parts = 0;
  /** Times of the oldest and the newest part, in milliseconds. */
  #oldestAt = 0;
  #newestAt = 0;

  /** @param keepsAll False: a keyframe replaces the parts before it. */
  constructor(keepsAll: boolean) {
    this.#keepsAll = keepsAll;
  }

  /** Memory that the parts take where they are kept. */
  get bytes(): number {
    return this.#bytes.length + this.#parts * PART_OVERHEAD_BYTES;
  }

  /** True if the parts should be handed over. */
  get isFull(): boolean {
    // A single part may wait: the next may be a keyframe.
    if (this.#parts < 2) return false;
    return this.bytes > BATCH_BYTES || this.#parts > BATCH_PARTS ||
      this.#newestAt - this.#oldestAt > BATCH_MILLISECONDS;
  }

  /** A GIF begins. */
  begin(screen: LogicalScreen): void {
    this.clear();
    this.#steps.push({ begin: screen });
    this.#begins = 1;
  }

  /** Adds a part. */
  push(
    { bytes, keyframe }: Part,
    number: number,
    timeMilliseconds: number,
  ): void {
    if (keyframe && !this.#keepsAll) this.#dropParts();
    const { length: byteLength } = bytes;
    this.#add(bytes, { number, timeMilliseconds, keyframe, byteLength });
  }

  /** Adds a JPEG. It replaces those before it, unless all are kept. */
  pushJpeg(
    jpeg: Uint8Array,
    size: LogicalScreen,
    timeMilliseconds: number,
  ): void {
    if (!this.#keepsAll) this.#dropParts();
    const { length: byteLength } = jpeg;
    this.#add(jpeg, { jpeg: size, timeMilliseconds, byteLength });
  }

  /** Removes all, in buffers that can be moved. */
  take(): Pick<PastRequest, "steps" | "bytes"> {
    const taken = { steps: this.#steps.take(), bytes: this.#bytes.take() };
    this.clear();
    return taken;
  }

  /** Removes all. */
  clear(): void {
    this.#begins = 0;
    this.#dropParts();
  }

  #add(
    bytes: Uint8Array,
    step: Exclude<PastStep, { begin: LogicalScreen }>,
  ): void {
    if (this.#parts === 0) this.#oldestAt = step.timeMilliseconds;
    this.#newestAt = step.timeMilliseconds;
    this.#parts++;
    this.#steps.push(step);
    this.#bytes.push(bytes);
  }

  #dropParts(): void {
    this.#steps.shorten(this.#begins);
    this.#bytes.shorten(0);
    this.#parts = 0;
  }
}
