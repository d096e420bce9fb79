import { STATUS_CODE } from "@std/http/status";
import { CutOffError } from "../../channel/viewers/cut_off_error.ts";
import type { Answer } from "../answer/answer.ts";
import { plainText } from "../answer/plain_text.ts";
import type { Client } from "../connection/client.ts";
import type { FindAnswer } from "../routing/answer_to.ts";
import { respond, type SendingSettings } from "../routing/respond.ts";
import type { FloodGuard, Sending } from "../sockets/flood_guard.ts";
import { GuardedClient } from "../sockets/guarded_client.ts";

/** The connection of a request, by `Deno.serve`. */
interface ServeInfo {
  remoteAddr: Deno.Addr;
}

/**
 * A handler for `Deno.serve` that cuts off clients that go on sending behind a
 * request, and takes no body where none has a meaning: it would be kept, or
 * read to its end, for nobody.
 *
 * @param findAnswer Finds the answers.
 * @param settings What it takes to send them.
 * @param guard Cuts clients off; undefined: there is no need.
 */
export function guardedHandler(
  findAnswer: FindAnswer,
  settings: SendingSettings,
  guard: FloodGuard | undefined,
): (request: Request, info: ServeInfo) => Response | Promise<Response> {
  return (request, { remoteAddr }) => {
    if (hasNeedlessBody(request)) return refuseBody();
    const address = remoteAddr as Deno.NetAddr;
    guard?.hear(address);
    const client = guard?.isAble
      ? new GuardedClient(guard, address, sendingOf(request))
      : undefined;
    const { hostname, port } = address;
    const answer = findAnswer(request, { address: hostname, port, client });
    const begin = (it: Answer) => {
      const response = respond(request, it, settings, client);
      const isRefused = response.status >= STATUS_CODE.BadRequest;
      if (isRefused && !isRead(request.method)) guard?.refuse(address);
      return response;
    };
    return answer instanceof Promise
      ? unlessCut(client, answer, begin)
      : begin(answer);
  };
}

/** RFC 9110, 9.3.1: what a body behind these means is not defined. */
function hasNeedlessBody({ method, headers }: Request): boolean {
  return isRead(method) &&
    (headers.has("transfer-encoding") ||
      (headers.get("content-length") ?? "0") !== "0");
}

function isRead(method: string): boolean {
  return method === "GET" || method === "HEAD" || method === "OPTIONS";
}

function refuseBody(): Response {
  return plainText(
    STATUS_CODE.BadRequest,
    "This request must have no body.",
    { connection: "close" },
  );
}

/** The bytes that the client may send until its request is answered. */
export function sendingOf({ method, headers }: Request): Sending {
  if (!isRead(method)) return "bodies";
  // By HTTP/2, which needs no TLS, the host is no header; nor is an upgrade.
  return headers.has("host") || headers.has("upgrade") ? "nothing" : "little";
}

/** An answer that is waited for; a connection can only be cut by answering. */
function unlessCut(
  client: Client | undefined,
  found: Promise<Answer>,
  respond: (found: Answer) => Response,
): Promise<Response> {
  const cut = Promise.withResolvers<Response>();
  let isCut = false;
  const end = () => {
    isCut = true;
    cut.resolve(new Response(brokenStream()));
  };
  const forget = client?.watch({ cut: end, leave: end });
  const answered = found.then((it) => {
    forget?.();
    return isCut ? cut.promise : respond(it);
  });
  return Promise.race([answered, cut.promise]);
}

function brokenStream(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => controller.error(new CutOffError("Client cut off")),
  });
}
