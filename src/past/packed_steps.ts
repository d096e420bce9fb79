import { GrowingArray } from "../system/growing_array.ts";
import type { PastStep } from "./past_messages.ts";

/** Numbers of a step: kind, number, time, bytes, width, height. */
const FIELDS = 6;
const BEGIN = 0, DELTA = 1, KEYFRAME = 2, JPEG = 3;

/**
 * Steps as numbers, for messages: to keep thousands of small objects, and to
 * copy them to another thread, takes tens of milliseconds.
 */
export class PackedSteps {
  readonly #numbers = new GrowingArray((length) => new Float64Array(length));

  /** Adds a step after the others. */
  push(step: PastStep): void {
    this.#numbers.push(fieldsOf(step));
  }

  /** Removes all but the first. */
  shorten(steps: number): void {
    this.#numbers.shorten(steps * FIELDS);
  }

  /** Removes all, in a buffer that can be moved. */
  take(): Float64Array<ArrayBuffer> {
    return this.#numbers.take();
  }
}

function fieldsOf(step: PastStep): number[] {
  if ("begin" in step) {
    const { width, height } = step.begin;
    return [BEGIN, 0, 0, 0, width, height];
  }
  const { timeMilliseconds, byteLength } = step;
  if ("jpeg" in step) {
    const { width, height } = step.jpeg;
    return [JPEG, 0, timeMilliseconds, byteLength, width, height];
  }
  const kind = step.keyframe ? KEYFRAME : DELTA;
  return [kind, step.number, timeMilliseconds, byteLength, 0, 0];
}

/** The steps of {@linkcode PackedSteps}, oldest first. */
export function* unpackSteps(packed: Float64Array): Generator<PastStep, void> {
  for (let at = 0; at < packed.length; at += FIELDS) {
    const [kind, number, timeMilliseconds, byteLength, width, height] = packed
      .subarray(at, at + FIELDS);
    if (kind === BEGIN) yield { begin: { width, height } };
    else if (kind === JPEG) {
      yield { jpeg: { width, height }, timeMilliseconds, byteLength };
    } else {
      const keyframe = kind === KEYFRAME;
      yield { number, timeMilliseconds, keyframe, byteLength };
    }
  }
}
