import { htmlResponse } from "./html_response.ts";
import { pageHtml } from "./page_html.ts";
import { type Preview, tagsOf } from "./preview.ts";

/**
 * `GET /` and `GET /NAME` for a browser that navigates: the page that shows a
 * channel, and lets the person choose another.
 *
 * It is one answer without further files, and asks for `NAME/ws`, `NAME.gif`,
 * `NAME/snapshot.gif` and `api/channels` relative to its own address, so that
 * it works below any base path that ends with a slash.
 *
 * The page takes two options from its own address: `swap-bytes` and
 * `swap-seconds`, after how much of either it changes to a fresh GIF where it
 * can have no WebSocket, for devices with little memory.
 *
 * @param request What asks for it.
 * @param name The channel's name; empty while there is no channel.
 * @param options What a link to the page shows elsewhere, what lets viewers
 * in, and the status, if there is no such channel.
 */
export function pageResponse(
  request: Request,
  name: string,
  { preview, needs = "", status = 200 }: {
    preview?: Preview;
    needs?: "" | "token" | "password";
    status?: number;
  } = {},
): Response {
  const tags = preview === undefined ? "" : tagsOf(preview);
  // Last, since it has words of others in it.
  const response = htmlResponse(request, pageHtml, name, {
    parts: { $NEEDS: needs, $PREVIEW: tags },
    // Others may have the embed: with the page, they could mislead its user.
    ancestors: "'self'",
  });
  if (status === 200) return response;
  return new Response(response.body, { status, headers: response.headers });
}
