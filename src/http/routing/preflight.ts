import { STATUS_CODE } from "@std/http/status";
import { CORS_HEADERS } from "../answer/live_headers.ts";

/** The answer to `OPTIONS`, a browser's question before a request. */
export function preflight(allowed: string): Response {
  return new Response(null, {
    status: STATUS_CODE.NoContent,
    headers: {
      ...CORS_HEADERS,
      allow: allowed,
      "access-control-allow-methods": allowed,
      // The asterisk stands for all others only.
      "access-control-allow-headers": "authorization, *",
      "access-control-max-age": "86400",
    },
  });
}
