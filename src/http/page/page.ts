import { escaped } from "./escaped.ts";
import { htmlResponse } from "./html_response.ts";
import { pageHtml } from "./page_html.ts";
import { type Preview, tagsOf } from "./preview.ts";

/**
 * `GET /` and `GET /NAME` for a browser that navigates: the page that shows a
 * channel, or all of them, and lets the person choose another.
 *
 * It is one answer without further files, and asks for `api/wall`, `NAME/ws`,
 * `NAME.gif`, `NAME/snapshot.gif` and `api/channels` relative to its own address,
 * so that it works below any base path that ends with a slash.
 *
 * The page takes options from its own address: `channels`, `grid`, `order` and
 * `kiosk` for the wall (docs/http.md); `swap-bytes` and
 * `swap-seconds`, after how much of either it changes to a fresh GIF where it
 * can have no WebSocket, for devices with little memory.
 *
 * @param request What asks for it.
 * @param about What it shows.
 */
export function pageResponse(request: Request, about: PageContent): Response {
  const { name, preview, channels, needs = "", status = 200 } = about;
  const several = channels.length > 1;
  const view = several ? (name === "" ? "wall" : "several") : "";
  const response = htmlResponse(request, pageHtml, name, {
    parts: {
      $NEEDS: needs,
      $PREVIEW: preview === undefined ? "" : tagsOf(preview),
      $VIEW: view,
      $UNNAMED: name === "" ? "hidden" : "",
      // Without scripts the wall is links, and the picture a page of its own.
      $REFRESH: name === "" || status !== 200
        ? ""
        : `<noscript><meta http-equiv="refresh" ` +
          `content="0; url=${name}/still"></noscript>`,
      $STILL: name === "" || status !== 200 ? "" : `<noscript><img ` +
        `src="${name}/snapshot.jpg" alt="Live picture"></noscript>`,
      $CHANNELS: several ? channelLinks(channels).join("") : "",
    },
    // Others may have the embed: with the page, they could mislead its user.
    ancestors: "'self'",
  });
  if (status === 200) return response;
  return new Response(response.body, { status, headers: response.headers });
}

/** The content of a page. */
export interface PageContent {
  /** The name of the channel that is open; empty: the wall, or none yet. */
  name: string;
  /** All channels. */
  channels: readonly NamedChannel[];
  /** The preview of a link to the page elsewhere. */
  preview?: Preview;
  /** The secret that lets viewers in. */
  needs?: "" | "token" | "password";
  /** The status, if there is no such channel. */
  status?: number;
}

/** A channel as a link names it. */
export interface NamedChannel {
  /** Its name in addresses. */
  name: string;
  /** Its name for people. */
  title: string;
}

/**
 * An item of a list for each channel, with a link to its page.
 *
 * @param channels The channels.
 */
function channelLinks(channels: readonly NamedChannel[]): string[] {
  return channels.map(({ name, title }) =>
    `<li><a href="${name}">${escaped(title)}</a></li>`
  );
}
