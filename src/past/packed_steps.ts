import type { PastStep } from "./past_messages.ts";

/** Numbers of a step: kind, number, time, bytes, width, height. */
const FIELDS = 6;
const BEGIN = 0, DELTA = 1, KEYFRAME = 2, JPEG = 3;

/**
 * Steps as numbers, for messages: to copy thousands of small objects to another
 * thread takes tens of milliseconds.
 */
export function packSteps(
  steps: readonly PastStep[],
): Float64Array<ArrayBuffer> {
  const packed = new Float64Array(steps.length * FIELDS);
  let at = 0;
  for (const step of steps) {
    packed.set(fieldsOf(step), at);
    at += FIELDS;
  }
  return packed;
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

/** The steps of {@linkcode packSteps}, oldest first. */
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
