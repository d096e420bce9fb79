/** A JSON Schema (2020-12), or a reference to one. */
export type Schema = Readonly<Record<string, unknown>>;

/** A reference to something else in the document. */
export interface Reference {
  $ref: string;
}

/** A parameter of a request: in its path, query or headers. */
export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  description: string;
  schema: Schema;
}

/** A body, by its media types. */
export type Content = Readonly<Record<string, { schema?: Schema }>>;

/** An answer of some status. */
export interface ResponseObject {
  description: string;
  headers?: Readonly<Record<string, { description: string; schema: Schema }>>;
  content?: Content;
}

/** The operation of one method at one path. */
export interface Operation {
  operationId: string;
  summary: string;
  description?: string;
  tags: readonly string[];
  parameters?: readonly (Parameter | Reference)[];
  requestBody?: { required: boolean; description: string; content: Content };
  responses: Readonly<Record<string, ResponseObject | Reference>>;
  security?: readonly Readonly<Record<string, readonly string[]>>[];
}

/** The operations at one path, by method. */
export interface PathItem {
  get?: Operation;
  post?: Operation;
  put?: Operation;
}

/** Refers to a shared parameter. */
export function parameter(name: string): Reference {
  return { $ref: `#/components/parameters/${name}` };
}

/** Refers to a shared answer. */
export function response(name: string): Reference {
  return { $ref: `#/components/responses/${name}` };
}

/** Refers to a shared schema. */
export function schema(name: string): Reference & Schema {
  return { $ref: `#/components/schemas/${name}` };
}

/** Bytes of one or more media types, without a schema. */
export function binary(description: string, ...types: string[]) {
  return {
    description,
    content: Object.fromEntries(types.map((type) => [type, {}])),
  } satisfies ResponseObject;
}

/** A JSON answer. */
export function json(description: string, name: string) {
  return {
    description,
    content: { "application/json": { schema: schema(name) } },
  } satisfies ResponseObject;
}
