import { STATUS_CODE } from "@std/http/status";
import { TooManySubscribersError } from "../channel/broadcaster.ts";
import type { Channel } from "../channel/channel.ts";
import { LIVE_HEADERS, plainText } from "./respond.ts";

const GIF_HEADERS = { ...LIVE_HEADERS, "content-type": "image/gif" };
const RETRY_SECONDS = "10";

/** `GET /live.gif`: a GIF that never ends. */
export function streamResponse(request: Request, channel: Channel): Response {
  if (request.method === "HEAD") {
    return new Response(null, { headers: GIF_HEADERS });
  }
  try {
    return new Response(channel.subscribe(), { headers: GIF_HEADERS });
  } catch (error) {
    if (!(error instanceof TooManySubscribersError)) throw error;
    return plainText(
      STATUS_CODE.ServiceUnavailable,
      "All places are taken; try again in a few seconds.",
      { "retry-after": RETRY_SECONDS },
    );
  }
}
