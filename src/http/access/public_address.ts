import { STATUS_CODE } from "@std/http/status";
import { HttpError } from "../answer/http_error.ts";
import { movedTo } from "../answer/moved_to.ts";

/** The public place of the server. */
export interface Place {
  /** The beginning of all paths, as in `/cams`; empty for none. */
  basePath: string;
  /** True if the `X-Forwarded-*` headers of a proxy are trusted. */
  trustProxy: boolean;
}

const BASE_PATH = /^(\/[\w.~-]+)*$/;
const HOST = /^(\[[\da-f:.]+\]|[\w.-]+)(:\d{1,5})?$/i;

/**
 * A base path as the handler uses it: with a slash in front, without one
 * behind.
 *
 * @throws {RangeError} If it cannot be part of an address as it is.
 */
export function normalBasePath(basePath: string): string {
  const path = basePath.replace(/^(?=[^/])/, "/").replace(/\/$/, "");
  if (BASE_PATH.test(path)) return path;
  throw new RangeError(
    `Cannot use base path: expected one such as /cams, found ${basePath}`,
  );
}

/**
 * The part of a path below the base path.
 *
 * @returns It, from its slash on; or the answer that leads there.
 * @throws {HttpError} If the path is elsewhere.
 */
export function pathBelow(
  basePath: string,
  path: string,
  query: URLSearchParams,
): string | Response {
  if (basePath === "") return path;
  if (path.startsWith(`${basePath}/`)) return path.slice(basePath.length);
  if (path !== basePath) {
    throw new HttpError(
      STATUS_CODE.NotFound,
      `Nothing is served here. What there is begins with ${basePath}/.`,
    );
  }
  const last = basePath.slice(basePath.lastIndexOf("/") + 1);
  return movedTo(`${last}/`, query);
}

/**
 * The address under which the client has the server, without a slash at its
 * end, as in `https://example.org/cams`: for what needs an absolute one.
 *
 * Behind a proxy it follows from `X-Forwarded-Proto`, `-Host` and `-Prefix`
 * (what the proxy took off the path), which anybody could send: they count
 * only where the handler's option `trustProxy` says so.
 */
export function publicAddress(request: Request, place: Place): string {
  return publicOrigin(request, place) + pathPrefix(request, place);
}

/** Scheme, host and port under which the client has the server. */
export function publicOrigin(request: Request, place: Place): string {
  const told = forwarded(request, "host", place, HOST);
  const host = told ?? request.headers.get("host") ?? hostOf(request);
  const scheme = isSecure(request, place) ? "https" : "http";
  return `${scheme}://${HOST.test(host) ? host : "localhost"}`;
}

/** True if the client speaks HTTPS, to the server or to the proxy. */
export function isSecure(request: Request, place: Place): boolean {
  const scheme = forwarded(request, "proto", place, /^https?$/i);
  return scheme === undefined
    ? request.url.startsWith("https:")
    : scheme.toLowerCase() === "https";
}

/** The beginning of all paths, as the client sees them. */
export function pathPrefix(request: Request, place: Place): string {
  const taken = forwarded(request, "prefix", place, /^\/[\w.~/-]*$/) ?? "";
  const prefix = taken.replace(/\/+$/, "");
  return (BASE_PATH.test(prefix) ? prefix : "") + place.basePath;
}

/** The value of the first proxy, which is the one that clients reach. */
function forwarded(
  request: Request,
  what: "host" | "prefix" | "proto",
  { trustProxy }: Place,
  form: RegExp,
): string | undefined {
  if (!trustProxy) return undefined;
  const value = request.headers.get(`x-forwarded-${what}`);
  const first = value?.split(",")[0].trim();
  return first !== undefined && form.test(first) ? first : undefined;
}

function hostOf({ url }: Request): string {
  return URL.parse(url)?.host ?? "";
}
