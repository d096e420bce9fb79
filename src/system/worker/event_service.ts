import {
  EVENT_VERSION,
  type EventBatch,
  type EventRequest,
} from "./event_messages.ts";
import { Outbox, type OutboxOptions } from "./outbox.ts";
import { sentError } from "./sent_error.ts";
import type { WorkerMessage, WorkerService } from "./worker_service.ts";

/** A task of long duration that reports events. */
export interface EventTask<Task, Event, Note> extends OutboxOptions<Event> {
  /** Does the task, and posts its events. */
  run(task: Task, outbox: Outbox<Event>): Promise<void>;
  /** Takes a note, which gets no answer. */
  note?(note: Note): void;
}

/** The service of a thread that does one task and reports of it. */
export class EventService<Task, Event, Note>
  implements WorkerService<EventRequest<Task>, EventBatch<Event>, Note> {
  readonly #task: EventTask<Task, Event, Note>;
  readonly #outbox: Outbox<Event>;

  constructor(task: EventTask<Task, Event, Note>) {
    this.#task = task;
    this.#outbox = new Outbox({
      closing: () => task.closing?.(),
      pack: task.pack?.bind(task),
    });
  }

  answer(
    { version, task, waitMilliseconds }: EventRequest<Task>,
  ): Promise<WorkerMessage<EventBatch<Event>>> {
    if (version !== EVENT_VERSION) {
      this.#outbox.end(sentError(unknown(version)));
    } else if (task !== undefined) this.#run(task);
    return this.#outbox.take(waitMilliseconds);
  }

  note(note: Note): void {
    this.#task.note?.(note);
  }

  close(): void {
    this.#outbox.end();
  }

  async #run(task: Task): Promise<void> {
    try {
      await this.#task.run(task, this.#outbox);
      this.#outbox.end();
    } catch (error) {
      this.#outbox.end(sentError(error));
    }
  }
}

function unknown(version: number): TypeError {
  return new TypeError(
    `Cannot report: expected messages of version ${EVENT_VERSION}, ` +
      `found ${version}`,
  );
}
