import { CORS_HEADERS } from "../answer/live_headers.ts";
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
  answer: ({ request, channel }) =>
    htmlResponse(request, embedHtml, channel.name),
};

/**
 * `GET /NAME/still`: a page without a script that shows the newest picture
 * again and again, for browsers that show nothing else.
 */
export const still: Resource<ChannelCall> = {
  methods: READ_METHODS,
  answer({ request, channel, query }) {
    const headers = {
      ...PAGE_HEADERS,
      "cache-control": "no-store, no-transform",
      "content-security-policy": "default-src 'none'; img-src 'self'",
    };
    if (request.method === "HEAD") return new Response(null, { headers });
    const token = query.get("token");
    const rest = token === null
      ? ""
      : `&amp;token=${encodeURIComponent(token)}`;
    return new Response(stillHtml(channel.name, rest), { headers });
  },
};

function stillHtml(name: string, rest: string): string {
  // Some browsers take a picture of the same address from their memory.
  const address = `snapshot.jpg?t=${Date.now()}${rest}`;
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
