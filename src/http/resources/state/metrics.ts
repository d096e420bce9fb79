import type { Registry } from "@platformatic/prom-client";
import type { Pictures } from "../../../picture/pictures.ts";
import { loadModule } from "../../../system/load_module.ts";
import { LIVE_HEADERS } from "../../answer/live_headers.ts";
import type { Call } from "../../call/call.ts";
import { READ_METHODS, type Resource } from "../../call/resource.ts";

/** The metrics of each server, from when somebody first asks. */
const registries = new WeakMap<Pictures, Promise<Registry>>();

/** `GET /metrics`: counts and times in Prometheus' text format. */
export const metrics: Resource = {
  methods: READ_METHODS,
  async answer(call) {
    const registry = await registryOf(call);
    const body = call.request.method === "HEAD"
      ? null
      : await registry.metrics();
    return new Response(body, {
      headers: { ...LIVE_HEADERS, "content-type": registry.contentType },
    });
  },
};

function registryOf({ channels, settings }: Call): Promise<Registry> {
  const { pictures } = settings;
  let registry = registries.get(pictures);
  if (registry === undefined) {
    // Most servers are never asked, and loading the library takes a while.
    registry = loadModule(() => import("./metrics_registry.ts"))
      .then(({ serverRegistry }) => serverRegistry(channels, settings));
    registries.set(pictures, registry);
    registry.catch(() => registries.delete(pictures));
  }
  return registry;
}
