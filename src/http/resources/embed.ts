import { CORS_HEADERS } from "../answer/live_headers.ts";
import { isPlainBrowser, needsEndlessJpeg, VARY } from "../call/browser.ts";
import type { ChannelCall } from "../call/call.ts";
import { READ_METHODS, type Resource } from "../call/resource.ts";
import { embedHtml } from "../page/embed/embed_html.ts";
import { embedScript } from "../page/embed/embed_js.ts";
import { htmlResponse, PAGE_HEADERS } from "../page/html_response.ts";

/** Time between two stills. */
const STILL_SECONDS = 2;

/** `GET /NAME/embed`: the picture alone, as a page for an `<iframe>`. */
export const embed: Resource<ChannelCall> = {
  methods: READ_METHODS,
  answer(call) {
    const { request, channel } = call;
    if (isPlainBrowser(request)) return stillAnswer(call);
    const response = htmlResponse(request, embedHtml, channel.name);
    response.headers.append("vary", VARY);
    return response;
  },
};

/**
 * `GET /NAME/still`: a page without a script that shows the newest picture
 * again and again, for browsers that show nothing else.
 */
export const still: Resource<ChannelCall> = {
  methods: READ_METHODS,
  answer: (call) => stillAnswer(call),
};

/**
 * The answer of {@linkcode still}.
 *
 * @param call The request.
 * @param base The way to the channel's addresses, if not those beside it.
 */
export function stillAnswer(call: ChannelCall, base: string = ""): Response {
  const { request, channel: { name }, query } = call;
  const headers = {
    ...PAGE_HEADERS,
    "cache-control": "no-store, no-transform",
    "content-security-policy": "default-src 'none'; img-src 'self'",
    vary: VARY,
  };
  if (request.method === "HEAD") return new Response(null, { headers });
  const token = query.get("token");
  const rest = token === null ? "" : `&amp;token=${encodeURIComponent(token)}`;
  // Some browsers take a picture of the same address from their memory.
  const now = `t=${Date.now()}${rest}`;
  const html = needsEndlessJpeg(request)
    ? endlessHtml(name, `${base}endless.jpg?${now}`, `${base}still?${now}`)
    : refreshedHtml(name, `${base}snapshot.jpg?${now}`);
  return new Response(html, { headers });
}

function refreshedHtml(name: string, address: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>${name}</title>
    <meta http-equiv="refresh" content="${STILL_SECONDS}">
  </head>
  <body>
    <img src="${address}" alt="Live picture: ${name}">
  </body>
</html>
`;
}

function endlessHtml(name: string, address: string, again: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>${name}</title>
  </head>
  <body>
    <p><img src="${address}" alt="Live picture: ${name}"></p>
    <p>It stands still after ten minutes: <a href="${again}">go on</a>.</p>
  </body>
</html>
`;
}

/** `GET /embed.js`: the element `<gif-stream>` for pages of others. */
export const embedJs: Resource = {
  methods: READ_METHODS,
  answer({ request }) {
    const headers = {
      ...CORS_HEADERS,
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "max-age=3600",
      "x-content-type-options": "nosniff",
      // Pages that isolate themselves may load it, too.
      "cross-origin-resource-policy": "cross-origin",
    };
    const body = request.method === "HEAD" ? null : embedScript;
    return new Response(body, { headers });
  },
};
