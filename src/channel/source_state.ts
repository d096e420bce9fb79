/**
 * What a source is doing:
 * - `starting`: it was started, and has given no picture yet;
 * - `live`: its pictures come;
 * - `waiting`: it runs, but no picture has come for a while;
 * - `no signal`: what it reads from is away, and it tries again;
 * - `ended`: it has given its last picture, which stays;
 * - `idle`: it does not run, and starts when somebody watches.
 */
export type SourceState =
  | "starting"
  | "live"
  | "waiting"
  | "no signal"
  | "ended"
  | "idle";

/** All of them. */
export const SOURCE_STATES: readonly SourceState[] = [
  "starting",
  "live",
  "waiting",
  "no signal",
  "ended",
  "idle",
];

/** Where the pictures of a channel come from, and how that is going. */
export interface SourceStatus {
  /** What kind of source it is, as in `folder`, `video` or `publisher`. */
  kind: string;
  /** What it is doing. */
  state: SourceState;
  /** What last went wrong, or what it waits for, in words; null if nothing. */
  message: string | null;
}

/** A source that has given nothing for so long is said to wait. */
const WAITING_AFTER_MILLISECONDS = 5000;

/** The states that the arrival of a picture ends. */
const BEFORE_PICTURES: readonly SourceState[] = ["starting", "waiting", "idle"];

/** A source of which nothing is known yet but that somebody publishes. */
export function unknownSource(): SourceStatus {
  return { kind: "publisher", state: "starting", message: null };
}

/** The state of a source that has just given a picture. */
export function stateWithPicture(state: SourceState): SourceState {
  return BEFORE_PICTURES.includes(state) ? "live" : state;
}

/**
 * The state of a source, by how long ago it gave its newest picture.
 *
 * @param state The state as it was last told.
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
