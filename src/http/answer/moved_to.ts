import { STATUS_CODE } from "@std/http/status";

/**
 * The answer that leads to another address for good.
 *
 * @param location The address, relative so that it is right behind any proxy.
 * @param before The query before. It goes along, but for the token: a cookie stands for it.
 */
export function movedTo(location: string, before: URLSearchParams): Response {
  const query = new URLSearchParams(before);
  query.delete("token");
  return new Response(null, {
    status: STATUS_CODE.PermanentRedirect,
    headers: { location: location + (query.size > 0 ? `?${query}` : "") },
  });
}
