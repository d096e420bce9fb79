/**
 * A service for tests, and the thread that gives it.
 *
 * @module
 */

import {
  serveThread,
  threadName,
  type WorkerMessage,
  type WorkerService,
} from "../../../src/system/worker/worker_service.ts";

/** The name of its threads. */
export const ECHO_THREAD = "echo";

/** What it is asked. */
export interface EchoRequest {
  /** Given back, in the same buffer. */
  bytes?: Uint8Array<ArrayBuffer>;
  /** Answers later. */
  waitMilliseconds?: number;
  /** Breaks down. */
  failure?: string;
}

/** What it answers. */
export interface EchoReply {
  bytes?: Uint8Array<ArrayBuffer>;
  /** Requests so far, with this one. */
  requests: number;
  /** The notes so far. */
  notes: string[];
  /** Whether it is in a thread of its own. */
  inThread: boolean;
}

/** Answers with what it was asked, and what it has seen so far. */
export class EchoService
  implements WorkerService<EchoRequest, EchoReply, string> {
  readonly #notes: string[] = [];
  #requests = 0;

  async answer(
    { bytes, waitMilliseconds, failure }: EchoRequest,
  ): Promise<WorkerMessage<EchoReply>> {
    const requests = ++this.#requests, notes = this.#notes;
    if (waitMilliseconds !== undefined) {
      await new Promise((resolve) => setTimeout(resolve, waitMilliseconds));
    }
    if (failure !== undefined) throw new TypeError(failure);
    const inThread = threadName() === ECHO_THREAD;
    const transfer = bytes === undefined ? [] : [bytes.buffer];
    return { data: { bytes, requests, notes, inThread }, transfer };
  }

  note(note: string): void {
    this.#notes.push(note);
  }
}

serveThread(ECHO_THREAD, () => new EchoService());
