import type { WorkerMessage } from "./worker_service.ts";

/** Where a service runs; it is asked for one thing at a time. */
export interface ServiceHost<Request, Reply, Note> {
  /**
   * Whether it can be asked now; false if the service cannot be had there.
   * Rejected when it is stopped before.
   */
  readonly ready: Promise<boolean>;
  /**
   * Has a request answered.
   *
   * @throws {Error} If the service breaks down, or is stopped.
   */
  ask(request: WorkerMessage<Request>): Promise<Reply>;
  /** Tells what needs no answer. */
  tell(note: Note): void;
  /** Ends the service, whatever it does; what it is at fails for the reason. */
  stop(reason: Error): void;
}
