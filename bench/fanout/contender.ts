/** Starts a server whose frames become parts of at most so many bytes. */
export type Start = (
  stack: AsyncDisposableStack,
  maxPartBytes: number,
  workers: number,
) => Promise<Contender>;

/** A server that is measured. */
export interface Contender {
  /** What it is called in the tables. */
  readonly name: string;
  /** Where viewers connect. */
  readonly port: number;
  /** The path that they ask for. */
  readonly path: string;
  /** The processes whose use of the machine is measured. */
  readonly pids: readonly number[];
  /** What a viewer reads from its socket for each frame, in bytes. */
  readonly wireBytesPerFrame: number;
  /** Publishes frames at a steady pace; done when the last was published. */
  publish(frames: number, framesPerSecond: number): Promise<void>;
}
