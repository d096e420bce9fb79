import { eTag, ifNoneMatch } from "@std/http/etag";
import { STATUS_CODE } from "@std/http/status";
import { LIVE_HEADERS } from "../../answer/live_headers.ts";

/**
 * An answer that is a file of this moment: who has it already, as its entity
 * tag tells, is not sent it again.
 *
 * @param request Whose answer it is.
 * @param bytes The file.
 * @param headers Its type, and what else is to be said of it.
 */
export async function fileAnswer(
  request: Request,
  bytes: Uint8Array,
  headers: Record<string, string>,
): Promise<Response> {
  const etag = await eTag(bytes as Uint8Array<ArrayBuffer>);
  const all = {
    ...LIVE_HEADERS,
    // It may be kept, if only to be asked for with its tag.
    "cache-control": "no-cache, no-transform",
    ...headers,
    ...(etag === undefined ? undefined : { etag }),
  };
  if (!ifNoneMatch(request.headers.get("if-none-match"), etag)) {
    return new Response(null, {
      status: STATUS_CODE.NotModified,
      headers: all,
    });
  }
  const body = request.method === "HEAD" ? null : bytes as BodyInit;
  return new Response(body, {
    headers: { ...all, "content-length": String(bytes.length) },
  });
}
