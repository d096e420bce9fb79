import type { LogicalScreen } from "../../gif/block.ts";
import type { Part } from "../../gif/write/frame_part.ts";
import { WorkerClient } from "../../system/worker/worker_client.ts";
import { workerModule } from "../../system/worker/worker_module.ts";
import type { WorkerMessage } from "../../system/worker/worker_service.ts";
import { SentParts } from "../sent_parts.ts";
import {
  type Difference,
  DIFFERENCE_THREAD,
  type DifferenceReply,
  type DifferenceRequest,
} from "./difference_messages.ts";

const DIFFERENCES = workerModule<DifferenceRequest, DifferenceReply>({
  name: DIFFERENCE_THREAD,
  task: "make differences",
  url: () => new URL("./difference_worker.ts", import.meta.url),
  load: async () => {
    const { DifferenceService } = await import("./difference_worker.ts");
    return () => new DifferenceService();
  },
});

/** Milliseconds that one request may take. */
const TIMEOUT_MILLISECONDS = 30_000;

/**
 * Makes the differences between the pictures of a stream of which not all are
 * sent, in a thread of its own, which starts when there is one to be made.
 */
export class DifferenceThread implements Disposable {
  readonly #client = new WorkerClient(DIFFERENCES, {
    timeoutMilliseconds: TIMEOUT_MILLISECONDS,
  });
  readonly #onError: (error: unknown) => void;
  readonly #waiting = new SentParts(true);
  #sentNumbers: number[] = [];
  #number = 0;
  #newest: Part | undefined;
  #screen: LogicalScreen = { width: 1, height: 1 };
  #disposed = false;

  /** @param onError Called when what was drawn so far is lost. */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** A GIF begins. */
  begin(screen: LogicalScreen): void {
    this.#screen = screen;
    this.#sentNumbers = [];
    this.#waiting.begin(screen);
  }

  /** Takes note of a part of the stream. */
  push(part: Part): void {
    this.#newest = part;
    this.#waiting.push(part, this.#number++, 0);
    if (this.#waiting.isFull) this.#ask();
  }

  /** Takes note that the newest part was sent as it is. */
  sent(): void {
    const newest = this.#newest!;
    if (newest.keyframe) {
      // Nothing before it matters.
      this.begin(this.#screen);
      this.#waiting.push(newest, this.#number - 1, 0);
    }
    this.#sentNumbers.push(this.#number - 1);
  }

  /**
   * Makes the part that shows viewers the newest picture; they count as having
   * been sent it.
   *
   * @returns The difference; undefined if it cannot be made, which is told.
   */
  difference(delayCentiseconds: number): Promise<Difference | undefined> {
    return this.#ask(delayCentiseconds);
  }

  /** Ends the thread. */
  [Symbol.dispose](): void {
    this.#disposed = true;
    this.#client[Symbol.dispose]();
  }

  /** Hands over what waits; never rejected. */
  async #ask(delayCentiseconds?: number): Promise<Difference | undefined> {
    try {
      const message = () => this.#message(delayCentiseconds);
      const reply = await this.#client.ask(message);
      if ("error" in reply) throw new Error(reply.error);
      return reply;
    } catch (error) {
      if (this.#disposed) return undefined;
      this.begin(this.#screen);
      this.#onError(error);
      return undefined;
    }
  }

  #message(delayCentiseconds?: number): WorkerMessage<DifferenceRequest> {
    const { steps, bytes } = this.#waiting.take();
    const sentNumbers = this.#sentNumbers;
    this.#sentNumbers = [];
    return {
      data: { steps, bytes, sentNumbers, delayCentiseconds },
      transfer: [bytes.buffer, steps.buffer],
    };
  }
}
