import { STATUS_CODE } from "@std/http/status";
import { TooManySubscribersError } from "../../channel/viewers/too_many_subscribers_error.ts";
import { isOutOfDescriptors } from "../../system/spare_descriptors.ts";
import { HttpError } from "../answer/http_error.ts";
import { internalError, plainText } from "../answer/plain_text.ts";
import type { HandlerSettings } from "../call/handler_settings.ts";

const RETRY_SECONDS = "10";

/** What is done, or the answer that says why it cannot be. */
export function orRefusal<T>(
  settings: HandlerSettings,
  act: () => T,
): T | Response {
  try {
    return act();
  } catch (error) {
    return refusal(error, settings);
  }
}

/** The answer to a request that cannot be granted, or failed. */
export function refusal(error: unknown, { faults }: HandlerSettings): Response {
  if (error instanceof HttpError) {
    return plainText(error.status, error.message, error.headers);
  }
  if (error instanceof TooManySubscribersError) {
    return plainText(
      STATUS_CODE.ServiceUnavailable,
      "All places are taken; try again in a few seconds.",
      { "retry-after": RETRY_SECONDS },
    );
  }
  if (isOutOfDescriptors(error)) {
    return plainText(
      STATUS_CODE.ServiceUnavailable,
      "The server cannot open files now; try again in a few seconds.",
      { "retry-after": RETRY_SECONDS },
    );
  }
  faults.note("request", error);
  return internalError();
}
