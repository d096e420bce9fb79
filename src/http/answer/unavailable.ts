import { STATUS_CODE } from "@std/http/status";
import { HttpError } from "./http_error.ts";

/**
 * The refusal of a request that may be granted later.
 *
 * @param sentence Says why it is not granted now.
 * @param retrySeconds When it is worth to try again.
 */
export function unavailable(sentence: string, retrySeconds: number): HttpError {
  return new HttpError(STATUS_CODE.ServiceUnavailable, sentence, {
    "retry-after": String(retrySeconds),
  });
}
