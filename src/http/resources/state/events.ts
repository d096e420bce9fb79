import type { Channels } from "../../../channel/channels.ts";
import type { Faults } from "../../../log/faults.ts";
import { LIVE_HEADERS } from "../../answer/live_headers.ts";
import { streamOrHead } from "../../answer/stream_answer.ts";
import { READ_METHODS, type Resource } from "../../call/resource.ts";
import { withPlace } from "../../connection/followed_connection.ts";
import { EventHub } from "./event_hub.ts";

const HEADERS = { ...LIVE_HEADERS, "content-type": "text/event-stream" };

/** The hub of each set of channels, made for the first listener. */
const hubs = new WeakMap<Channels, EventHub>();

/**
 * `GET /api/events`: what goes on, as server-sent events.
 *
 * - `channels`: the state of all channels, at first, and again for one that
 *   was too slow for what came in between.
 * - `status`: the state of those that have changed, once a second at most.
 * - `added`: the state of a channel that has come.
 * - `removed`: the name of a channel that has gone.
 */
export const apiEvents: Resource = {
  methods: READ_METHODS,
  answer({ request, channels, settings, network }) {
    const hub = hubOf(channels, settings.faults);
    const attach = withPlace(
      (connection) => hub.attach(connection),
      () => settings.shares.listeners.take(network),
    );
    return streamOrHead(request, HEADERS, attach);
  },
};

function hubOf(channels: Channels, faults: Faults): EventHub {
  let hub = hubs.get(channels);
  if (hub === undefined) {
    hub = new EventHub(channels, { faults });
    hubs.set(channels, hub);
  }
  return hub;
}
