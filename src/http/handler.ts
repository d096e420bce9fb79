import { accepts } from "@std/http/negotiation";
import { STATUS_CODE } from "@std/http/status";
import type { Channel } from "../channel/channel.ts";
import { pageResponse } from "./page.ts";
import { internalError, plainText, preflight } from "./respond.ts";
import { snapshotResponse } from "./snapshot.ts";
import { statusResponse } from "./status.ts";
import { admit, type StreamAnswer, streamAnswer } from "./stream.ts";

/** Options of {@linkcode createHandler}. */
export interface HandlerOptions {
  /**
   * Called when a request could not be answered because of a mistake of
   * ours; the viewer gets status 500.
   *
   * @default {console.error}
   */
  onError?: (error: unknown) => void;
}

/** An answer, or the word that it is the stream, which servers differ in. */
export type Answer = Response | StreamAnswer;

type Resource = (request: Request, channel: Channel) => Answer;

const ALLOWED = "GET, HEAD, OPTIONS";

const RESOURCES: Record<string, Resource> = {
  "/": root,
  "/live.gif": (request) => streamAnswer(request),
  "/snapshot.gif": snapshotResponse,
  "/api/channels": statusResponse,
};

/**
 * Makes the handler that serves a channel over HTTP, for `Deno.serve` or any
 * server that takes a `(Request) => Response`.
 *
 * - `GET /live.gif`: the endless GIF.
 * - `GET /`: a page that shows it, if the client asks for HTML as a browser
 *   that navigates does; the endless GIF itself for everybody else.
 * - `GET /snapshot.gif`: the newest picture, as a GIF that ends.
 * - `GET /api/channels`: the state as JSON.
 *
 * @param channel The channel to serve.
 * @param options Where mistakes are reported.
 *
 * @example
 * ```ts
 * import { Channel, createHandler } from "@x/gifstream";
 * import { assertEquals } from "@std/assert";
 *
 * const handler = createHandler(new Channel());
 * // Deno.serve({ port: 8080 }, handler);
 * const response = handler(new Request("http://localhost/api/channels"));
 * assertEquals(response.status, 200);
 * await response.text();
 * ```
 */
export function createHandler(
  channel: Channel,
  options: HandlerOptions = {},
): (request: Request) => Response {
  const { onError = console.error } = options;
  return (request) => {
    try {
      const answer = answerTo(request, channel);
      if (answer instanceof Response) return answer;
      return admit(() => {
        const { headers } = answer;
        return new Response(channel.subscribe(), { headers });
      });
    } catch (error) {
      onError(error);
      return internalError();
    }
  };
}

/** What is to be answered, by address, method and what the client accepts. */
export function answerTo(request: Request, channel: Channel): Answer {
  const path = pathOf(request.url);
  const resource = Object.hasOwn(RESOURCES, path) ? RESOURCES[path] : undefined;
  if (resource === undefined) {
    const known = Object.keys(RESOURCES).join(", ");
    return plainText(
      STATUS_CODE.NotFound,
      `Nothing is served here. What there is: ${known}.`,
    );
  }
  switch (request.method) {
    case "GET":
    case "HEAD":
      return resource(request, channel);
    case "OPTIONS":
      return preflight(ALLOWED);
    default:
      return plainText(
        STATUS_CODE.MethodNotAllowed,
        `This address takes ${ALLOWED}, not ${request.method}.`,
        { allow: ALLOWED },
      );
  }
}

function root(request: Request): Answer {
  const vary = { vary: "accept" };
  // The first of equals wins: a client that takes anything wants the GIF.
  if (accepts(request, "image/gif", "text/html") !== "text/html") {
    return streamAnswer(request, vary);
  }
  const response = pageResponse(request);
  response.headers.set("vary", vary.vary);
  return response;
}

/** The path of a request's address, without making a URL object of it. */
function pathOf(url: string): string {
  const start = url.indexOf("/", url.indexOf("://") + 3);
  if (start < 0) return "/";
  const end = url.slice(start).search(/[?#]/);
  return end < 0 ? url.slice(start) : url.slice(start, start + end);
}
