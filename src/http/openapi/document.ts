import { VERSION } from "../../system/version.ts";
import type { Address, DescribedResource } from "../call/address.ts";
import { PARAMETERS } from "./parameters.ts";
import { pathsOf } from "./paths.ts";
import { RESPONSES } from "./responses.ts";
import { SCHEMAS } from "./schemas.ts";

const DESCRIPTION = `Live video in a plain \`<img>\` tag: a GIF that never ends.

An address without a channel's name means the first channel. Every address that
takes GET takes HEAD, and all take OPTIONS. A refusal is a sentence in plain
text. An internal error of the server has status 500.`;

const SECURITY_SCHEMES = {
  viewerToken: {
    type: "http",
    scheme: "bearer",
    description: "Token of viewers, if the server asks for one",
  },
  viewerTokenInAddress: {
    type: "apiKey",
    in: "query",
    name: "token",
    description: "The same token, for clients that cannot send a header, " +
      "such as an `<img>`",
  },
  viewerPassword: {
    type: "http",
    scheme: "basic",
    description: "User and password, if the server asks for them",
  },
  senderToken: {
    type: "http",
    scheme: "bearer",
    description: "Token of senders of frames",
  },
};

const TAGS = [
  { name: "Watch", description: "Endless streams" },
  { name: "Pictures", description: "Files: snapshots and clips" },
  { name: "Send", description: "Frames for a channel" },
  { name: "State", description: "State of the channels" },
  { name: "Operation", description: "For operators of the server" },
  {
    name: "Addresses of other servers",
    description: "For programs made for mjpg-streamer or µStreamer",
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
  // Any one of these; the first is for servers without a token or password.
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
 * Describes all addresses of the server as an OpenAPI 3.1 document.
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
