import { STATUS_CODE } from "@std/http/status";
import type { HttpError } from "../answer/http_error.ts";
import { movedTo } from "../answer/moved_to.ts";
import { unavailable } from "../answer/unavailable.ts";
import { publicAddress } from "../access/public_address.ts";
import type { Call, ChannelCall } from "../call/call.ts";
import { isPlainBrowser, VARY, wantsPage } from "../call/browser.ts";
import { READ_METHODS, type Resource } from "../call/resource.ts";
import { pageResponse } from "../page/page.ts";
import type { Preview } from "../page/preview.ts";
import { ACTION, actionAnswer } from "./compat.ts";
import { stillAnswer } from "./embed.ts";
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
    if (!showsPage(call)) return streamAnswer(call);
    const { request, channel: { name } } = call;
    return isPlainBrowser(request)
      ? stillAnswer(call, `${name}/`)
      : page(call, name, { preview: previewOf(call) });
  },
};

/**
 * `GET /NAME` where there is no such channel: the page, which shows it once it
 * is there, and the others.
 *
 * @param refusal Why there is nothing else.
 */
export function absentRoot(name: string, refusal: HttpError): Resource {
  return {
    methods: READ_METHODS,
    answer(call) {
      if (isPlainBrowser(call.request) || !showsPage(call)) throw refusal;
      return page(call, name, { status: STATUS_CODE.NotFound });
    },
  };
}

/** `GET /`: as the first channel; but the page shows all, if there are more. */
export const rootOfAll: Resource<ChannelCall> = {
  ...root,
  answer(call) {
    const showsAll = call.channels.size > 1 && !call.query.has(ACTION.name) &&
      showsPage(call) && !isPlainBrowser(call.request);
    return showsAll
      ? page(call, "", { preview: previewOf(call) })
      : root.answer(call);
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

/** The preview of a link to the page of a channel. */
function previewOf(call: ChannelCall): Preview {
  const { request, query, channel, settings } = call;
  const { name, title, screen: { width, height } } = channel;
  const address = `${publicAddress(request, settings)}/${name}`;
  // A service that has the token, by the link that it was given, needs it again
  // for the picture; pages that people see do not tell it.
  const token = fetcherOf(request) === undefined ? null : query.get("token");
  const more = token === null ? "" : `&token=${encodeURIComponent(token)}`;
  const image = `${address}.gif?finite${more}`;
  return { title, address, image, width, height };
}

function page(
  { request, channels, settings }: Call,
  name: string,
  options: { preview?: Preview; status?: number } = {},
): Response {
  const { needs } = settings.access, all = [...channels];
  const about = { ...options, name, channels: all, needs };
  const response = pageResponse(request, about);
  response.headers.append("vary", VARY);
  return response;
}
