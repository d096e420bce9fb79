import type { WorkerMessage } from "./worker_service.ts";

/** The place where a service runs; it takes one request at a time. */
export interface ServiceHost<Request, Reply, Note> {
  /** Fulfilled when it begins to start; undefined: it does not wait for that. */
  readonly turn?: Promise<void>;
  /**
   * True once the service can be asked; false if it cannot run here.
   * Rejected if the service is stopped before.
   */
  readonly ready: Promise<boolean>;
  /**
   * Answers a request.
   *
   * @throws {Error} If the service breaks down, or is stopped.
   */
  ask(request: WorkerMessage<Request>): Promise<Reply>;
  /** Sends a note, which gets no answer. */
  tell(note: Note, transfer?: Transferable[]): void;
  /** Ends the service at once; its current request fails with the reason. */
  stop(reason: Error): void;
}
