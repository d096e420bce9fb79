import { publicAddress } from "../access/public_address.ts";
import { jsonAnswer } from "../answer/json_answer.ts";
import { READ_METHODS, type Resource } from "../call/resource.ts";

/** `GET /openapi.json`: all addresses, as an OpenAPI 3.1 document. */
export const openapi: Resource = {
  methods: READ_METHODS,
  async answer({ request, settings, addresses }) {
    if (request.method === "HEAD") return jsonAnswer(request, {});
    // Loaded on demand: the document is large and rarely asked for.
    const { openApiDocument } = await import("./document.ts");
    const servers = [{ url: publicAddress(request, settings) }];
    const document = openApiDocument(addresses, openapi);
    return jsonAnswer(request, { ...document, servers });
  },
};
