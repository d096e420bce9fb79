/**
 * Why the server cannot be had: an image or a WebSocket that fails does not say,
 * but a question by fetch() does.
 *
 * @module
 */

const TIMEOUT_MILLISECONDS = 5000;
const UNAUTHORIZED = 401;
const TOO_MANY = 429;
const UNAVAILABLE = 503;

/** @typedef {"offline" | "reconnecting" | "locked" | "full"} Trouble */

/**
 * What a failed question tells.
 *
 * @param {number} [code] The status of the answer; none came without one.
 * @returns {Trouble}
 */
export function troubleOf(code) {
  if (code === UNAUTHORIZED) return "locked";
  return code === undefined && !navigator.onLine ? "offline" : "reconnecting";
}

/**
 * Finds out why the picture of a channel cannot be had, although the server
 * tells the state of the channels.
 *
 * @param {string} name Of the channel.
 * @returns {Promise<Trouble>}
 */
export async function pictureTrouble(name) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MILLISECONDS);
  try {
    const { status } = await fetch(name + ".gif?" + Date.now(), {
      cache: "no-store",
      signal: abort.signal,
    });
    const isFull = status === TOO_MANY || status === UNAVAILABLE;
    return isFull ? "full" : troubleOf(status);
  } catch {
    return troubleOf();
  } finally {
    clearTimeout(timer);
    // The stream itself is not wanted.
    abort.abort();
  }
}
