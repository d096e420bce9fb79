import {
  EVENT_VERSION,
  type EventBatch,
  type EventRequest,
} from "./event_messages.ts";
import { receivedError } from "./sent_error.ts";
import { WorkerClient, WorkerTimeoutError } from "./worker_client.ts";
import type { WorkerModule } from "./worker_module.ts";

/** Options of {@linkcode EventThread}. */
export interface EventThreadOptions {
  /**
   * Milliseconds without an answer after which the thread is given up. It
   * answers six times as often, unless it is stuck.
   *
   * @default {30000}
   */
  deadlineMilliseconds?: number;
}

/** Empty answers in the time after which a thread is given up. */
const SIGNS_OF_LIFE = 6;

/** A thread has broken down, or has not answered for too long. */
export class LostThreadError extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = "LostThreadError";
  }
}

/**
 * A thread with one task of long duration, whose events are fetched in
 * batches: the thread waits while nobody fetches them.
 */
export class EventThread<Task, Event, Note = never> {
  readonly #task: string;
  readonly #client: WorkerClient<EventRequest<Task>, EventBatch<Event>, Note>;
  readonly #deadlineMilliseconds: number;
  #breakdown: Error | undefined;
  /** The current task, and why it is over, if it is. */
  #run: { over?: Error } = {};

  /**
   * Makes a client; the thread starts with the task.
   *
   * @param module The module of an {@linkcode EventService}.
   * @param options The deadline.
   */
  constructor(
    module: WorkerModule<EventRequest<Task>, EventBatch<Event>, Note>,
    options: EventThreadOptions = {},
  ) {
    const { deadlineMilliseconds = 30_000 } = options;
    this.#task = module.task;
    this.#deadlineMilliseconds = deadlineMilliseconds;
    this.#client = new WorkerClient(module, {
      timeoutMilliseconds: deadlineMilliseconds,
      onBreakdown: (error) => {
        this.#breakdown = error;
        this.#run.over ??= error;
      },
    });
  }

  /**
   * Starts the thread before its task is known, and resolves once it is there.
   *
   * @throws {Error} If there are too few file descriptors for it.
   */
  async start(): Promise<void> {
    await this.#client.ready();
  }

  /**
   * Does the task; ends with it, and the thread with both.
   *
   * @param task The task.
   * @throws {LostThreadError} If the thread breaks down, or is stuck.
   * @throws {Error} If the task fails, or there are too few file descriptors.
   */
  async *run(task: Task): AsyncGenerator<Event[], void> {
    const run: { over?: Error } = this.#run = {};
    try {
      let batch = await this.#ask(run, task);
      for (;;) {
        if (batch.events.length > 0) yield batch.events;
        if (batch.end !== undefined) break;
        batch = await this.#ask(run);
      }
      const { error } = batch.end;
      if (error !== undefined) throw receivedError(error);
    } finally {
      // Another task may have begun since this one was stopped.
      if (run === this.#run) {
        this.stop(new Error(`Cannot ${this.#task}: it has ended`));
      }
    }
  }

  /** Sends a note to the thread if it runs; moves its buffers. */
  tell(note: Note, transfer?: Transferable[]): void {
    this.#client.tell(note, transfer);
  }

  /** Ends the thread at once; what waits for it fails with the reason. */
  stop(reason: Error): void {
    this.#run.over ??= reason;
    this.#client.stop(reason);
  }

  async #ask(
    run: { over?: Error },
    task?: Task,
  ): Promise<EventBatch<Event>> {
    try {
      // The client would start another thread, which knows of no task.
      if (run.over !== undefined) throw run.over;
      const waitMilliseconds = this.#deadlineMilliseconds / SIGNS_OF_LIFE;
      const version = EVENT_VERSION;
      const data = { version, task, waitMilliseconds } as const;
      return await this.#client.ask(() => ({ data, transfer: [] }));
    } catch (error) {
      throw this.#lost(error) ?? error;
    }
  }

  #lost(error: unknown): LostThreadError | undefined {
    if (error === this.#breakdown) {
      return new LostThreadError(this.#breakdown!.message, error);
    }
    if (!(error instanceof WorkerTimeoutError)) return undefined;
    const seconds = this.#deadlineMilliseconds / 1000;
    const message =
      `Cannot ${this.#task}: its thread has not answered for ${seconds} s`;
    return new LostThreadError(message, error);
  }
}
