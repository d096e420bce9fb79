import { STATUS_CODE } from "@std/http/status";
import type { Channels } from "../../channel/channels.ts";
import type { Cookie } from "../access/access.ts";
import { clientNetwork } from "../access/client_network.ts";
import { pathBelow } from "../access/public_address.ts";
import type { Answer } from "../answer/answer.ts";
import { HttpError } from "../answer/http_error.ts";
import { SocketAnswer } from "../answer/socket_answer.ts";
import { StreamAnswer } from "../answer/stream_answer.ts";
import type { Call } from "../call/call.ts";
import type { HandlerSettings } from "../call/handler_settings.ts";
import type { WatchedClient } from "../connection/client.ts";
import { withPlace } from "../connection/followed_connection.ts";
import { preflight } from "./preflight.ts";
import { orRefusal, refusal } from "./refusal.ts";
import { ADDRESSES, findRoute, type Route } from "./routes.ts";
import { sayToPerson } from "./say_to_person.ts";

const ALL_METHODS = ["GET", "HEAD", "POST", "PUT"];

/** The origin of a request, as far as the server can tell. */
export interface RequestOrigin {
  /** The other end of the connection, an IP address. */
  address?: string;
  /** The port of the other end. */
  port?: number;
  /** The client, if the server notices when it leaves. */
  client?: WatchedClient;
}

/** Finds the answer to a request. It never throws, and rejects no promise. */
export type FindAnswer = (
  request: Request,
  from?: RequestOrigin,
) => Answer | Promise<Answer>;

/** Finds answers about these channels: see {@linkcode answerTo}. */
export function answersAbout(
  channels: Channels,
  settings: HandlerSettings,
): FindAnswer {
  return (request, from) => answerTo(request, channels, settings, from);
}

/**
 * Finds the answer by address, method and the headers of the client. It never
 * throws, and rejects no promise.
 */
export function answerTo(
  request: Request,
  channels: Channels,
  settings: HandlerSettings,
  from: RequestOrigin = {},
): Answer | Promise<Answer> {
  const network = clientNetwork(request, from.address, settings);
  const say = sayToPerson({ request, channels, settings });
  const answer = orRefusal(
    settings,
    () => find({ request, channels, settings, network, client: from.client }),
    say,
  );
  const mark = (answer: Answer) => {
    if (!settings.access.isOpen) keepPrivate(answer);
    return settings.origins.mark(
      request,
      ofNetwork(answer, network, settings),
    );
  };
  return answer instanceof Promise
    ? answer.catch((error) => refusal(error, settings, say)).then(mark)
    : mark(answer);
}

/** No cache that others share may keep what not everybody may see. */
function keepPrivate(answer: Answer): void {
  if (!(answer instanceof Response)) return;
  const { headers } = answer;
  const told = headers.get("cache-control");
  if (told === null || told.includes("no-store")) return;
  headers.set("cache-control", `private, ${told}`);
}

/** One network may only have so many viewers. */
function ofNetwork(
  answer: Answer,
  network: string | undefined,
  { shares: { viewers } }: HandlerSettings,
): Answer {
  if (answer instanceof Response || network === undefined) return answer;
  if (viewers.max === Infinity) return answer;
  const attach = withPlace(answer.attach, () => viewers.take(network));
  return answer instanceof SocketAnswer
    ? new SocketAnswer(attach)
    : new StreamAnswer(answer.headers, attach);
}

function find(
  about: Omit<Call, "query" | "addresses">,
): Answer | Promise<Answer> {
  const { request, channels, settings } = about;
  const { access, origins, basePath } = settings;
  settings.hosts.check(request, settings);
  const { path: whole, query } = splitAddress(request.url);
  const path = pathBelow(basePath, whole, query);
  if (path instanceof Response) {
    const isMeant = query.has("token") && !access.isOpen;
    const cookie = isMeant
      ? access.enter(request, query, settings).cookie
      : undefined;
    return cookie === undefined ? path : withCookie(path, cookie);
  }
  // Browsers ask without the password that they have.
  if (request.method === "OPTIONS" && !access.isOpen) {
    return preflight(allowed(ALL_METHODS));
  }
  const enter = () => {
    const entry = access.enter(request, query, settings);
    origins.check(request, settings, entry.ambient);
    return entry.cookie;
  };
  const { route, cookie } = enterRoute(path, channels, enter);
  const { methods, answer } = route;
  if (request.method === "OPTIONS") return preflight(allowed(methods));
  if (!(methods as readonly string[]).includes(request.method)) {
    throw wrongMethod(request.method, methods);
  }
  const found = answer({ ...about, query, addresses: ADDRESSES });
  if (cookie === undefined || found instanceof StreamAnswer) return found;
  return withCookie(found, cookie);
}

/**
 * Finds the route of a path; only clients with access learn that there is none.
 */
function enterRoute(
  path: string,
  channels: Channels,
  enter: () => Cookie | undefined,
): { route: Route; cookie?: Cookie } {
  let route: Route;
  try {
    route = findRoute(path, channels);
  } catch (error) {
    enter();
    throw error;
  }
  return route.open ? { route } : { route, cookie: enter() };
}

/** Lets in what a page loads, if the answer is one or leads to it. */
async function withCookie(
  answer: Answer | Promise<Answer>,
  cookie: Cookie,
): Promise<Answer> {
  const found = await answer;
  if (!(found instanceof Response)) return found;
  if (isPage(found)) found.headers.append("set-cookie", cookie("Strict"));
  // A browser that follows a link of another site would not send a strict one.
  if (found.headers.has("location")) {
    found.headers.append("set-cookie", cookie("Lax"));
  }
  return found;
}

function isPage({ headers }: Response): boolean {
  return headers.get("content-type")?.startsWith("text/html") === true;
}

function allowed(methods: readonly string[]): string {
  return [...methods, "OPTIONS"].join(", ");
}

function wrongMethod(method: string, methods: readonly string[]): HttpError {
  const allow = allowed(methods);
  return new HttpError(
    STATUS_CODE.MethodNotAllowed,
    `This address takes ${allow}, not ${method}.`,
    { allow },
  );
}

/** Path and query of an address, without making a URL object of it. */
function splitAddress(url: string): { path: string; query: URLSearchParams } {
  const start = url.indexOf("/", url.indexOf("://") + 3);
  const [, path, query = ""] = start < 0
    ? ["", "/"]
    : url.slice(start).match(/^([^?#]*)\??([^#]*)/)!;
  return { path, query: new URLSearchParams(query) };
}
