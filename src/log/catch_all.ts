import type { Faults } from "./faults.ts";

/**
 * Keeps uncaught errors from ending the program, and all viewers with it: they
 * are counted and reported.
 *
 * @returns A function that stops it.
 */
export function catchAll(faults: Faults): () => void {
  const onError = (event: ErrorEvent) => {
    event.preventDefault();
    faults.note("program", event.error ?? event.message);
  };
  const onRejection = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    faults.note("program", event.reason);
  };
  addEventListener("error", onError);
  addEventListener("unhandledrejection", onRejection);
  return () => {
    removeEventListener("error", onError);
    removeEventListener("unhandledrejection", onRejection);
  };
}
