import { compressed } from "./compressed.ts";
import { LIVE_HEADERS } from "./live_headers.ts";

/** An answer that is JSON, as it is at this moment. */
export function jsonAnswer(request: Request, value: unknown): Response {
  const headers = new Headers({
    ...LIVE_HEADERS,
    "content-type": "application/json",
  });
  if (request.method === "HEAD") return new Response(null, { headers });
  const body = compressed(request, JSON.stringify(value), headers);
  return new Response(body, { headers });
}
