/** Why frames that are sent to a channel cannot be taken. */
export type IntakeProblem =
  /** There is no such channel, and none may be made. */
  | "no-channel"
  /** There are as many channels, or senders, as there may be. */
  | "full"
  /** The channel has its frames from elsewhere, or from another sender now. */
  | "taken"
  /** A frame has more bytes than it may have. */
  | "too-large"
  /** What is sent is of no kind that is known. */
  | "unknown-kind"
  /** What is sent is of a known kind, but cannot be shown. */
  | "broken"
  /** Nothing came for too long. */
  | "silent"
  /** The connection broke. */
  | "cut-off";

/** Thrown when frames cannot be taken. The message is for whoever sent them. */
export class IntakeError extends Error {
  /** What is in the way. */
  readonly problem: IntakeProblem;

  /**
   * Makes the error.
   *
   * @param problem What is in the way.
   * @param message What was to be done, and what is in the way.
   */
  constructor(problem: IntakeProblem, message: string) {
    super(message);
    this.name = "IntakeError";
    this.problem = problem;
  }
}

/** What became of the frames of one body. */
export interface IntakeCounts {
  /**
   * Frames that went on air, changed nothing there, or were passed over for
   * newer ones.
   */
  frames: number;
  /** Frames that could not be shown, or were cut off. */
  refused: number;
  /** What was wrong with the newest of them. */
  problem?: string;
}

/** Where frames go that are sent to the server: see `Ingest`. */
export interface Intake {
  /**
   * Puts frames on air, each when its last byte has come.
   *
   * @param name The channel's name.
   * @param body Bytes of frames, which may never end. It is cancelled when
   * its rest is not wanted.
   * @returns What became of them, when the body has ended.
   * @throws {IntakeError} If none, or no more, can be taken.
   */
  receive(
    name: string,
    body: ReadableStream<Uint8Array>,
  ): Promise<IntakeCounts>;
}
