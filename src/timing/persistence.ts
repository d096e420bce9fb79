import { pause } from "./pause.ts";

/** Options of {@linkcode persistently}. */
export interface Persistence {
  act: () => Promise<void>;
  /** Called after each failure, with the pause before the next attempt. */
  onFailure: (error: unknown, pauseMilliseconds: number) => void;
  /** Ends the pauses. `act` must end by it, too. */
  signal: AbortSignal;
}

const MIN_PAUSE_MILLISECONDS = 1000;
const MAX_PAUSE_MILLISECONDS = 60_000;

/**
 * Repeats something until it succeeds. The pause doubles with each failure; it
 * is short again after an attempt that lasted a minute.
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
