import { publicAddress } from "../access/public_address.ts";
import { LIVE_HEADERS } from "../answer/live_headers.ts";
import { READ_METHODS, type Resource } from "../call/resource.ts";

/** `GET /openapi.json`: what there is, as an OpenAPI 3.1 document. */
export const openapi: Resource = {
  methods: READ_METHODS,
  async answer({ request, settings }) {
    const headers = { ...LIVE_HEADERS, "content-type": "application/json" };
    if (request.method === "HEAD") return new Response(null, { headers });
    // It is large, and mostly nobody asks.
    const { DOCUMENT } = await import("./document.ts");
    const servers = [{ url: publicAddress(request, settings) }];
    const body = JSON.stringify({ ...DOCUMENT, servers });
    return new Response(body, { headers });
  },
};
