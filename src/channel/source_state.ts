/**
 * State of a source:
 * - `starting`: the source was started, and has given no picture yet;
 * - `live`: its pictures arrive;
 * - `waiting`: it runs, but no picture has arrived for a while;
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
}

/** Age of the newest picture after which a live source is `waiting`. */
const WAITING_AFTER_MILLISECONDS = 5000;

/** States that end when a picture arrives. */
const BEFORE_PICTURES: readonly SourceState[] = ["starting", "waiting", "idle"];

/** The status before the source is known: a publisher that is starting. */
export function unknownSource(): SourceStatus {
  return { kind: "publisher", state: "starting", message: null };
}

/** The state of a source after it has given a picture. */
export function stateWithPicture(state: SourceState): SourceState {
  return BEFORE_PICTURES.includes(state) ? "live" : state;
}

/**
 * The state of a source, by the age of its newest picture.
 *
 * @param state The state as last set.
 * @param ageMilliseconds Age of the newest picture; null if there is none.
 */
export function stateByAge(
  state: SourceState,
  ageMilliseconds: number | null,
): SourceState {
  const late = ageMilliseconds !== null &&
    ageMilliseconds > WAITING_AFTER_MILLISECONDS;
  return state === "live" && late ? "waiting" : state;
}
