/**
 * Differences between browsers. Facts and the versions that were tried are
 * in docs/facts.md.
 *
 * @module
 */

import { accepts } from "@std/http/negotiation";

/** Headers by which requests are told apart, for `Vary`. */
export const VARY = "accept, sec-fetch-dest, user-agent";

/** Chromium and all that is built on it. */
const CHROMIUM = /Chrom(e|ium)\//;
/** WebKit, and Chromium, which says so too: all browsers of iOS are WebKit. */
const WEBKIT = /AppleWebKit\//;

/** Browsers that say nothing of pages when they navigate. */
const PLAIN = /\b(NetSurf|Links|ELinks|Dillo|w3m|Lynx|MSIE|Trident)\b/;

/**
 * Browsers that show a JPEG while it loads, but neither a GIF that goes on nor
 * parts that replace each other, and that obey no refresh.
 */
const SHOWS_SCANS = /\b(Dillo\/|Links \()/;

/** Destinations of a request for a page. */
const PAGES = /^(document|iframe|frame)$/;
/** Destinations of a request whose answer is shown, not read by a script. */
const SHOWN = /^(image|document|iframe|frame|embed|object)$/;
/** Types that browsers accept for pictures and pages, but not in `fetch`. */
const SHOWN_TYPES = /^(image|text\/html)/;

/** True for a browser that shows a GIF only when its last byte has come. */
export function waitsForWholeGif({ headers }: Request): boolean {
  const agent = headers.get("user-agent") ?? "";
  return WEBKIT.test(agent) && !CHROMIUM.test(agent);
}

/** True for a browser in which nothing moves but an endless JPEG. */
export function needsEndlessJpeg({ headers }: Request): boolean {
  return SHOWS_SCANS.test(headers.get("user-agent") ?? "");
}

/** True for a browser that runs no script of the page. */
export function isPlainBrowser({ headers }: Request): boolean {
  return PLAIN.test(headers.get("user-agent") ?? "");
}

/**
 * True for a browser that shows a picture of a multipart stream only when it
 * has the head of the next one: WebKit, and Chromium (its issue 527446).
 *
 * A script that reads the stream needs the length in each head, which a head
 * sent so early cannot have.
 */
export function needsNextHead(request: Request): boolean {
  const { headers } = request;
  return WEBKIT.test(headers.get("user-agent") ?? "") && isShown(request);
}

/**
 * True if the request is for a page, where there is a picture, too: from a
 * browser that navigates, not from one that wants an `<img>`, or from a program.
 */
export function wantsPage(request: Request): boolean {
  const { headers } = request;
  const destination = headers.get("sec-fetch-dest");
  if (destination === "image") return false;
  if (destination !== null && PAGES.test(destination)) return true;
  // The first of equals wins: a program that takes anything wants the GIF.
  const best = accepts(request, "image/gif", "text/html");
  if (best === "text/html") return true;
  const accept = headers.get("accept") ?? "*/*";
  return accept === "*/*" && isPlainBrowser(request);
}

/** True if a browser shows the answer, as in an `<img>`, or as a page. */
export function isShown({ headers }: Request): boolean {
  const destination = headers.get("sec-fetch-dest");
  // Over plain HTTP, browsers name it only to the own machine.
  return destination === null
    ? SHOWN_TYPES.test(headers.get("accept") ?? "")
    : SHOWN.test(destination);
}
