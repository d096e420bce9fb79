import { LIVE_HEADERS } from "./live_headers.ts";

/** An answer that is JSON, as it is at this moment. */
export function jsonAnswer({ method }: Request, value: unknown): Response {
  const body = method === "HEAD" ? null : JSON.stringify(value);
  return new Response(body, {
    headers: { ...LIVE_HEADERS, "content-type": "application/json" },
  });
}
