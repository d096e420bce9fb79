import type { LogicalScreen } from "../gif/block.ts";
import type { ClipBounds } from "./clip/clip_options.ts";
import type { PastBounds } from "./past_bounds.ts";
import type { PastClip, PastKeyframe, PastPicture } from "./past_picture.ts";

/** The name of threads that keep the past of a channel. */
export const PAST_THREAD = "gifstream past";

/** The version of these messages, which both sides must have. */
export const PAST_VERSION = 3;

/** A part that was sent to viewers. Its bytes are in the request. */
export interface SentPart {
  /** Number of parts that the channel sent before it. */
  number: number;
  /** Time when it was sent, in milliseconds since 1970. */
  timeMilliseconds: number;
  /** True for a keyframe. */
  keyframe: boolean;
  /** Length of the part. */
  byteLength: number;
}

/** A JPEG that came while no GIF was made. Its bytes are in the request. */
export interface SentJpeg {
  /** Its size in pixels. */
  jpeg: LogicalScreen;
  /** Time when it was sent, in milliseconds since 1970. */
  timeMilliseconds: number;
  /** Length of the file. */
  byteLength: number;
}

/** An event of a stream: a GIF began, or a picture was sent. */
export type PastStep = { begin: LogicalScreen } | SentPart | SentJpeg;

/** The way into a stream: what brings a new viewer up to date. */
export interface Opening {
  /** A keyframe, and the parts after it. */
  chunks: Uint8Array[];
  /** The number of the newest part that they show. */
  number: number;
}

/** A moment of the past; the newest one if there is no time. */
export interface AtTime {
  /** Milliseconds since 1970. */
  timeMilliseconds?: number;
}

/** A piece of the past. */
export interface ClipSpan {
  seconds: number;
  /** Milliseconds since 1970. */
  endMilliseconds: number;
  /**
   * Bounds of the file.
   *
   * @default {undefined} none
   */
  bounds?: ClipBounds;
}

/** The questions about the past, by kind, each with its answer. */
export interface PastQuestions {
  opening: [PastBounds, Opening | undefined];
  start: [unknown, number | undefined];
  times: [{ most: number }, Float64Array<ArrayBuffer> | undefined];
  picture: [AtTime, PastPicture | undefined];
  keyframe: [AtTime, PastKeyframe | undefined];
  /** The newest picture after one more part, which was not sent. */
  keyframeAfter: [{ part: Uint8Array }, Uint8Array | undefined];
  wholePart: [AtTime, PastKeyframe | undefined];
  still: [AtTime, Uint8Array<ArrayBuffer> | undefined];
  clip: [ClipSpan, PastClip | undefined];
}

/** A question of one kind. */
export interface PastQuestion<Kind extends keyof PastQuestions> {
  kind: Kind;
  about: PastQuestions[Kind][0];
}

/** A request: what has happened since the last one, and a question. */
export interface PastRequest {
  version: typeof PAST_VERSION;
  /** Bounds of what is kept. */
  bounds: PastBounds;
  /** The events, oldest first: {@linkcode PastStep}s as numbers. */
  steps: Float64Array<ArrayBuffer>;
  /** The bytes of all parts among the steps, one after the other. */
  bytes: Uint8Array<ArrayBuffer>;
  question?: PastQuestion<keyof PastQuestions>;
}

/** The answer to a request; it has no value if there was no question. */
export type PastReply = { value?: unknown } | { error: string };
