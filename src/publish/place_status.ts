/** State of a place where channels are published. */
export type PublishState =
  /** It was not reached yet. */
  | "connecting"
  /** It takes what it is given. */
  | "publishing"
  /** It cannot be reached, or refuses what it is given. */
  | "failing";

/** All states of a place. */
export const PUBLISH_STATES: readonly PublishState[] = [
  "connecting",
  "publishing",
  "failing",
];

/** State of a place where channels are published, and counts since the start. */
export interface PlaceStatus {
  /** The kind of the place. */
  kind: "redis" | "nginx";
  /** Its address, without secrets. */
  address: string;
  /** The state: if it takes the channels. */
  state: PublishState;
  /** The reason of the state, in words; null if there is none. */
  message: string | null;
  /** Names of channels that another process publishes there. */
  standby: string[];
  /** Viewers there, of all channels; null if the place does not tell. */
  viewers: number | null;
  /** Parts and JPEGs that got there. */
  parts: number;
  /** The bytes of those. */
  bytes: number;
  /** Parts and JPEGs that were dropped on the way. */
  dropped: number;
  /** Bytes that wait in memory. */
  waitingBytes: number;
}
