import type { LogicalScreen } from "../gif/block.ts";
import type { Part } from "../gif/write/frame_part.ts";
import type { Faults } from "../log/faults.ts";
import { errorMessage } from "../system/error_message.ts";
import { WorkerClient } from "../system/worker/worker_client.ts";
import { workerModule } from "../system/worker/worker_module.ts";
import type { WorkerMessage } from "../system/worker/worker_service.ts";
import { PastBusyError } from "./past_busy_error.ts";
import type { PastBounds } from "./past_bounds.ts";
import {
  PAST_THREAD,
  PAST_VERSION,
  type PastQuestions,
  type PastReply,
  type PastRequest,
} from "./past_messages.ts";
import { SentParts } from "./sent_parts.ts";
import { withResolvers } from "../system/with_resolvers.ts";

const PAST = workerModule<PastRequest, PastReply>({
  name: PAST_THREAD,
  task: "keep the past",
  url: () => new URL("./past_worker.ts", import.meta.url),
  load: async () => {
    const { PastService } = await import("./past_worker.ts");
    return () => new PastService();
  },
});

/** Options of {@linkcode PastThread}. */
export interface PastThreadOptions {
  /** Bounds of what is kept. */
  bounds: PastBounds;
  /** Counts breakdowns of the thread. */
  faults: Faults;
  /** Called when what was kept is lost, with one line of text. */
  onLost?: (message: string) => void;
  /**
   * Milliseconds that one request may take.
   *
   * @default {30000}
   */
  timeoutMilliseconds?: number;
}

/** Bytes of parts that may wait for the thread. More is lost. */
const MAX_WAITING_BYTES = 2 ** 25;
/** Questions that wait for their turn. */
const MAX_QUESTIONS = 32;
/** Bytes at which a source should wait. */
const ENOUGH_WAITING_BYTES = 2 ** 23;

/**
 * The past of a stream, in a thread of its own, which starts when there is
 * something to draw. Parts wait here until there are many, or a question.
 *
 * If the thread breaks down or takes too long, what it kept is lost: the next
 * parts are drawn on an empty canvas by another thread.
 */
export class PastThread {
  readonly #options: PastThreadOptions;
  readonly #client: WorkerClient<PastRequest, PastReply>;
  readonly #waiting: SentParts;
  #screen: LogicalScreen | undefined;
  #hasJpegs = false;
  #flushing = false;
  #drained: PromiseWithResolvers<void> | undefined;
  #closed = false;

  /** Makes the past of a stream that has sent nothing. */
  constructor(options: PastThreadOptions) {
    const { bounds, timeoutMilliseconds = 30_000 } = options;
    this.#options = options;
    this.#client = new WorkerClient(PAST, { timeoutMilliseconds });
    this.#waiting = new SentParts(bounds.seconds > 0);
  }

  /** Takes note that a GIF begins: what was kept of the last one is dropped. */
  begin(screen: LogicalScreen): void {
    this.#screen = screen;
    this.#waiting.begin(screen);
  }

  /** Takes note of a part that was sent. */
  push(part: Part, number: number, timeMilliseconds: number): void {
    if (this.#closed) return;
    this.#waiting.push(part, number, timeMilliseconds);
    this.#handOver();
  }

  #handOver(): void {
    if (this.#waiting.bytes > MAX_WAITING_BYTES) {
      this.#lose("parts come faster than they are drawn");
    } else if (this.#waiting.isFull) this.#flush();
  }

  /** Takes note of a JPEG that was sent while no GIF is made. */
  pushJpeg(
    jpeg: Uint8Array,
    size: LogicalScreen,
    timeMilliseconds: number,
  ): void {
    if (this.#closed) return;
    this.#hasJpegs = true;
    this.#waiting.pushJpeg(jpeg, size, timeMilliseconds);
    this.#handOver();
  }

  /** Fulfilled while the thread keeps up with the parts. */
  get ready(): Promise<void> {
    if (this.#waiting.bytes < ENOUGH_WAITING_BYTES) return Promise.resolve();
    return (this.#drained ??= withResolvers()).promise;
  }

  /**
   * Answers a question about the parts that were sent by now.
   *
   * @returns The answer; undefined if there is none, or the past was closed.
   * @throws {PastBusyError} If too many questions wait; one of a viewer who
   * wants to enter may always.
   * @throws {Error} If the thread breaks down or takes too long.
   */
  async ask<Kind extends keyof PastQuestions>(
    kind: Kind,
    about: PastQuestions[Kind][0],
  ): Promise<PastQuestions[Kind][1]> {
    const isEmpty = this.#screen === undefined && !this.#hasJpegs;
    if (this.#closed || isEmpty) return undefined;
    const { waiting } = this.#client;
    if (kind !== "opening" && waiting >= MAX_QUESTIONS) {
      throw new PastBusyError(waiting);
    }
    const value = await this.#request({ kind, about });
    return value as PastQuestions[Kind][1];
  }

  /** Ends the thread. Questions that are open are answered by undefined. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#waiting.clear();
    this.#drain();
    this.#client[Symbol.dispose]();
  }

  async #request(question?: PastRequest["question"]): Promise<unknown> {
    try {
      const reply = await this.#client.ask(() => this.#message(question));
      if ("error" in reply) throw new Error(reply.error);
      return reply.value;
    } catch (error) {
      if (this.#closed) return undefined;
      this.#options.faults.note("worker", error);
      this.#lose(errorMessage(error));
      throw error;
    }
  }

  #message(question?: PastRequest["question"]): WorkerMessage<PastRequest> {
    const { steps, bytes } = this.#waiting.take();
    this.#drain();
    const { bounds } = this.#options;
    return {
      data: { version: PAST_VERSION, bounds, steps, bytes, question },
      transfer: [bytes.buffer, steps.buffer],
    };
  }

  async #flush(): Promise<void> {
    if (this.#flushing) return;
    this.#flushing = true;
    try {
      while (this.#waiting.isFull && !this.#closed) await this.#request();
    } catch {
      // It was noted, and the next parts are drawn anew.
    } finally {
      this.#flushing = false;
    }
  }

  #lose(reason: string): void {
    this.#waiting.clear();
    if (this.#screen !== undefined) this.#waiting.begin(this.#screen);
    this.#drain();
    this.#options.onLost?.(`The past is lost: ${reason}`);
  }

  #drain(): void {
    if (this.#waiting.bytes >= ENOUGH_WAITING_BYTES) return;
    this.#drained?.resolve();
    this.#drained = undefined;
  }
}
