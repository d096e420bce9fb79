import type { LogicalScreen } from "../gif/block.ts";
import type { Part } from "../gif/write/frame_part.ts";
import { keptBytes, keptPart } from "./kept_part.ts";
import { packSteps } from "./packed_steps.ts";
import type { PastRequest, PastStep } from "./past_messages.ts";

/** Bytes of parts that are handed over together. */
const BATCH_BYTES = 2 ** 20;
/** Most parts that are handed over together. */
const BATCH_PARTS = 2000;
/** Time after which parts are handed over, so that none is drawn late. */
const BATCH_MILLISECONDS = 100;

/** Parts that were sent to viewers and wait for the thread of the past. */
export class SentParts {
  readonly #keepsAll: boolean;
  #steps: PastStep[] = [];
  #parts: Part[] = [];
  #bytes = 0;
  /** Times of the oldest and the newest part, in milliseconds. */
  #oldestAt = 0;
  #newestAt = 0;

  /** @param keepsAll False: a keyframe replaces the parts before it. */
  constructor(keepsAll: boolean) {
    this.#keepsAll = keepsAll;
  }

  /** Memory that the parts take. */
  get bytes(): number {
    return this.#bytes;
  }

  /** True if the parts should be handed over. */
  get isFull(): boolean {
    // A single part may wait: the next may be a keyframe.
    if (this.#parts.length < 2) return false;
    return this.#bytes > BATCH_BYTES || this.#parts.length > BATCH_PARTS ||
      this.#newestAt - this.#oldestAt > BATCH_MILLISECONDS;
  }

  /** A GIF begins. */
  begin(screen: LogicalScreen): void {
    this.clear();
    this.#steps = [{ begin: screen }];
  }

  /** Adds a part, which is copied if its buffer is much larger. */
  push(sent: Part, number: number, timeMilliseconds: number): void {
    const part = keptPart(sent), { keyframe } = part;
    if (keyframe && !this.#keepsAll) this.#dropParts();
    const { length: byteLength } = part.bytes;
    this.#steps.push({ number, timeMilliseconds, keyframe, byteLength });
    this.#add(part, timeMilliseconds);
  }

  /** Adds a JPEG. It replaces those before it, unless all are kept. */
  pushJpeg(
    jpeg: Uint8Array,
    size: LogicalScreen,
    timeMilliseconds: number,
  ): void {
    if (!this.#keepsAll) this.#dropParts();
    const part = keptPart({ bytes: jpeg, keyframe: true });
    const { length: byteLength } = part.bytes;
    this.#steps.push({ jpeg: size, timeMilliseconds, byteLength });
    this.#add(part, timeMilliseconds);
  }

  /** Removes all, copied into one buffer: viewers share the parts. */
  take(): Pick<PastRequest, "steps" | "bytes"> {
    const steps = this.#steps, parts = this.#parts;
    let length = 0;
    for (const part of parts) length += part.bytes.length;
    const bytes = new Uint8Array(length);
    let start = 0;
    for (const part of parts) {
      bytes.set(part.bytes, start);
      start += part.bytes.length;
    }
    this.clear();
    return { steps: packSteps(steps), bytes };
  }

  /** Removes all. */
  clear(): void {
    this.#steps = [];
    this.#parts = [];
    this.#bytes = 0;
  }

  #add(part: Part, timeMilliseconds: number): void {
    if (this.#parts.length === 0) this.#oldestAt = timeMilliseconds;
    this.#newestAt = timeMilliseconds;
    this.#parts.push(part);
    this.#bytes += keptBytes(part);
  }

  #dropParts(): void {
    this.#steps = this.#steps.filter((step) => "begin" in step);
    this.#parts = [];
    this.#bytes = 0;
  }
}
