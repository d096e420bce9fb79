import type { HttpError } from "../../answer/http_error.ts";
import { unavailable } from "../../answer/unavailable.ts";
import { PastBusyError } from "../../../past/past_busy_error.ts";
import type { ChannelCall } from "../../call/call.ts";
import type {
  NumberParameter,
  TextParameter,
} from "../../parameters/query_parameter.ts";
import { readNumber } from "../../parameters/read_parameter.ts";

/** Time for the first picture of a source that starts on demand. */
const PATIENCE_MILLISECONDS = 5000;

/** `?next`: waits for a picture that is not there yet. */
export const NEXT = {
  type: "text",
  name: "next",
  description: "The next picture instead of the newest: waits for it for so " +
    "many seconds at most, 0.1 to 60, by default 10. Not with `at`",
  pattern: "^[0-9.]*$",
  examples: ["", "30"],
} as const satisfies TextParameter;

const NEXT_SECONDS = {
  type: "number",
  name: NEXT.name,
  description: NEXT.description,
  min: 0.1,
  max: 60,
  default: 10,
} as const satisfies NumberParameter;

/**
 * Waits until the channel's newest picture is one of a source that runs, or for
 * the next one if the address has {@linkcode NEXT}. A source that runs only
 * while somebody watches is started by that.
 *
 * @throws {HttpError} 503 if there is no picture at all, or none of now; 400 if
 * the parameter has a bad value.
 */
export async function needLivePicture(
  { channel: { demand }, query }: ChannelCall,
): Promise<void> {
  const seconds = readNext(query);
  const patience = new AbortController();
  const timer = setTimeout(
    () => patience.abort(),
    seconds === undefined ? PATIENCE_MILLISECONDS : seconds * 1000,
  );
  try {
    const came = seconds === undefined
      ? demand.livePicture(patience.signal)
      : demand.nextPicture(patience.signal);
    if (await came) return;
  } finally {
    clearTimeout(timer);
  }
  throw seconds === undefined ? noPictureYet() : unavailable(
    `No new picture came within ${seconds} s; try again.`,
    1,
  );
}

/** Seconds of {@linkcode NEXT}; undefined if the address does not have it. */
function readNext(query: URLSearchParams): number | undefined {
  const text = query.get(NEXT.name);
  return text === "" ? NEXT_SECONDS.default : readNumber(query, NEXT_SECONDS);
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
