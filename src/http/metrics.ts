import type { Registry } from "prom-client";
import type { Channels } from "../channel/channels.ts";
import { READ_METHODS, type Resource } from "./call.ts";
import { LIVE_HEADERS } from "./respond.ts";

/** The metrics of each set of channels, from when somebody first asks. */
const registries = new WeakMap<Channels, Promise<Registry>>();

/** `GET /metrics`: counts and times in Prometheus' text format. */
export const metrics: Resource = {
  methods: READ_METHODS,
  async answer({ request, channels }) {
    const registry = await registryOf(channels);
    const body = request.method === "HEAD" ? null : await registry.metrics();
    return new Response(body, {
      headers: { ...LIVE_HEADERS, "content-type": registry.contentType },
    });
  },
};

function registryOf(channels: Channels): Promise<Registry> {
  let registry = registries.get(channels);
  if (registry === undefined) {
    // Most servers are never asked, and loading the library takes a while.
    registry = import("./metrics_registry.ts")
      .then(({ channelRegistry }) => channelRegistry(channels));
    registries.set(channels, registry);
  }
  return registry;
}
