import { publicAddress } from "../access/public_address.ts";
import { LIVE_HEADERS } from "../answer/live_headers.ts";
import { READ_METHODS, type Resource } from "../call/resource.ts";

/** `GET /openapi.json`: all addresses, as an OpenAPI 3.1 document. */
export const openapi: Resource = {
  methods: READ_METHODS,
  async answer({ request, settings, addresses }) {
    const headers = { ...LIVE_HEADERS, "content-type": "application/json" };
    if (request.method === "HEAD") return new Response(null, { headers });
    // It is large, and mostly nobody asks.
    const { openApiDocument } = await import("./document.ts");
    const servers = [{ url: publicAddress(request, settings) }];
    const document = openApiDocument(addresses, openapi);
    const body = JSON.stringify({ ...document, servers });
    return new Response(body, { headers });
  },
};
