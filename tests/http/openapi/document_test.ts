import { Validator } from "@seriousme/openapi-schema-validator";
import { assert, assertEquals } from "@std/assert";
import { openApiDocument } from "../../../src/http/openapi/document.ts";
import type { Operation, PathItem } from "../../../src/http/openapi/form.ts";
import { openapi } from "../../../src/http/openapi/openapi.ts";
import { ADDRESSES } from "../../../src/http/routing/routes.ts";

const DOCUMENT = openApiDocument(ADDRESSES, openapi);
const ITEMS = Object.entries<PathItem>(DOCUMENT.paths);

/** Every operation, with its path and method. */
function operations(): [path: string, method: string, Operation][] {
  return ITEMS.flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) =>
      [path, method, operation] as [string, string, Operation]
    )
  );
}

Deno.test("openApiDocument() is one by the schema of OpenAPI 3.1", async () => {
  const validator = new Validator();
  const document = JSON.parse(JSON.stringify(DOCUMENT));
  const { valid, errors } = await validator.validate(document);
  assertEquals(errors, undefined);
  assert(valid);
  assertEquals(validator.version, "3.1");
  // Every reference leads somewhere.
  validator.resolveRefs();
});

Deno.test("openApiDocument() describes what has an address, and nothing else", () => {
  const described = operations()
    .map(([path, method]) => `${method.toUpperCase()} ${path}`);
  const served = ADDRESSES.flatMap(({ path, resource: { methods } }) =>
    methods.filter((method) => method !== "HEAD")
      .map((method) => `${method} ${path.replace("NAME", "{channel}")}`)
  );
  assertEquals(described.toSorted(), served.toSorted());
});

Deno.test("openApiDocument() says what is open to anybody", () => {
  const open = ADDRESSES.filter(({ resource }) => resource.open)
    .map(({ path }) => path.replace("NAME", "{channel}"));
  const described = ITEMS.filter(([_, { get, post }]) =>
    (get ?? post)?.security !== undefined
  ).map(([path]) => path);
  assertEquals(described.toSorted(), open.toSorted());
});

Deno.test("openApiDocument() gives each operation a name of its own", () => {
  const names = operations().map(([_path, _method, { operationId }]) =>
    operationId
  );
  assertEquals(new Set(names).size, names.length);
});
