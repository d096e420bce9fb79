import { pageHtml } from "./page_html.ts";
import { type Preview, tagsOf } from "./preview.ts";

const NONCE_BYTES = 16;

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  // Proxies must leave it as it is: what they add, the policy forbids.
  "cache-control": "no-cache, no-transform",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/**
 * `GET /` and `GET /NAME` for a browser that navigates: the page that shows a
 * channel, and lets the person choose another.
 *
 * It is one answer without further files, and asks for `NAME.gif`,
 * `NAME/snapshot.gif` and `api/channels` relative to its own address, so that
 * it works below any base path that ends with a slash.
 *
 * The page takes two options from its own address: `swap-bytes` and
 * `swap-seconds`, after how much of either it changes to a fresh stream, for
 * devices with little memory.
 *
 * @param request What asks for it.
 * @param name The channel's name; empty while there is no channel.
 * @param preview What a link to the page shows elsewhere.
 */
export function pageResponse(
  request: Request,
  name: string,
  preview?: Preview,
): Response {
  const nonce = makeNonce();
  const headers = {
    ...HEADERS,
    "content-security-policy": contentSecurityPolicy(nonce),
  };
  if (request.method === "HEAD") return new Response(null, { headers });
  const html = pageHtml.replaceAll("$NONCE", nonce)
    .replaceAll("$NAME", () => name)
    .replace("$PREVIEW", () => preview === undefined ? "" : tagsOf(preview));
  return new Response(html, { headers });
}

/** Allows what the page consists of, and nothing that is slipped into it. */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "img-src 'self' data:",
    "connect-src 'self'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function makeNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  return btoa(String.fromCharCode(...bytes));
}
