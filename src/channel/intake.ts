/** Reason why a channel cannot take the frames that are sent to it. */
export type IntakeProblem =
  /** There is no such channel, and it may not be made. */
  | "no-channel"
  /** The limit of channels, or of senders, is reached. */
  | "full"
  /** The channel has another source, or another sender now. */
  | "taken"
  /** A frame has too many bytes. */
  | "too-large"
  /** The data is of an unknown kind. */
  | "unknown-kind"
  /** The data is of a known kind, but cannot be shown. */
  | "broken"
  /** No data came for too long. */
  | "silent"
  /** The connection broke. */
  | "cut-off";

/** Thrown when frames cannot be taken. The message is for their sender. */
export class IntakeError extends Error {
  /** The reason. */
  readonly problem: IntakeProblem;

  /**
   * Makes the error.
   *
   * @param problem The reason.
   * @param message What cannot be done, and why.
   * @param options The error that it comes from, if any.
   */
  constructor(
    problem: IntakeProblem,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "IntakeError";
    this.problem = problem;
  }
}

/** Fates of the frames of one body. */
export interface IntakeCounts {
  /**
   * Frames that were published, were unchanged, or were dropped for newer
   * ones.
   */
  frames: number;
  /** Frames of those that are damaged; absent if none is known to be. */
  damaged?: number;
  /** Frames that were refused: they could not be shown, or were cut off. */
  refused: number;
  /** The mistake in the newest refused or damaged frame. */
  problem?: string;
}

/** Takes frames that are sent to the server: see `Ingest`. */
export interface Intake {
  /**
   * Publishes frames, each when its last byte has arrived.
   *
   * @param name The channel's name.
   * @param body Bytes of frames, which may never end. The body is canceled
   * when its rest is not wanted.
   * @returns Fates of the frames, once the body has ended.
   * @throws {IntakeError} If no frame, or no further frame, can be taken.
   */
  receive(
    name: string,
    body: ReadableStream<Uint8Array>,
  ): Promise<IntakeCounts>;
}
