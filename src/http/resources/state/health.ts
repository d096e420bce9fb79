import { STATUS_CODE } from "@std/http/status";
import type { Channel } from "../../../channel/channel.ts";
import type { Channels } from "../../../channel/channels.ts";
import type { PlaceStatus } from "../../../publish/place_status.ts";
import { plainText } from "../../answer/plain_text.ts";
import { unavailable } from "../../answer/unavailable.ts";
import type { Call } from "../../call/call.ts";
import { READ_METHODS, type Resource } from "../../call/resource.ts";

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
    const seconds = call.settings.readyWithinSeconds;
    const ready = (channel: Channel) => isReady(channel, seconds);
    const places = call.settings.published().map(line).join("");
    const more = awayLine(call.channels) + places;
    if ([...call.channels].some(ready)) return ok(call, `ready${more}`);
    throw unavailable(
      (call.channels.size === 0
        ? "There is no channel yet."
        : `No channel had a picture in the last ${seconds} s.`) + more,
      5,
    );
  },
};

/**
 * A line about a place where channels are published. Viewers of this server
 * are served whatever its state is.
 */
function line({ address, state, message, standby }: PlaceStatus): string {
  const waits = standby.length === 0
    ? ""
    : `; another process publishes ${standby.length} of the channels`;
  return `\npublishing at ${address}: ${state}` +
    (message === null ? "" : `: ${message}`) + waits;
}

/** A line about channels without a signal, if there are any. */
function awayLine(channels: Channels): string {
  const away =
    [...channels].filter(({ source }) => source.state === "no signal").length;
  return away === 0 ? "" : `\nno signal: ${away} of ${channels.size} channels`;
}

/** True if a new viewer of the channel gets pictures now. */
function isReady(channel: Channel, withinSeconds: number): boolean {
  const { source, lastFrameAgeMilliseconds: age } = channel.status();
  // It starts when somebody watches.
  if (source.state === "idle") return true;
  return age !== null && age <= withinSeconds * 1000;
}

function ok({ request }: Call, word: string): Response {
  const response = plainText(STATUS_CODE.OK, word);
  if (request.method !== "HEAD") return response;
  return new Response(null, { headers: response.headers });
}
