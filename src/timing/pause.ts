import { delay } from "@std/async/delay";

/** Waits so long, or until the signal is aborted, which is no error. */
export async function pause(
  milliseconds: number,
  signal?: AbortSignal,
): Promise<void> {
  try {
    await delay(milliseconds, { signal });
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}
