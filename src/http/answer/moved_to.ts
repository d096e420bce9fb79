import { STATUS_CODE } from "@std/http/status";

/**
 * The answer that leads to another address for good.
 *
 * @param location The address, relative so that it is right behind any proxy.
 * @param query Goes along.
 */
export function movedTo(location: string, query: URLSearchParams): Response {
  return new Response(null, {
    status: STATUS_CODE.PermanentRedirect,
    headers: { location: location + (query.size > 0 ? `?${query}` : "") },
  });
}
