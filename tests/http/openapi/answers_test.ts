/**
 * Holds real answers against the OpenAPI document.
 *
 * @module
 */

import { assert, assertEquals, fail } from "@std/assert";
import { Ajv2020 } from "ajv/dist/2020.js";
import { Channel } from "../../../src/channel/channel.ts";
import type { Channels } from "../../../src/channel/channels.ts";
import type {
  Operation,
  Parameter,
  PathItem,
  Reference,
  ResponseObject,
  Schema,
} from "../../../src/http/openapi/form.ts";
import { Ingest } from "../../../src/ingest/ingest.ts";
import { bytes, header, image, TRAILER } from "../../support/gif/gif_bytes.ts";
import { testBothServers } from "../../support/http/both_servers.ts";
import { publishGif } from "../../support/publish_gif.ts";

const GIF = bytes(header(4, 3), image({ width: 4, height: 3 }), TRAILER);
/** More than the server takes. */
const LARGE_GIF = bytes(
  header(100, 100),
  image({ width: 100, height: 100 }),
  TRAILER,
);
const MAX_FRAME_BYTES = 200;
const TOKEN = "let-me-in";
const SENDER = { authorization: `Bearer ${TOKEN}` };

interface Document {
  servers: { url: string }[];
  paths: Record<string, PathItem>;
  components: {
    parameters: Record<string, Parameter>;
    responses: Record<string, ResponseObject>;
    schemas: Record<string, Schema>;
  };
}

/** A request, and what it is to be answered. */
interface Case {
  /** The path as the document has it. */
  path: string;
  /** @default {"get"} */
  method?: keyof PathItem;
  /** @default {"live"} */
  channel?: string;
  query?: string;
  headers?: Record<string, string>;
  body?: Uint8Array<ArrayBuffer>;
  status: number;
}

/** The document of a server, and the means to hold answers against it. */
class Contract {
  readonly document: Document;
  readonly #base: string;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });

  private constructor(base: string, document: Document) {
    this.#base = base;
    this.document = document;
    const components = closed(document.components);
    this.#ajv.addSchema({ $id: "doc", components });
  }

  static async of(base: string): Promise<Contract> {
    const response = await fetch(`${base}/openapi.json`);
    assertEquals(response.headers.get("content-type"), "application/json");
    return new Contract(base, await response.json());
  }

  /** Asks, and finds the answer in the document, by all that it says. */
  async check(one: Case): Promise<void> {
    const { path, method = "get", channel = "live", query = "" } = one;
    const { headers, body, status } = one;
    const what = `${method} ${path}${query}`;
    const operation = this.document.paths[path]?.[method] ?? fail(what);
    const address = this.#base + path.replace("{channel}", channel) + query;
    const response = await fetch(address, {
      method: method.toUpperCase(),
      headers,
      body,
      redirect: "manual",
    });
    assertEquals(response.status, status, what);
    const described = this.#resolve(operation.responses[status], what);
    for (const name of Object.keys(described.headers ?? {})) {
      assert(response.headers.has(name), `${what} has no ${name}`);
    }
    await this.#checkBody(response, described, what);
  }

  async #checkBody(
    response: Response,
    { content = {} }: ResponseObject,
    what: string,
  ): Promise<void> {
    if (Object.keys(content).length === 0) {
      assertEquals(await response.text(), "", what);
      return;
    }
    const type = response.headers.get("content-type")!.split(";")[0];
    assert(Object.hasOwn(content, type), `${what}: ${type}`);
    if (type === "application/json") {
      this.validate(content[type].schema!, await response.json(), what);
    } else await response.body?.cancel();
  }

  /** Holds a value against a schema of the document. */
  validate(schema: Schema, value: unknown, what: string): void {
    const text = JSON.stringify(schema).replaceAll('"#/', '"doc#/');
    const validate = this.#ajv.compile(JSON.parse(text));
    if (validate(value)) return;
    fail(`${what}: ${this.#ajv.errorsText(validate.errors)}`);
  }

  /** The parameters in the query of an operation. */
  queryOf({ parameters = [] }: Operation): Parameter[] {
    return parameters.map((one) =>
      "$ref" in one
        ? this.document.components.parameters[lastOf(one)]
        : one as Parameter
    ).filter((one) => one.in === "query");
  }

  #resolve(
    response: ResponseObject | Reference | undefined,
    what: string,
  ): ResponseObject {
    if (response === undefined) fail(`${what} is not described`);
    return "$ref" in response
      ? this.document.components.responses[lastOf(response)]
      : response;
  }
}

function lastOf({ $ref }: Reference): string {
  return $ref.slice($ref.lastIndexOf("/") + 1);
}

/** The same schemas, which do not let anything pass that they do not name. */
function closed<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, it]) => [key, closed(it)]);
  if (Array.isArray(value)) return entries.map(([_, it]) => it) as T;
  const copy = Object.fromEntries(entries);
  if (copy.type === "object" && "properties" in copy) {
    copy.additionalProperties = false;
  }
  return copy;
}

const OPTIONS = {
  names: ["live", "empty"],
  configure: (channels: Channels) => ({
    ingest: {
      token: TOKEN,
      intake: new Ingest(channels, { maxFrameBytes: MAX_FRAME_BYTES }),
    },
  }),
};

/** Where 200 is not what an operation answers when all is well. */
const OTHER_SUCCESS: Record<string, number> = {
  "/{channel}/": 308,
  "/{channel}/ws": 426,
  "/ws": 426,
  "/api/wall": 426,
};

testBothServers(
  "answers every operation as the OpenAPI document says",
  async (base, channels) => {
    publishGif(channels.first!, GIF.slice());
    channels.first!.setSource({ message: "All is well" });
    const contract = await Contract.of(base);
    assertEquals(contract.document.servers, [{ url: base }]);
    for (const [path, item] of Object.entries(contract.document.paths)) {
      for (const method of Object.keys(item) as (keyof PathItem)[]) {
        const sends = method !== "get";
        await contract.check({
          path,
          method,
          headers: sends ? SENDER : undefined,
          body: sends ? GIF : undefined,
          status: OTHER_SUCCESS[path] ?? 200,
        });
      }
    }
  },
  OPTIONS,
);

testBothServers(
  "refuses as the OpenAPI document says",
  async (base, channels) => {
    publishGif(channels.first!, GIF.slice());
    const contract = await Contract.of(base);
    const frames = { path: "/{channel}/frames", method: "post" } as const;
    const cases: Case[] = [
      { path: "/{channel}.gif", channel: "none", status: 404 },
      { path: "/api/channels/{channel}", channel: "none", status: 404 },
      { path: "/clip.gif", query: "?at=0", status: 404 },
      { path: "/stream", query: "?channel=none", status: 404 },
      { path: "/", query: "?action=nothing", status: 400 },
      { path: "/", query: "?action=snapshot", status: 200 },
      { path: "/", query: "?action=stream", status: 200 },
      { path: "/", headers: { accept: "text/html" }, status: 200 },
      { path: "/{channel}/clip.gif", channel: "empty", status: 503 },
      { path: "/{channel}/snapshot.gif", query: "?at=0", status: 404 },
      { ...frames, body: GIF, status: 401 },
      { ...frames, headers: SENDER, status: 400 },
      { ...frames, channel: "none", headers: SENDER, body: GIF, status: 404 },
      { ...frames, headers: SENDER, body: bytes("no picture"), status: 415 },
      { ...frames, headers: SENDER, body: LARGE_GIF, status: 413 },
    ];
    for (const one of cases) await contract.check(one);
    const etag = (await fetch(`${base}/snapshot.gif`, { method: "HEAD" }))
      .headers.get("etag")!;
    await contract.check({
      path: "/snapshot.gif",
      headers: { "if-none-match": etag },
      status: 304,
    });
    const files = ["/clip.gif", "/snapshot.gif", "/snapshot"];
    for (const path of files) {
      const range = (range: string) => ({ path, headers: { range } });
      await contract.check({ ...range("bytes=0-9"), status: 206 });
      await contract.check({ ...range("bytes=99999999-"), status: 416 });
    }
    for (const path of ["/live.gif", "/"]) {
      const query = "?finite";
      const part = { range: "bytes=5-9" }, none = { range: "bytes=99999999-" };
      await contract.check({ path, query, status: 200 });
      await contract.check({ path, query, headers: part, status: 206 });
      await contract.check({ path, query, headers: none, status: 416 });
    }
  },
  OPTIONS,
);

testBothServers(
  "takes the methods that the OpenAPI document names, and no others",
  async (base) => {
    const contract = await Contract.of(base);
    for (const [path, item] of Object.entries(contract.document.paths)) {
      const methods = Object.keys(item).map((name) => name.toUpperCase());
      if (methods.includes("GET")) methods.push("HEAD");
      const allowed = [...methods, "OPTIONS"].toSorted();
      const address = base + path.replace("{channel}", "live");
      for (const method of ["OPTIONS", "DELETE"]) {
        const response = await fetch(address, { method });
        await response.body?.cancel();
        assertEquals(response.status, method === "DELETE" ? 405 : 204, path);
        const allow = response.headers.get("allow")!.split(", ");
        assertEquals(allow.toSorted(), allowed, path);
      }
      for (const operation of Object.values(item)) {
        assert("405" in operation.responses, path);
      }
    }
  },
);

testBothServers("tells where the document's paths begin", async (base) => {
  const proxied = { "x-forwarded-host": "example.org" };
  const servers = async (headers: Record<string, string>) => {
    const response = await fetch(`${base}/cams/openapi.json`, { headers });
    return (await response.json() as Document).servers;
  };
  assertEquals(await servers({}), [{ url: `${base}/cams` }]);
  assertEquals(await servers(proxied), [{ url: "http://example.org/cams" }]);
}, { basePath: "/cams", trustProxy: true });

testBothServers("takes no frames without a token of its own", async (base) => {
  const contract = await Contract.of(base);
  const path = "/{channel}/frames", method = "put";
  await contract.check({ path, method, body: GIF, status: 403 });
});

testBothServers(
  "asks for a token as the OpenAPI document says",
  async (base) => {
    const document = await fetch(`${base}/openapi.json?token=${TOKEN}`);
    const { paths } = await document.json() as Document;
    for (const [path, { get }] of Object.entries(paths)) {
      if (get === undefined) continue;
      const address = base + path.replace("{channel}", "live");
      const response = await fetch(address, { redirect: "manual" });
      await response.body?.cancel();
      const open = get.security?.length === 0;
      if (open) assert(response.status !== 401, path);
      else assertEquals(response.status, 401, path);
      assert(open || "401" in get.responses, path);
    }
  },
  { viewing: { token: TOKEN } },
);

testBothServers(
  "takes parameters of the ranges that the OpenAPI document tells",
  async (base, channels) => {
    publishGif(channels.first!, GIF.slice());
    const contract = await Contract.of(base);
    const ask = async (path: string, name: string, value: unknown) => {
      const query = new URLSearchParams({ [name]: String(value) });
      const address = base + path.replace("{channel}", "live");
      const response = await fetch(`${address}?${query}`, { method: "HEAD" });
      await response.body?.cancel();
      return response.status;
    };
    for (const [path, { get }] of Object.entries(contract.document.paths)) {
      if (get === undefined) continue;
      for (const { name, schema } of contract.queryOf(get)) {
        const { inside, outside } = samples(schema);
        const what = `${path} ${name}`;
        for (const value of inside) {
          assert(await ask(path, name, value) !== 400, `${what}=${value}`);
        }
        for (const value of outside) {
          assertEquals(await ask(path, name, value), 400, `${what}=${value}`);
        }
      }
    }
  },
);

/** Values that a schema allows, and some that it does not. */
function samples(schema: Schema) {
  const { minimum, maximum, type } = schema;
  if (schema.enum !== undefined) {
    return { inside: schema.enum as string[], outside: ["nonsense", ""] };
  }
  if (typeof minimum !== "number") return { inside: [], outside: [] };
  const inside = [minimum], outside: unknown[] = [minimum - 1, "x", "1e1"];
  if (typeof maximum === "number") {
    inside.push(maximum);
    outside.push(maximum + 1);
  }
  if (type === "integer") outside.push(minimum + 0.5);
  return { inside, outside };
}

testBothServers(
  "tells events as the OpenAPI document describes them",
  async (base, channels) => {
    const contract = await Contract.of(base);
    const { paths } = contract.document;
    const described = paths["/api/events"].get!.description!;
    const response = await fetch(`${base}/api/events`);
    const text = response.body!.pipeThrough(new TextDecoderStream());
    channels.add(new Channel({ name: "new" }));
    channels.remove("new");
    const seen = new Set<string>();
    let rest = "";
    for await (const chunk of text) {
      const events = (rest + chunk).split("\n\n");
      rest = events.pop()!;
      for (const event of events) {
        const name = event.match(/^event:(.*)$/m)![1];
        const data = JSON.parse(event.match(/^data:(.*)$/m)![1]);
        const [, schema] = described
          .match(`\\| \`${name}\` \\|.*\\| \`(\\w+)\``) ?? fail(name);
        const $ref = `#/components/schemas/${schema}`;
        contract.validate({ $ref }, data, name);
        if (name === "removed") publishGif(channels.first!, GIF.slice());
        seen.add(name);
      }
      if (seen.size === 4) break;
    }
    assertEquals([...seen].toSorted(), [
      "added",
      "channels",
      "removed",
      "status",
    ]);
  },
);
