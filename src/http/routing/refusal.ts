import { TooManyViewersError } from "../../channel/viewers/too_many_viewers_error.ts";
import { isOutOfDescriptors } from "../../system/spare_descriptors.ts";
import { HttpError } from "../answer/http_error.ts";
import { internalError, plainText } from "../answer/plain_text.ts";
import { unavailable } from "../answer/unavailable.ts";
import type { HandlerSettings } from "../call/handler_settings.ts";

const RETRY_SECONDS = 10;

/** The result of a function, or the answer that says why it failed. */
export function orRefusal<T>(
  settings: Pick<HandlerSettings, "faults">,
  act: () => T,
  say?: Say,
): T | Response {
  try {
    return act();
  } catch (error) {
    return refusal(error, settings, say);
  }
}

/** Makes an answer that says why there is no other. */
export type Say = (error: HttpError) => Response;

/** Says it in a line of text. */
export const sayPlainly: Say = ({ status, message, headers }) =>
  plainText(status, message, headers);

/** The answer to a request that cannot be granted, or failed. */
export function refusal(
  error: unknown,
  { faults }: Pick<HandlerSettings, "faults">,
  say: Say = sayPlainly,
): Response {
  const refused = error instanceof HttpError ? error : passing(error);
  if (refused !== undefined) return say(refused);
  faults.note("request", error);
  return internalError();
}

/** Why a request cannot be granted for a while, and only then. */
function passing(error: unknown): HttpError | undefined {
  if (error instanceof TooManyViewersError) {
    return unavailable(
      "All places are taken; try again in a few seconds.",
      RETRY_SECONDS,
    );
  }
  if (!isOutOfDescriptors(error)) return undefined;
  return unavailable(
    "The server cannot open files now; try again in a few seconds.",
    RETRY_SECONDS,
  );
}
