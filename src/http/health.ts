import { STATUS_CODE } from "@std/http/status";
import type { Channel } from "../channel/channel.ts";
import { type Call, READ_METHODS, type Resource } from "./call.ts";
import { HttpError } from "./http_error.ts";
import { plainText } from "./respond.ts";

/** A picture older than this is none of a stream that is on air. */
const READY_WITHIN_SECONDS = 60;

/** `GET /healthz`: that the server answers. */
export const health: Resource = {
  methods: READ_METHODS,
  open: true,
  answer: (call) => ok(call, "ok"),
};

/** `GET /readyz`: whether there is anything to see. */
export const readiness: Resource = {
  methods: READ_METHODS,
  open: true,
  answer(call) {
    if ([...call.channels].some(isReady)) return ok(call, "ready");
    throw new HttpError(
      STATUS_CODE.ServiceUnavailable,
      call.channels.size === 0
        ? "There is no channel yet."
        : `No channel had a picture in the last ${READY_WITHIN_SECONDS} s.`,
      { "retry-after": "5" },
    );
  },
};

/** Whether who asks for the channel now gets pictures. */
function isReady(channel: Channel): boolean {
  const { source, lastFrameAgeMilliseconds: age } = channel.status();
  // It starts when somebody watches.
  if (source.state === "idle") return true;
  return age !== null && age <= READY_WITHIN_SECONDS * 1000;
}

function ok({ request }: Call, word: string): Response {
  const response = plainText(STATUS_CODE.OK, word);
  if (request.method !== "HEAD") return response;
  return new Response(null, { headers: response.headers });
}
