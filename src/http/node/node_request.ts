import type { IncomingMessage } from "node:http";
import { incomingBody } from "./incoming_body.ts";

/** A request that came in one piece, with nothing behind it. */
export interface PlainRequest {
  request: Request;
  /** True if the answer may be sent in chunks. */
  chunked: boolean;
}

/** A whole request without a body, and nothing behind it. */
const PLAIN_REQUEST = /^GET (\/\S*) HTTP\/1\.([01])\r\n([^]*?\r\n)?\r\n$/;

/**
 * RFC 9110, 5.5, but no bytes beyond ASCII: what those mean, as of UTF-8, is
 * for the HTTP server to tell. A Request would throw at the others.
 */
const FIELD_LINE = /^([\w!#$%&'*+.^`|~-]+):([\t\x20-\x7e]*)$/;

/** Paths are taken as they are sent: proxies go by those (RFC 3986, 5.2.4). */
const DOT_SEGMENT = /(^|\/)(\.|%2e){1,2}(\/|$)/i;

/** Reads the first bytes of a connection; undefined: the server is to. */
export function plainRequest(bytes: Uint8Array): PlainRequest | undefined {
  const [, url, minor, fields = ""] =
    new TextDecoder("latin1").decode(bytes).match(PLAIN_REQUEST) ?? [];
  if (
    url === undefined ||
    /^(content-length|transfer-encoding):/im.test(fields) ||
    fields.match(/^host:/gim)?.length !== 1
  ) {
    return undefined;
  }
  const headers = parseFields(fields);
  if (headers === undefined) return undefined;
  return { request: requestOf("GET", url, headers), chunked: minor !== "0" };
}

/**
 * True for a request that is to be refused: HTTP/1.1 needs one `Host`, of which
 * Node's parser takes several (RFC 9112, 3.2), and any version.
 */
export function isBadRequest(incoming: IncomingMessage): boolean {
  const { httpVersionMajor, httpVersionMinor } = incoming;
  const hosts = fieldsOf(incoming)
    .filter(([name]) => name.toLowerCase() === "host").length;
  return httpVersionMajor !== 1 || hosts > 1 ||
    (hosts === 0 && httpVersionMinor > 0);
}

/**
 * A request that the HTTP server has read.
 *
 * @param incoming The request.
 * @param onRead Called when somebody begins to read its body.
 */
export function incomingRequest(
  incoming: IncomingMessage,
  onRead: () => void,
): Request {
  const { method = "GET", url = "/" } = incoming;
  const body = hasBody({ method }) ? incomingBody(incoming, onRead) : null;
  return requestOf(method, url, fieldsOf(incoming), body);
}

/** A Request of some methods has none, whatever the client sends. */
export function hasBody({ method = "GET" }: { method?: string }): boolean {
  return !/^(get|head)$/i.test(method);
}

/** Header fields; undefined if they are not plainly such. */
function parseFields(fields: string): [string, string][] | undefined {
  const pairs: [string, string][] = [];
  for (const line of fields.split("\r\n").slice(0, -1)) {
    const [, name, value] = line.match(FIELD_LINE) ?? [];
    if (name === undefined) return undefined;
    pairs.push([name, value.trim()]);
  }
  return pairs;
}

function fieldsOf({ rawHeaders }: IncomingMessage): [string, string][] {
  const names = rawHeaders.filter((_, i) => i % 2 === 0);
  return names.map((name, i) => [name, rawHeaders[2 * i + 1]]);
}

function requestOf(
  method: string,
  url: string,
  headers: [string, string][],
  body: ReadableStream<Uint8Array<ArrayBuffer>> | null = null,
): Request {
  // RFC 9112, 3.2.2: requests may name the whole address.
  const named = url.startsWith("/") ? url : pathOfAddress(url);
  const path = DOT_SEGMENT.test(named.replace(/[?#].*$/s, "")) ? "/*" : named;
  // What cannot be put into a Request is not allowed anyway.
  if (/^(connect|trace|track)$/i.test(method)) method = "UNKNOWN";
  return new Request(`http://localhost${path}`, {
    method,
    headers,
    body,
  });
}

function pathOfAddress(address: string): string {
  const url = URL.parse(address);
  return url === null ? "/*" : url.pathname + url.search;
}
