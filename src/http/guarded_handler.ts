import { CutOffError } from "../channel/cut_off_error.ts";
import { delay } from "@std/async/delay";
import { STATUS_CODE } from "@std/http/status";
import type { Channels } from "../channel/channels.ts";
import type { Answer, HandlerSettings, WatchClient } from "./call.ts";
import type { FloodGuard, Sending } from "./flood_guard.ts";
import { answerTo, respond } from "./handler.ts";
import { plainText } from "./respond.ts";
import { SocketAnswer } from "./socket_answer.ts";
import { wantsSocket } from "./ws.ts";

/** What `Deno.serve` says of a request's connection. */
interface ServeInfo {
  remoteAddr: Deno.Addr;
}

/** Options of {@linkcode guardedHandler}. */
export interface GuardedHandlerOptions {
  /** Cuts clients off; undefined: there is no need. */
  guard: FloodGuard | undefined;
  /** Whether clients may speak HTTP/2. */
  isTls: boolean;
}

/**
 * A handler for `Deno.serve` that cuts off clients that go on sending behind a
 * request, and takes no body where none has a meaning: it would be kept, or
 * read to its end, for nobody.
 */
export function guardedHandler(
  channels: Channels,
  settings: HandlerSettings,
  { guard, isTls }: GuardedHandlerOptions,
): (request: Request, info: ServeInfo) => Response | Promise<Response> {
  return (request, { remoteAddr }) => {
    if (hasNeedlessBody(request)) return refuseBody();
    const sending = sendingOf(request, isTls);
    const watch: WatchClient | undefined = guard &&
      ((answering) =>
        guard.watch(remoteAddr as Deno.NetAddr, { ...answering, sending }));
    const answer = answerTo(request, channels, settings, watch);
    const begin = (it: Answer) => respond(request, it, settings, watch);
    if (answer instanceof Promise) return unlessCut(watch, answer, begin);
    return answer instanceof SocketAnswer
      ? unlessGone(request, () => begin(answer))
      : begin(answer);
  };
}

/** Long enough for the server to see that a client has hung up. */
const GONE_MILLISECONDS = 5;

/**
 * Deno 2.9 never lets go of the connection of a WebSocket whose client hangs
 * up behind its request.
 */
async function unlessGone(
  request: Request,
  begin: () => Response,
): Promise<Response> {
  const { signal } = request;
  await delay(GONE_MILLISECONDS);
  return signal.aborted
    ? plainText(STATUS_CODE.BadRequest, "The client has gone.")
    : begin();
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

function sendingOf(request: Request, isTls: boolean): Sending {
  if (!isRead(request.method)) return "bodies";
  // By HTTP/2, the host is no header.
  const mayBeHttp2 = isTls && !request.headers.has("host");
  return mayBeHttp2 || wantsSocket(request) ? "little" : "nothing";
}

/** An answer that is waited for; a connection can only be cut by answering. */
function unlessCut<T>(
  watch: WatchClient = () => () => {},
  found: Promise<T>,
  respond: (found: T) => Response,
): Promise<Response> {
  const cut = Promise.withResolvers<Response>();
  let isCut = false;
  const end = () => {
    isCut = true;
    cut.resolve(new Response(brokenStream()));
  };
  const forget = watch({ cut: end, leave: end });
  const answered = found.then((it) => {
    forget();
    return isCut ? cut.promise : respond(it);
  });
  return Promise.race([answered, cut.promise]);
}

function brokenStream(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => controller.error(new CutOffError("Client cut off")),
  });
}
