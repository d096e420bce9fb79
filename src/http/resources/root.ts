import type { HttpError } from "../answer/http_error.ts";
import { movedTo } from "../answer/moved_to.ts";
import { unavailable } from "../answer/unavailable.ts";
import type { Call, ChannelCall } from "../call/call.ts";
import { VARY, wantsPage } from "../call/browser.ts";
import { READ_METHODS, type Resource } from "../call/resource.ts";
import { pageResponse } from "../page/page.ts";
import { ACTION, actionAnswer } from "./compat.ts";
import { fetcherOf } from "./finite/fetchers.ts";
import { STREAM_PARAMETERS, streamAnswer } from "./live/stream.ts";

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
    if (showsPage(call)) return page(call, call.channel.name);
    return streamAnswer(call);
  },
};

/** `GET /` while there is no channel: the page, which waits for one. */
export const emptyRoot: Resource = {
  methods: READ_METHODS,
  answer(call) {
    if (showsPage(call)) return page(call, "");
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

/** True for those who want a page, and for services that make previews of it. */
function showsPage({ request }: Call): boolean {
  const asksForImage = request.headers.get("accept")?.startsWith("image/");
  if (fetcherOf(request)?.readsPages && !asksForImage) return true;
  return wantsPage(request);
}

function page({ request }: Call, name: string): Response {
  const response = pageResponse(request, name);
  response.headers.set("vary", VARY);
  return response;
}
