import type { SentError } from "../../system/worker/sent_error.ts";
import type { PublishState } from "../place_status.ts";
import type { PublishedForm, PublishPlace, PublishStep } from "../publisher.ts";

/** The name of threads that publish channels at a place. */
export const PUBLISH_THREAD = "gifstream publish";

/** The task of such a thread: to publish at one place. */
export type PublishTask = PublishPlace;

/** A note to the thread. */
export type PublishNote =
  | { type: "step"; channel: string; step: PublishStep }
  /** Nothing more comes: the thread writes what waits, and ends. */
  | { type: "close" };

/** An event of the thread: see `PublisherEvents`. */
export type PublishEvent =
  | { type: "state"; state: PublishState; message: string | null }
  | {
    type: "standby";
    channel: string;
    standby: boolean;
    message: string | null;
  }
  | { type: "viewers"; channel: string; viewers: number }
  | { type: "keyframe"; channel: string }
  | { type: "need"; channel: string; form: PublishedForm; needed: boolean }
  /** Sums since the last event of this type. */
  | { type: "counts"; counts: PublishCounts }
  | { type: "fault"; error: SentError };

/** Sums since they were last told. */
export interface PublishCounts {
  /** Bytes of steps that are no longer in memory. */
  released: number;
  /** Parts and JPEGs that got to the place. */
  parts: number;
  /** The bytes of those. */
  bytes: number;
  /** Parts and JPEGs that were dropped. */
  dropped: number;
}

/** Memory that a step takes beside its bytes. */
const STEP_OVERHEAD_BYTES = 512;

/** Memory of a step while it waits, in bytes. */
export function stepBytes(step: PublishStep): number {
  return STEP_OVERHEAD_BYTES +
    buffersOf(step).reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** The buffers of a step, which are moved with it. */
export function buffersOf(step: PublishStep): ArrayBuffer[] {
  const all = [
    "bytes" in step ? step.bytes : undefined,
    "jpeg" in step ? step.jpeg : undefined,
  ];
  return all.flatMap((bytes) => bytes?.buffer ?? []);
}
