/**
 * State of a source:
 * - `starting`: the source was started, and has given no picture yet;
 * - `live`: its pictures arrive;
 * - `waiting`: it runs, but the next picture is late;
 * - `no signal`: its input is away, and it tries again;
 * - `ended`: it has given its last picture, which stays;
 * - `idle`: it does not run, and starts when a viewer comes.
 */
export type SourceState =
  | "starting"
  | "live"
  | "waiting"
  | "no signal"
  | "ended"
  | "idle";

/** All states of a source. */
export const SOURCE_STATES: readonly SourceState[] = [
  "starting",
  "live",
  "waiting",
  "no signal",
  "ended",
  "idle",
];

/** The source of a channel's pictures, and its state. */
export interface SourceStatus {
  /** Kind of the source, as in `folder`, `video` or `publisher`. */
  kind: string;
  /** State of the source. */
  state: SourceState;
  /** The last mistake, or the reason for a wait, in words; null if none. */
  message: string | null;
  /**
   * The format of its pictures that are handed on as they come; null: they are
   * encoded, or none has come yet.
   */
  format: "GIF" | "JPEG" | null;
}

/** Changes of a source; fields that are omitted stay. */
export interface SourceChange extends Partial<SourceStatus> {
  /**
   * Milliseconds until it is tried again.
   *
   * @default {undefined} as said before
   */
  retryMilliseconds?: number;
}

/**
 * Age of the newest picture after which a live source may be `waiting`: one of
 * slow pictures is later.
 */
export const WAITING_AFTER_MILLISECONDS = 5000;

/** States that end when a picture arrives. */
const BEFORE_PICTURES: readonly SourceState[] = ["starting", "waiting", "idle"];

/** The status before the source is known: a publisher that is starting. */
export function unknownSource(): SourceStatus {
  return { kind: "publisher", state: "starting", message: null, format: null };
}

/** The state of a source after it has given a picture. */
export function stateWithPicture(state: SourceState): SourceState {
  return BEFORE_PICTURES.includes(state) ? "live" : state;
}

/**
 * The state of a source, by what it has given.
 *
 * @param state The state as last set.
 * @param isLate True if its next picture is late.
 */
export function stateByLateness(
  state: SourceState,
  isLate: boolean,
): SourceState {
  return state === "live" && isLate ? "waiting" : state;
}
