import { type Parameter, type Schema, schema } from "./form.ts";

function query(name: string, description: string, of: Schema): Parameter {
  return { name, in: "query", description, schema: of };
}

function flag(name: string, description: string): Parameter {
  return query(name, description, { type: "string", examples: ["1"] });
}

const MAX_WIDTH = 8192;

/** Parameters that several operations have, by their names in the document. */
export const PARAMETERS: Readonly<Record<string, Parameter>> = {
  Channel: {
    name: "channel",
    in: "path",
    required: true,
    description: "The channel's name",
    schema: schema("ChannelName"),
  },
  FramesPerSecond: query(
    "fps",
    "Most pictures a second; by default all there are",
    { type: "number", minimum: 0.1, maximum: 100 },
  ),
  Width: query(
    "width",
    "Most pixels of width, with the aspect kept; nothing is enlarged",
    { type: "integer", minimum: 1, maximum: MAX_WIDTH },
  ),
  Quality: query("quality", "Quality of JPEGs", {
    type: "integer",
    minimum: 1,
    maximum: 100,
    default: 80,
  }),
  At: query(
    "at",
    "A time in the past: seconds since 1970, or ISO 8601 with a zone; 404 " +
      "if nothing of it is kept",
    { type: "string", examples: ["2026-11-23T12:00:05Z", "1795435205.5"] },
  ),
  IfNoneMatch: {
    name: "If-None-Match",
    in: "header",
    description: "The `ETag` of what the client has",
    schema: { type: "string" },
  },
  OtherChannel: query(
    "channel",
    "Another channel than that of the address",
    schema("ChannelName"),
  ),
  ExtraHeaders: flag("extra_headers", "`X-UStreamer-` headers in each part"),
  AdvanceHeaders: flag(
    "advance_headers",
    "The head of a part right behind the part before it",
  ),
  DualFinalFrames: flag(
    "dual_final_frames",
    "The last picture of a movement sent twice",
  ),
  Key: query("key", "A word by which the client finds itself in the state", {
    type: "string",
    pattern: "^[A-Za-z0-9_-]{1,64}$",
  }),
};
