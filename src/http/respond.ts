import { STATUS_CODE, type StatusCode } from "@std/http/status";

/** Any page may show what is served here: that is its purpose. */
const CORS_HEADERS = { "access-control-allow-origin": "*" };

/** Headers of every answer that is only true at this moment. */
export const LIVE_HEADERS: Readonly<Record<string, string>> = {
  ...CORS_HEADERS,
  // Proxies must neither keep a stream nor recompress it, nor collect it.
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
  "x-content-type-options": "nosniff",
};

/** An answer that is a sentence for a person. */
export function plainText(
  status: StatusCode,
  sentence: string,
  headers: Record<string, string> = {},
): Response {
  return new Response(sentence + "\n", {
    status,
    headers: {
      ...LIVE_HEADERS,
      "content-type": "text/plain; charset=utf-8",
      ...headers,
    },
  });
}

/** The answer when a mistake of ours is in the way. */
export function internalError(): Response {
  return plainText(
    STATUS_CODE.InternalServerError,
    "The server made a mistake; its log says more.",
  );
}

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
