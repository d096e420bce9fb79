/**
 * Asking for the state.
 *
 * @module
 */

import { troubleOf } from "./state/trouble.js";
/** @import { Status } from "./status.js" */
/** @import { Trouble } from "./state/trouble.js" */

const TIMEOUT_MILLISECONDS = 5000;

/**
 * The state of all channels, or why it cannot be had.
 *
 * @returns {Promise<Status[] | Trouble>}
 */
export async function fetchStatuses() {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MILLISECONDS);
  try {
    const response = await fetch("api/channels", {
      cache: "no-store",
      signal: abort.signal,
    });
    if (!response.ok) return troubleOf(response.status);
    /** @type {{ channels: Status[] }} */
    const { channels } = await response.json();
    return channels;
  } catch {
    // Server or network are away, which comes to the same here.
    return troubleOf();
  } finally {
    clearTimeout(timer);
  }
}
