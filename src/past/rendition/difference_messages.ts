import type { Part } from "../../gif/write/frame_part.ts";
import type { PastRequest } from "../past_messages.ts";

/** The name of threads that make differences. */
export const DIFFERENCE_THREAD = "gifstream differences";

/** A request: what has come since the last one, and a difference to make. */
export interface DifferenceRequest
  extends Pick<PastRequest, "steps" | "bytes"> {
  /** Numbers of the parts among the steps that viewers were sent as they are. */
  sentNumbers: number[];
  /** The delay of the difference; undefined: none is wanted. */
  delayCentiseconds?: number;
}

/** The difference between what viewers see and the newest picture. */
export interface Difference {
  /** The part, which viewers are sent; undefined if there is no difference. */
  part?: Part;
  /** True if the next part of the stream can build on it. */
  inStep: boolean;
}

/** The answer to a request. */
export type DifferenceReply = Difference | { error: string };
