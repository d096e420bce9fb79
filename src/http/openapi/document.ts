import { VERSION } from "../../system/version.ts";
import type { Address, DescribedResource } from "../call/address.ts";
import { PARAMETERS } from "./parameters.ts";
import { pathsOf } from "./paths.ts";
import { RESPONSES } from "./responses.ts";
import { SCHEMAS } from "./schemas.ts";

const DESCRIPTION = `Live video in a plain \`<img>\` tag: a GIF that never ends.

An address without a channel's name means the first channel. Whatever takes
GET takes HEAD, and everything takes OPTIONS. A refusal is a sentence in plain
text. A mistake of the server's is a 500.`;

const SECURITY_SCHEMES = {
  viewerToken: {
    type: "http",
    scheme: "bearer",
    description: "What viewers must know, if the server asks for it",
  },
  viewerTokenInAddress: {
    type: "apiKey",
    in: "query",
    name: "token",
    description: "The same where no header can be sent, as by an `<img>`",
  },
  viewerPassword: {
    type: "http",
    scheme: "basic",
    description: "User and password, if the server asks for them",
  },
  senderToken: {
    type: "http",
    scheme: "bearer",
    description: "What those must know who send frames",
  },
};

const TAGS = [
  { name: "Watch", description: "Streams that do not end" },
  { name: "Pictures", description: "Files: snapshots and clips" },
  { name: "Send", description: "Frames for a channel" },
  { name: "State", description: "What channels do" },
  { name: "Operation", description: "For those who run the server" },
  {
    name: "Addresses of other servers",
    description: "For programs that know mjpg-streamer or µStreamer",
  },
];

const FRAME = {
  openapi: "3.1.1",
  info: {
    title: "gifstream",
    version: VERSION,
    description: DESCRIPTION,
    license: { name: "MIT", identifier: "MIT" },
  },
  tags: TAGS,
  // Any of these; the first is for servers that ask for nothing.
  security: [
    {},
    { viewerToken: [] },
    { viewerTokenInAddress: [] },
    { viewerPassword: [] },
  ],
} as const;

const COMPONENTS = {
  securitySchemes: SECURITY_SCHEMES,
  parameters: PARAMETERS,
  responses: RESPONSES,
  schemas: SCHEMAS,
} as const;

/**
 * Everything that the server answers to, as an OpenAPI 3.1 document.
 *
 * @param addresses The addresses of the server.
 * @param self The resource that is this document.
 */
export function openApiDocument(
  addresses: readonly Address[],
  self: DescribedResource,
) {
  return {
    ...FRAME,
    paths: pathsOf(addresses, self),
    components: COMPONENTS,
  };
}
