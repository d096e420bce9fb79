import { delay } from "@std/async/delay";

const PATIENCE_MILLISECONDS = 30_000;
const INTERVAL_MILLISECONDS = 50;

/**
 * Waits until something is there, however slow the machine.
 *
 * @param what What is awaited, for the message.
 * @param get Tells it once it is there, and until then `undefined` or `false`.
 * @throws {Error} If it is not there after half a minute.
 */
export async function until<T>(
  what: string,
  get: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const end = Date.now() + PATIENCE_MILLISECONDS;
  while (true) {
    const value = await get();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) {
      throw new Error(
        `Cannot go on: waited ${PATIENCE_MILLISECONDS / 1000} s for ${what}`,
      );
    }
    await delay(INTERVAL_MILLISECONDS);
  }
}
