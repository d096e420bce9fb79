import { accepts } from "@std/http/negotiation";
import type { HttpError } from "../answer/http_error.ts";
import { movedTo } from "../answer/moved_to.ts";
import { unavailable } from "../answer/unavailable.ts";
import type { Call, ChannelCall } from "../call/call.ts";
import { READ_METHODS, type Resource } from "../call/resource.ts";
import { pageResponse } from "../page/page.ts";
import { ACTION, actionAnswer } from "./compat.ts";
import { STREAM_PARAMETERS, streamAnswer } from "./live/stream.ts";

const VARY = { vary: "accept" };

/**
 * `GET /` and `GET /NAME`: the page for a browser that navigates, the GIF for
 * all else, and what `?action=` asks for.
 */
export const root: Resource<ChannelCall> = {
  methods: READ_METHODS,
  parameters: [ACTION, ...STREAM_PARAMETERS],
  answer(call) {
    const action = actionAnswer(call);
    if (action !== undefined) return action;
    if (wantsPage(call)) return page(call, call.channel.name);
    return streamAnswer(call, VARY);
  },
};

/** `GET /` while there is no channel: the page, which waits for one. */
export const emptyRoot: Resource = {
  methods: READ_METHODS,
  answer(call) {
    if (wantsPage(call)) return page(call, "");
    throw noChannelYet();
  },
};

/** `GET /NAME/`: the address without the slash, below any base path. */
export const slash: Resource<ChannelCall> = {
  methods: READ_METHODS,
  answer: ({ channel, query }) => movedTo(`../${channel.name}`, query),
};

/** Why there is nothing at the addresses that mean the first channel. */
export function noChannelYet(): HttpError {
  return unavailable("There is no channel yet; try again in a few seconds.", 5);
}

/** The first of equals wins: a client that takes anything wants the GIF. */
function wantsPage({ request }: Call): boolean {
  return accepts(request, "image/gif", "text/html") === "text/html";
}

function page({ request }: Call, name: string): Response {
  const response = pageResponse(request, name);
  response.headers.set("vary", VARY.vary);
  return response;
}
