import type { Channels } from "../../channel/channels.ts";
import { pathPrefix } from "../access/public_address.ts";
import type { HttpError } from "../answer/http_error.ts";
import { wantsPage } from "../call/browser.ts";
import type { HandlerSettings } from "../call/handler_settings.ts";
import { noticeResponse } from "../page/notice/notice_page.ts";
import { type Say, sayPlainly } from "./refusal.ts";

/** Most channels that a page names. */
const MAX_LINKS = 12;

/** A request, and what it was asked of. */
interface Asked {
  request: Request;
  channels: Channels;
  settings: HandlerSettings;
}

/**
 * Says why there is not what was asked for: to a person by a page, to programs
 * and to pages that load something by a line of text.
 */
export function sayToPerson(asked: Asked): Say {
  return (error) =>
    wantsPage(asked.request) ? page(error, asked) : sayPlainly(error);
}

function page(
  { status, message, headers }: HttpError,
  { request, channels, settings }: Asked,
): Response {
  const { access } = settings;
  const query = new URL(request.url).searchParams;
  const isLocked = status === 401;
  const dest = request.headers.get("sec-fetch-dest") ?? "";
  const isFramed = /^i?frame$/.test(dest);
  return noticeResponse(request, {
    status,
    // The addresses that there are, are for those who write programs.
    sentence: message.replace(/ What there is:.*$/s, ""),
    headers,
    home: `${pathPrefix(request, settings)}/`,
    isFramed,
    takesToken: isLocked && !isFramed && access.takesToken,
    isWrong: isLocked && query.has("token"),
    links: status === 404 && access.admits(request, query, settings)
      ? [...channels].slice(0, MAX_LINKS).map(({ name, title }) => ({
        address: name,
        title,
      }))
      : [],
  });
}
