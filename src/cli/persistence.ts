import { pause } from "../timing/pause.ts";

/** Options of {@linkcode persistently}. */
export interface Persistence {
  act: () => Promise<void>;
  /** Told of each failure, and how long it is waited then. */
  onFailure: (error: unknown, pauseMilliseconds: number) => void;
  /** Ends the waiting; what is done is to heed it, too. */
  signal: AbortSignal;
}

const MIN_PAUSE_MILLISECONDS = 1000;
const MAX_PAUSE_MILLISECONDS = 60_000;

/**
 * Does something until it succeeds, with twice the pause after each failure;
 * what went well for a while counts as a new beginning.
 */
export async function persistently(
  { act, onFailure, signal }: Persistence,
): Promise<void> {
  let milliseconds = MIN_PAUSE_MILLISECONDS;
  while (!signal.aborted) {
    const startedAt = performance.now();
    try {
      return await act();
    } catch (error) {
      if (signal.aborted) return;
      if (performance.now() - startedAt > MAX_PAUSE_MILLISECONDS) {
        milliseconds = MIN_PAUSE_MILLISECONDS;
      }
      onFailure(error, milliseconds);
    }
    await pause(milliseconds, signal);
    milliseconds = Math.min(2 * milliseconds, MAX_PAUSE_MILLISECONDS);
  }
}
