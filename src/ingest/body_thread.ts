import { IntakeError } from "../channel/intake.ts";
import { runLength, unpackRun } from "../encoding/part_run.ts";
import { errorMessage } from "../system/error_message.ts";
import type {
  EventBatch,
  EventRequest,
} from "../system/worker/event_messages.ts";
import { EventQueue, roomIn } from "../system/worker/event_queue.ts";
import {
  EventThread,
  type EventThreadOptions,
  LostThreadError,
} from "../system/worker/event_thread.ts";
import { receivedError } from "../system/worker/sent_error.ts";
import {
  type WorkerModule,
  workerModule,
} from "../system/worker/worker_module.ts";
import {
  BODY_THREAD,
  type BodyEvent,
  type BodyNote,
  type GifRules,
  type MadeFrame,
} from "./body_messages.ts";
import type { FrameBody } from "../source/frame_body.ts";

/** The module of a service that reads bodies. */
export type BodyModule = WorkerModule<
  EventRequest<true>,
  EventBatch<BodyEvent>,
  BodyNote
>;

/** Options of {@linkcode BodyThread}. */
export interface BodyThreadOptions extends EventThreadOptions {
  /**
   * The service.
   *
   * @default {BODIES} that of this folder
   */
  module?: BodyModule;
  /** Called when the thread is stuck, or has broken down. */
  onLost: (error: LostThreadError) => void;
  /** Called when the thread has ended; the next body starts another. */
  onEnd: () => void;
}

/** Listener of a body's reader for its receiver. */
export interface BodyListener {
  /** Called with one line of text about bytes that are no frame, so often. */
  onWarning: (message: string, count: number) => void;
  /** Called before anything is made of the first frame of a GIF. */
  onEnter: () => GifRules;
  /** Called at the end of a body of heads of parts, or line breaks. */
  onNothing: () => void;
}

/** Time for which the thread stays after its last body. */
const LINGER_MILLISECONDS = 10_000;

const BODIES: BodyModule = workerModule({
  name: BODY_THREAD,
  task: "take frames",
  url: () => new URL("./body_worker.ts", import.meta.url),
  load: async () => {
    const { bodyService } = await import("./body_worker.ts");
    return bodyService;
  },
});

/**
 * The thread that reads the bodies sent to one channel. It starts with the
 * first body, and ends some time after the last.
 */
export class BodyThread {
  readonly #thread: EventThread<true, BodyEvent, BodyNote>;
  readonly #options: BodyThreadOptions;
  readonly #bodies = new Map<
    number,
    { body: FrameBody; events: EventQueue<BodyEvent> }
  >();
  #lastNumber = 0;
  /** The run of the thread; undefined if it does not run. */
  #running: object | undefined;
  #lingering: ReturnType<typeof setTimeout> | undefined;

  constructor(options: BodyThreadOptions) {
    const { module = BODIES, deadlineMilliseconds } = options;
    this.#thread = new EventThread(module, { deadlineMilliseconds });
    this.#options = options;
  }

  /**
   * The frames of a body, each as soon as its last byte is there.
   *
   * @throws {IntakeError} If the body cannot be read, or the thread is lost.
   */
  async *frames(
    body: FrameBody,
    { onWarning, onEnter, onNothing }: BodyListener,
  ): AsyncGenerator<MadeFrame, void> {
    const number = ++this.#lastNumber, events = new EventQueue<BodyEvent>();
    const chunks = body.bytes[Symbol.asyncIterator]();
    this.#begin(number, { body, events });
    try {
      for (;;) {
        const event = events.take() ?? await events.next();
        // The channel may have ended, or gone to another sender, meanwhile.
        if (body.failure !== undefined) throw body.failure;
        switch (event.type) {
          case "more": {
            const { value } = await chunks.next();
            this.#give(number, value);
            break;
          }
          case "enter":
            this.#tell({ body: number, type: "rules", rules: onEnter() });
            break;
          case "warning":
            onWarning(event.message, event.count);
            break;
          case "frame":
            body.endFrame();
            yield event.frame;
            break;
          case "end":
            if (event.error !== undefined) throw asIntakeError(event.error);
            if (event.hasNothing) onNothing();
            return;
        }
      }
    } finally {
      this.#end(number);
      await chunks.return?.();
    }
  }

  /** Ends the thread at once, and all bodies that are open. */
  close(): void {
    const reason = new Error("Cannot take frames: the channel has ended");
    this.#fail(reason);
    this.#thread.stop(reason);
  }

  #begin(
    number: number,
    reading: { body: FrameBody; events: EventQueue<BodyEvent> },
  ): void {
    clearTimeout(this.#lingering);
    this.#bodies.set(number, reading);
    if (this.#running === undefined) this.#run();
    this.#tell({ body: number, type: "open" });
  }

  #end(number: number): void {
    const reason = new Error("Cannot take frames: the body has ended");
    this.#bodies.get(number)?.events.fail(reason);
    this.#bodies.delete(number);
    this.#tell({ body: number, type: "close" });
    if (this.#bodies.size > 0 || this.#running === undefined) return;
    this.#lingering = setTimeout(() => this.close(), LINGER_MILLISECONDS);
  }

  /** Hands bytes over; undefined says that the body has ended. */
  #give(body: number, bytes: Uint8Array | undefined): void {
    // A view would take its whole buffer along.
    const own = bytes?.slice();
    const transfer = own === undefined ? [] : [own.buffer];
    this.#tell({ body, type: "bytes", bytes: own }, transfer);
  }

  #tell(note: BodyNote, transfer?: Transferable[]): void {
    this.#thread.tell(note, transfer);
  }

  async #run(): Promise<void> {
    const run = this.#running = {};
    try {
      for await (const events of this.#thread.run(true)) {
        for (const event of events) {
          const events = this.#bodies.get(event.body)?.events;
          if (event.type !== "frames") events?.push(event);
          else {
            const { body, run } = event;
            const frames = unpackRun(
              run,
              (frame) => ({ body, type: "frame", frame } as const),
            );
            events?.pushRun(frames, runLength(run));
          }
        }
        await roomIn(Array.from(this.#bodies.values(), ({ events }) => events));
      }
    } catch (error) {
      // Another run may have begun since this one was closed.
      if (this.#running !== run) return;
      if (error instanceof LostThreadError) this.#options.onLost(error);
      this.#fail(error);
    }
  }

  /** The thread has ended: the next body starts another. */
  #fail(error: unknown): void {
    clearTimeout(this.#lingering);
    this.#running = undefined;
    const bodies = [...this.#bodies.values()];
    this.#bodies.clear();
    const failure = new IntakeError("broken", errorMessage(error));
    for (const { body, events } of bodies) {
      body.fail(failure);
      events.fail(failure);
    }
    this.#options.onEnd();
  }
}

function asIntakeError(
  error: NonNullable<Extract<BodyEvent, { type: "end" }>["error"]>,
): unknown {
  const { problem, message } = error;
  return problem === undefined
    ? receivedError(error)
    : new IntakeError(problem, message);
}
