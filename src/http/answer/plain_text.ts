import { STATUS_CODE, type StatusCode } from "@std/http/status";
import { LIVE_HEADERS } from "./live_headers.ts";

/** Headers of text that is only true at this moment. */
export const PLAIN_TEXT_HEADERS: Readonly<Record<string, string>> = {
  ...LIVE_HEADERS,
  "content-type": "text/plain; charset=utf-8",
};

/** An answer that is a sentence for a person. */
export function plainText(
  status: StatusCode,
  sentence: string,
  headers: Record<string, string> = {},
): Response {
  return new Response(sentence + "\n", {
    status,
    headers: { ...PLAIN_TEXT_HEADERS, ...headers },
  });
}

/** The answer when a mistake of ours is in the way. */
export function internalError(): Response {
  return plainText(
    STATUS_CODE.InternalServerError,
    "The server made a mistake; its log says more.",
  );
}
