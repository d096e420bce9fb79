import type { HttpError } from "../../answer/http_error.ts";
import { unavailable } from "../../answer/unavailable.ts";
import { PastBusyError } from "../../../past/past_busy_error.ts";
import type { ChannelCall } from "../../call/call.ts";

/** Time for the first picture of a source that starts on demand. */
const PATIENCE_MILLISECONDS = 5000;

/**
 * Waits until the channel's newest picture is one of a source that runs. One
 * that runs only while somebody watches is started by that.
 *
 * @throws {HttpError} 503 if there is no picture at all, or none of now.
 */
export async function needLivePicture(
  { channel }: ChannelCall,
): Promise<void> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MILLISECONDS);
  try {
    if (await channel.demand.livePicture(patience.signal)) return;
  } finally {
    clearTimeout(timer);
  }
  throw noPictureYet();
}

/**
 * Asks for something of the past.
 *
 * @throws {HttpError} 503 if too many do.
 */
export async function ofPast<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof PastBusyError)) throw error;
    throw unavailable(
      "So many ask for pictures of this channel that this one would take " +
        "long; try again.",
      1,
    );
  }
}

/** Why there is no picture. */
export function noPictureYet(): HttpError {
  return unavailable(
    "There is no picture yet; try again when the source is on air.",
    1,
  );
}
