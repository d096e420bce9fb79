import { borrowThread, type Thread } from "./borrowed_thread.ts";
import { needDescriptors } from "./spare_descriptors.ts";

/** Deno takes six for a thread, and some to load its modules. */
const WORKER_DESCRIPTORS = 8;

/** Time after which a thread has taken its descriptors, or will not. */
const STARTING_MILLISECONDS = 1000;

/** Start times of threads that may not have taken theirs yet. */
let startedAt: number[] = [];

/**
 * Starts a thread, if there are file descriptors for it: where Deno finds
 * none, it ends the whole program.
 *
 * @param module The module that the thread runs.
 * @param name The name that the thread sees.
 * @throws {Error} If there are too few; its `code` is `EMFILE`.
 */
export function startWorker(module: URL | string, name?: string): Thread {
  needThread();
  return borrowThread(String(module), name) ??
    new Worker(module, { type: "module", name });
}

/**
 * Starts a thread for another one, which has none of its own.
 *
 * @throws {Error} If there are too few descriptors; its `code` is `EMFILE`.
 */
export function startLentWorker(module: string, name?: string): Worker {
  needThread();
  return new Worker(module, { type: "module", name });
}

function needThread(): void {
  const now = performance.now();
  startedAt = startedAt.filter((time) => now - time < STARTING_MILLISECONDS);
  const threads = startedAt.length + 1;
  needDescriptors(threads * WORKER_DESCRIPTORS, "start a thread");
  startedAt.push(now);
}
