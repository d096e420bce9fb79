import { compressed } from "../answer/compressed.ts";
import { CORS_HEADERS } from "../answer/live_headers.ts";
import { isPlainBrowser, needsEndlessJpeg, VARY } from "../call/browser.ts";
import type { ChannelCall } from "../call/call.ts";
import { READ_METHODS, type Resource } from "../call/resource.ts";
import { embedHtml } from "../page/embed/embed_html.ts";
import { embedScript } from "../page/embed/embed_js.ts";
import { escaped } from "../page/escaped.ts";
import { htmlResponse, PAGE_HEADERS } from "../page/html_response.ts";
import { qrScript } from "../page/share/qr_js.ts";

/** Time between two stills. */
const STILL_SECONDS = 2;
/** Most other channels that the page of stills names. */
const MAX_LINKS = 100;

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
  const others = otherLinks(call, base === "" ? "../" : "", token);
  const html = needsEndlessJpeg(request)
    ? endlessHtml(name, `${base}endless.jpg?${now}`, `${base}still?${now}`)
    : refreshedHtml(name, `${base}snapshot.jpg?${now}`);
  const whole = html.replace("  </body>", () => `${others}  </body>`);
  return new Response(whole, { headers });
}

/** The way to the other channels, where no script shows it. */
function otherLinks(
  { channel, channels }: ChannelCall,
  up: string,
  token: string | null,
): string {
  const query = token === null ? "" : `?token=${encodeURIComponent(token)}`;
  const links = [...channels].filter((other) => other !== channel)
    .slice(0, MAX_LINKS)
    .map(({ name, title }) =>
      `<a href="${up}${name}/still${query}">${escaped(title)}</a>`
    );
  return links.length === 0 ? "" : `    <p>${links.join(" ")}</p>\n`;
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
  answer: ({ request }) => scriptAnswer(request, embedScript),
};

/** `GET /qr.js`: what the page needs to draw a QR code, once it does. */
export const qrJs: Resource = {
  methods: READ_METHODS,
  answer: ({ request }) => scriptAnswer(request, qrScript),
};

function scriptAnswer(request: Request, script: string): Response {
  const headers = new Headers({
    ...CORS_HEADERS,
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": "max-age=3600",
    "x-content-type-options": "nosniff",
    // Pages that isolate themselves may load it, too.
    "cross-origin-resource-policy": "cross-origin",
  });
  if (request.method === "HEAD") return new Response(null, { headers });
  return new Response(compressed(request, script, headers), { headers });
}
