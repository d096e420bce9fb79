import { STATUS_CODE } from "@std/http/status";
import { TooManySubscribersError } from "../channel/too_many_subscribers_error.ts";
import { LIVE_HEADERS, plainText } from "./respond.ts";

const GIF_HEADERS = { ...LIVE_HEADERS, "content-type": "image/gif" };
const RETRY_SECONDS = "10";

/** The answer that is an endless GIF, however the server is to send it. */
export class StreamAnswer {
  /** Headers of the response. */
  readonly headers: Record<string, string>;

  constructor(headers: Record<string, string>) {
    this.headers = headers;
  }
}

/** `GET /live.gif`: a GIF that never ends. */
export function streamAnswer(
  request: Request,
  headers: Record<string, string> = {},
): Response | StreamAnswer {
  const all = { ...GIF_HEADERS, ...headers };
  return request.method === "HEAD"
    ? new Response(null, { headers: all })
    : new StreamAnswer(all);
}

/**
 * Lets a viewer in, or turns it away politely.
 *
 * @param enter Subscribes; may find that all places are taken.
 */
export function admit<T>(enter: () => T): T | Response {
  try {
    return enter();
  } catch (error) {
    if (!(error instanceof TooManySubscribersError)) throw error;
    return plainText(
      STATUS_CODE.ServiceUnavailable,
      "All places are taken; try again in a few seconds.",
      { "retry-after": RETRY_SECONDS },
    );
  }
}
