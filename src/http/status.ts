import type { Channel } from "../channel/channel.ts";
import { LIVE_HEADERS } from "./respond.ts";

/** `GET /api/channels`: the state of what is on, as JSON. */
export function statusResponse(request: Request, channel: Channel): Response {
  const body = JSON.stringify({ channels: [channel.status()] });
  return new Response(request.method === "HEAD" ? null : body, {
    headers: { ...LIVE_HEADERS, "content-type": "application/json" },
  });
}
