import { STATUS_CODE } from "@std/http/status";
import type { Channel } from "../channel/channel.ts";
import { LIVE_HEADERS, plainText } from "./respond.ts";

/** `GET /snapshot.gif`: the newest picture, as a GIF that ends. */
export function snapshotResponse(request: Request, channel: Channel): Response {
  const gif = channel.snapshot();
  if (gif === undefined) {
    return plainText(
      STATUS_CODE.ServiceUnavailable,
      "There is no picture yet; try again when the source is on air.",
      { "retry-after": "1" },
    );
  }
  return new Response(request.method === "HEAD" ? null : gif as BodyInit, {
    headers: {
      ...LIVE_HEADERS,
      "content-type": "image/gif",
      "content-length": String(gif.length),
    },
  });
}
