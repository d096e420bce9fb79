import { STATUS_CODE } from "@std/http/status";
import type { Channel } from "../channel/channel.ts";
import { Channels } from "../channel/channels.ts";
import { StreamConnection } from "../channel/viewers/stream_connection.ts";
import { TooManySubscribersError } from "../channel/viewers/too_many_subscribers_error.ts";
import { Faults } from "../log/faults.ts";
import { writeError } from "../log/write_error.ts";
import { Pictures } from "../picture/pictures.ts";
import { isOutOfDescriptors } from "../system/spare_descriptors.ts";
import { Access, type ViewingOptions } from "./access/access.ts";
import { Origins } from "./access/origins.ts";
import { normalBasePath, pathBelow } from "./access/public_address.ts";
import type { Answer, Client, HandlerSettings } from "./call.ts";
import { HttpError } from "./http_error.ts";
import { ClipSending } from "./resources/finite/clip_sending.ts";
import { type IngestAccess, ingestSettings } from "./resources/frames.ts";
import { internalError, plainText, preflight } from "./respond.ts";
import { findRoute, type Route } from "./routes.ts";
import { SocketAnswer } from "./socket_answer.ts";
import { StreamAnswer } from "./stream_answer.ts";
import {
  defaultUpgrade,
  openSocket,
  type UpgradeWebSocket,
} from "./upgrade.ts";
import { WatchedConnection } from "./watched_connection.ts";

/** Options of {@linkcode createHandler}. */
export interface HandlerOptions {
  /**
   * Called when a request could not be answered because of a mistake of
   * ours; the viewer gets status 500.
   *
   * @default {undefined} writes to standard error, as `console.error` does, but
   * never waits for who reads it
   */
  onError?: (error: unknown) => void;
  /**
   * Told of all that went wrong because of a mistake of ours, instead of
   * `onError`; `/metrics` has its counts.
   *
   * @default {new Faults((_, error) => onError(error))}
   */
  faults?: Faults;
  /**
   * Who may watch, and whose pages may read what is served.
   *
   * @default {{}} anybody
   */
  viewing?: ViewingOptions;
  /**
   * Who may send frames, and where they go.
   *
   * @default {undefined} nobody
   */
  ingest?: IngestAccess;
  /**
   * What all addresses begin with, as in `/cams`, where a proxy hands paths on
   * as they are.
   *
   * @default {""}
   */
  basePath?: string;
  /**
   * Whether `X-Forwarded-Proto`, `-Host` and `-Prefix` say how clients reach
   * the server. Only where every request comes through a proxy of yours that
   * sets them: anybody else can send them, too.
   *
   * @default {false}
   */
  trustProxy?: boolean;
  /**
   * How old the newest picture may be, in seconds, for `/readyz` to say that
   * there is something to see; more than 0.
   *
   * @default {60}
   */
  readyWithinSeconds?: number;
  /**
   * Turns a request into a WebSocket; `serveByNode` does without.
   *
   * @default {undefined} `Deno.upgradeWebSocket`, where there is Deno
   */
  upgradeWebSocket?: UpgradeWebSocket;
}

const RETRY_SECONDS = "10";
const ALL_METHODS = ["GET", "HEAD", "POST", "PUT"];

/**
 * Makes the handler that serves channels over HTTP, for `Deno.serve` or any
 * server that takes a `(Request) => Response`.
 *
 * - `GET /NAME.gif`: the endless GIF of the channel of that name.
 * - `GET /NAME.mjpeg`: JPEGs that replace each other, as cameras send them.
 * - `GET /NAME/ws`: a WebSocket, one message a picture.
 * - `GET /NAME/ascii`: the stream for a terminal.
 * - `GET /NAME/snapshot.gif`, `.png`, `.jpg`: its newest picture, or one of
 *   the past.
 * - `GET /NAME/clip.gif`: the last seconds, as a GIF that loops.
 * - `GET /live.gif`, `/live.mjpeg`, `/ws`, `/ascii`, `/snapshot.gif`,
 *   `/clip.gif`: the same of the first channel.
 * - `GET /stream`, `/snapshot`, `/state` and `/?action=`: what programs ask
 *   for that know cameras by mjpg-streamer or µStreamer.
 * - `GET /NAME`, `GET /`: a page that shows it and lists the others, if the
 *   client asks for HTML as a browser that navigates does; the endless GIF
 *   itself for everybody else.
 * - `POST /NAME/frames`: takes frames, if the option `ingest` says from whom.
 * - `GET /api/channels`, `GET /api/channels/NAME`: the state as JSON.
 * - `GET /api/events`: what changes, as server-sent events.
 * - `GET /metrics`: counts and times for Prometheus.
 * - `GET /openapi.json`: all that has an address, and what it takes and answers.
 * - `GET /healthz`, `GET /readyz`: whether the server answers, and whether
 *   there is anything to see. Nobody is asked for a token there.
 *
 * @param channels The channels to serve, or the only one.
 * @param options Who may watch, who may send, and where mistakes are reported.
 * @throws {RangeError} If an option cannot be used, as an empty token.
 *
 * @example
 * ```ts
 * import { Channel, createHandler } from "@x/gifstream";
 * import { assertEquals } from "@std/assert";
 *
 * const handler = createHandler(new Channel());
 * // Deno.serve({ port: 8080 }, handler);
 * const request = new Request("http://localhost/api/channels");
 * const response = await handler(request);
 * assertEquals(response.status, 200);
 * await response.text();
 * ```
 */
export function createHandler(
  channels: Channels | Channel,
  options: HandlerOptions = {},
): (request: Request) => Response | Promise<Response> {
  const all = asChannels(channels);
  const settings = settingsOf(options);
  return (request) => {
    const answer = answerTo(request, all, settings);
    return answer instanceof Promise
      ? answer.then((it) => respond(request, it, settings))
      : respond(request, answer, settings);
  };
}

/** One channel is the first of all, and with it all come to an end. */
export function asChannels(channels: Channels | Channel): Channels {
  if (channels instanceof Channels) return channels;
  const all = new Channels([channels]);
  channels.follow({ end: () => all.close() });
  return all;
}

/** Options with their defaults. */
export function settingsOf(options: HandlerOptions): HandlerSettings {
  const { onError = writeError, viewing = {}, trustProxy = false } = options;
  const { readyWithinSeconds = 60 } = options;
  const { faults = new Faults((_, error) => onError(error)) } = options;
  if (!(readyWithinSeconds > 0)) {
    throw new RangeError(
      "Cannot make handler: readyWithinSeconds must be more than 0: " +
        readyWithinSeconds,
    );
  }
  return {
    readyWithinSeconds,
    faults,
    access: new Access(viewing),
    origins: new Origins(viewing.allowOrigin ?? ["*"]),
    ingest: ingestSettings(options.ingest),
    basePath: normalBasePath(options.basePath ?? ""),
    trustProxy,
    pictures: new Pictures(faults),
    clips: new ClipSending(),
    upgradeWebSocket: options.upgradeWebSocket ?? defaultUpgrade(),
  };
}

/** Begins to answer by web streams and WebSockets. It never throws. */
export function respond(
  request: Request,
  answer: Answer,
  settings: HandlerSettings,
  client?: Client,
): Response {
  if (answer instanceof Response) return answer;
  return orRefusal(settings, () => {
    if (answer instanceof SocketAnswer) {
      return openSocket(request, answer, settings.upgradeWebSocket, client);
    }
    const { headers, attach } = answer;
    const connection = client === undefined
      ? new StreamConnection()
      : new WatchedConnection(client);
    connection.onLeave = attach(connection);
    return new Response(connection.stream, { headers });
  });
}

/**
 * What is to be answered, by address, method and what the client accepts. It
 * never throws, and rejects no promise.
 */
export function answerTo(
  request: Request,
  channels: Channels,
  settings: HandlerSettings,
  client?: Client,
): Answer | Promise<Answer> {
  const answer = orRefusal(
    settings,
    () => find(request, channels, settings, client),
  );
  const mark = (answer: Answer) => settings.origins.mark(request, answer);
  return answer instanceof Promise
    ? answer.catch((error) => refusal(error, settings)).then(mark)
    : mark(answer);
}

function find(
  request: Request,
  channels: Channels,
  settings: HandlerSettings,
  client?: Client,
): Answer | Promise<Answer> {
  const { access, origins, basePath } = settings;
  const { path: whole, query } = splitAddress(request.url);
  const path = pathBelow(basePath, whole, query);
  if (path instanceof Response) return path;
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
  const found = answer({ request, query, channels, settings, client });
  if (cookie === undefined || found instanceof StreamAnswer) return found;
  return withCookie(found, cookie);
}

/** What is at a path; only those who are let in learn that nothing is. */
function enterRoute(
  path: string,
  channels: Channels,
  enter: () => string | undefined,
): { route: Route; cookie?: string } {
  let route: Route;
  try {
    route = findRoute(path, channels);
  } catch (error) {
    enter();
    throw error;
  }
  return route.open ? { route } : { route, cookie: enter() };
}

/** Lets in what a page loads, if the answer is one. */
async function withCookie(
  answer: Answer | Promise<Answer>,
  cookie: string,
): Promise<Answer> {
  const found = await answer;
  if (found instanceof Response && isPage(found)) {
    found.headers.append("set-cookie", cookie);
  }
  return found;
}

function isPage({ headers }: Response): boolean {
  return headers.get("content-type")?.startsWith("text/html") === true;
}

/** What is done, or the answer that says why it cannot be. */
export function orRefusal<T>(
  settings: HandlerSettings,
  act: () => T,
): T | Response {
  try {
    return act();
  } catch (error) {
    return refusal(error, settings);
  }
}

function refusal(error: unknown, { faults }: HandlerSettings): Response {
  if (error instanceof HttpError) {
    return plainText(error.status, error.message, error.headers);
  }
  if (error instanceof TooManySubscribersError) {
    return plainText(
      STATUS_CODE.ServiceUnavailable,
      "All places are taken; try again in a few seconds.",
      { "retry-after": RETRY_SECONDS },
    );
  }
  if (isOutOfDescriptors(error)) {
    return plainText(
      STATUS_CODE.ServiceUnavailable,
      "The server cannot open files now; try again in a few seconds.",
      { "retry-after": RETRY_SECONDS },
    );
  }
  faults.note("request", error);
  return internalError();
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
