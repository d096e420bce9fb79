import type { Channel } from "../channel/channel.ts";
import type { Channels } from "../channel/channels.ts";
import { answerTo } from "./routing/answer_to.ts";
import {
  asChannels,
  type HandlerOptions,
  settingsOf,
} from "./routing/handler_options.ts";
import { respond } from "./routing/respond.ts";

/**
 * Makes the handler that serves channels over HTTP, for `Deno.serve` or any
 * server that takes a `(Request) => Response`.
 *
 * - `GET /NAME.gif`: the endless GIF of the channel of that name.
 * - `GET /NAME.mjpeg`: JPEGs that replace each other, as cameras send them.
 * - `GET /NAME/ws`: a WebSocket with one message per picture.
 * - `GET /NAME/ascii`: the stream for a terminal.
 * - `GET /NAME/snapshot.gif`, `.png`, `.jpg`: the newest picture of the
 *   channel, or a past one.
 * - `GET /NAME/clip.gif`: the last seconds, as a GIF that loops.
 * - `GET /live.gif`, `/live.mjpeg`, `/ws`, `/ascii`, `/snapshot.gif`,
 *   `/clip.gif`: the same for the first channel.
 * - `GET /stream`, `/snapshot`, `/state` and `/?action=`: addresses of
 *   mjpg-streamer and µStreamer, for programs that expect such a camera.
 * - `GET /NAME`, `GET /`: a page that shows the channel and lists the others,
 *   if the client prefers HTML, as a browser does that navigates; otherwise
 *   the endless GIF.
 * - `POST /NAME/frames`: takes frames, if the option `ingest` allows it.
 * - `GET /api/channels`, `GET /api/channels/NAME`: the state as JSON.
 * - `GET /api/events`: changes of the state, as server-sent events.
 * - `GET /metrics`: counts and times for Prometheus.
 * - `GET /openapi.json`: a description of all addresses.
 * - `GET /healthz`, `GET /readyz`: liveness and readiness of the server. They
 *   need no token.
 *
 * @param channels The channels to serve, or the only one.
 * @param options Options for viewers, senders and error reports.
 * @throws {RangeError} If an option cannot be used, such as an empty token.
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
