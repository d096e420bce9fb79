/**
 * A thread that serves as others do, until it is to carry an answer with the
 * status 418: it breaks down by that.
 *
 * @module
 */

import { servingService } from "../../../src/http/workers/serving_worker.ts";
import type { ServingNote } from "../../../src/http/workers/serving_messages.ts";
import { serveThread } from "../../../src/system/worker/worker_service.ts";

/** The name of such threads. */
export const MORTAL_THREAD = "mortal serving";

/** Status of an answer by which a thread breaks down. */
export const DEADLY_STATUS = 418;

serveThread(MORTAL_THREAD, () => {
  // Otherwise it would survive what nobody catches.
  const listen = globalThis.addEventListener;
  globalThis.addEventListener = (type: string, ...rest: unknown[]) => {
    if (type !== "unhandledrejection") {
      Reflect.apply(listen, globalThis, [type, ...rest]);
    }
  };
  const service = servingService();
  const note = service.note.bind(service);
  service.note = (it: ServingNote) => {
    const isDeadly = it.type === "answer" && it.answer.type === "response" &&
      it.answer.status === DEADLY_STATUS;
    if (isDeadly) throw new TypeError("to break down");
    note(it);
  };
  return service;
});
