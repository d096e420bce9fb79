import { compressed } from "../answer/compressed.ts";

const NONCE_BYTES = 16;

/** A number used once, by which a page knows its own style and script. */
function makeNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  return btoa(String.fromCharCode(...bytes));
}

/** Headers of every page. */
export const PAGE_HEADERS = {
  "content-type": "text/html; charset=utf-8",
  // Proxies must leave it as it is: what they add, the policy forbids.
  "cache-control": "no-cache, no-transform",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
} as const;

/** Browsers that came by HTTPS do not come by HTTP for a day (RFC 6797). */
const BY_HTTPS = { "strict-transport-security": "max-age=86400" };

/** Allows what a page consists of, and nothing that is slipped into it. */
function contentSecurityPolicy(
  { url }: Request,
  nonce: string,
  ancestors: string,
  takesForm: boolean,
): string {
  const { host } = new URL(url);
  return [
    "default-src 'none'",
    // Browsers that cannot decode pictures in scripts take them from blobs.
    "img-src 'self' data: blob:",
    // Older browsers do not take a WebSocket of the same server for 'self'.
    `connect-src 'self' ws://${host} wss://${host}`,
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    `form-action ${takesForm ? "'self'" : "'none'"}`,
    `frame-ancestors ${ancestors}`,
  ].join("; ");
}

/**
 * Answers with a page.
 *
 * @param request What asks for it.
 * @param html The page, in which `$NAME` and `$NONCE` are replaced.
 * @param name The channel's name; empty while there is no channel.
 * @param options Other words in it, and what stands there in place of each; and
 * the pages that may have it in a frame, as `frame-ancestors` of a policy; and
 * whether it has a form for this server.
 */
export function htmlResponse(
  request: Request,
  html: string,
  name: string,
  { parts = {}, ancestors = "*", takesForm = false }: {
    parts?: Readonly<Record<string, string>>;
    ancestors?: string;
    takesForm?: boolean;
  } = {},
): Response {
  const nonce = makeNonce();
  const headers = new Headers({
    ...PAGE_HEADERS,
    ...(request.url.startsWith("https:") ? BY_HTTPS : {}),
    "content-security-policy": contentSecurityPolicy(
      request,
      nonce,
      ancestors,
      takesForm,
    ),
  });
  if (request.method === "HEAD") return new Response(null, { headers });
  const words: Record<string, string> = {
    ...parts,
    $NAME: name,
    $NONCE: nonce,
  };
  // In one go: what is put in may have such words itself.
  const text = html.replace(/\$[A-Z]+/g, (word) => words[word] ?? word);
  return new Response(compressed(request, text, headers), { headers });
}
