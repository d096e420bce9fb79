/**
 * A task of long duration for tests, and the thread that does it.
 *
 * @module
 */

import { spin } from "../spin.ts";
import type {
  EventBatch,
  EventRequest,
} from "../../../src/system/worker/event_messages.ts";
import {
  EventService,
  type EventTask,
} from "../../../src/system/worker/event_service.ts";
import type { Outbox } from "../../../src/system/worker/outbox.ts";
import type { WorkerModule } from "../../../src/system/worker/worker_module.ts";
import { serveThread } from "../../../src/system/worker/worker_service.ts";

/** The name of its threads. */
export const EVENTS_THREAD = "events";

/** What it does. */
export type Doing =
  /** Posts numbers from 0, of which so many. */
  | { count: number }
  /** Fails by this error, or outside of all that catches errors. */
  | { failure: "NotFound" | "EMFILE" | "TypeError" | "text" | "uncaught" }
  /** Never comes back. */
  | { spin: true }
  /** Posts the first note, and ends. */
  | { await: "note" };

/** A number, a note, and a buffer of this size. */
export type Told = { number?: number; note?: string; bytes?: Uint8Array };

class Task implements EventTask<Doing, Told, string> {
  readonly #noted = Promise.withResolvers<string>();

  async run(doing: Doing, outbox: Outbox<Told>): Promise<void> {
    if ("count" in doing) {
      for (let number = 0; number < doing.count; number++) {
        await outbox.room();
        const bytes = new Uint8Array(number);
        outbox.post({ number, bytes }, [bytes.buffer]);
      }
    } else if ("failure" in doing) {
      outbox.post({ note: "before" });
      if (doing.failure !== "uncaught") throw failure(doing.failure);
      setTimeout(() => {
        throw new TypeError("not caught");
      });
      await new Promise(() => {});
    } else if ("spin" in doing) {
      spin();
    } else outbox.post({ note: await this.#noted.promise });
  }

  note(note: string): void {
    this.#noted.resolve(note);
  }
}

function failure(kind: string): unknown {
  switch (kind) {
    case "NotFound":
      return new Deno.errors.NotFound("not there");
    case "EMFILE":
      return Object.assign(new Error("too many"), { code: "EMFILE" });
    case "TypeError":
      return new TypeError("a mistake");
    default:
      return "words";
  }
}

/** The module of this service. */
export function eventsModule(): WorkerModule<
  EventRequest<Doing>,
  EventBatch<Told>,
  string
> {
  return {
    name: EVENTS_THREAD,
    task: "count",
    url: () => new URL(import.meta.url),
    load: () => Promise.resolve(() => new EventService(new Task())),
  };
}

serveThread(EVENTS_THREAD, () => new EventService(new Task()));
