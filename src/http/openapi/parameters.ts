import {
  FRAMES_PER_SECOND,
  QUALITY,
  WIDTH,
} from "../parameters/picture_parameters.ts";
import type { QueryParameter } from "../parameters/query_parameter.ts";
import {
  ADVANCE_HEADERS,
  CHANNEL,
  DUAL_FINAL_FRAMES,
  EXTRA_HEADERS,
  KEY,
} from "../resources/compat.ts";
import { NEXT } from "../resources/finite/live_picture.ts";
import { AT } from "../resources/finite/past_time.ts";
import {
  type Parameter,
  parameter,
  type Reference,
  type Schema,
  schema,
} from "./form.ts";

/** Parameters that several resources have, by their names in the document. */
const SHARED: Readonly<Record<string, QueryParameter>> = {
  FramesPerSecond: FRAMES_PER_SECOND,
  Width: WIDTH,
  Quality: QUALITY,
  At: AT,
  Next: NEXT,
  OtherChannel: CHANNEL,
  ExtraHeaders: EXTRA_HEADERS,
  AdvanceHeaders: ADVANCE_HEADERS,
  DualFinalFrames: DUAL_FINAL_FRAMES,
  Key: KEY,
};

/** All parameters of the document that have a name. */
export const PARAMETERS: Readonly<Record<string, Parameter>> = {
  Channel: {
    name: "channel",
    in: "path",
    required: true,
    description: "The channel's name",
    schema: schema("ChannelName"),
  },
  IfNoneMatch: {
    name: "If-None-Match",
    in: "header",
    description: "The `ETag` of the file that the client has",
    schema: { type: "string" },
  },
  Range: {
    name: "Range",
    in: "header",
    description: "One range of bytes; those after the first come of the " +
      "same file, by `If-Range`, by a cookie, or of the newest that was sent",
    schema: { type: "string", examples: ["bytes=100-"] },
  },
  IfRange: {
    name: "If-Range",
    in: "header",
    description: "The `ETag` of the file that the client has part of",
    schema: { type: "string" },
  },
  ...Object.fromEntries(
    Object.entries(SHARED).map(([name, it]) => [name, described(it)]),
  ),
};

/** A parameter of a resource, by its name in the document if it has one. */
export function parameterOrReference(
  query: QueryParameter,
): Parameter | Reference {
  const [name] = Object.entries(SHARED).find(([_, it]) => it === query) ?? [];
  return name === undefined ? described(query) : parameter(name);
}

function described(query: QueryParameter): Parameter {
  const { name, description } = query;
  return { name, in: "query", description, schema: schemaOf(query) };
}

function schemaOf(query: QueryParameter): Schema {
  switch (query.type) {
    case "number": {
      const { min: minimum, max: maximum, default: usual, integer } = query;
      const type = integer ? "integer" : "number";
      return { type, minimum, maximum, default: usual };
    }
    case "choice":
      return { enum: query.choices, default: query.default };
    case "text":
      return {
        type: "string",
        pattern: query.pattern,
        examples: query.examples,
      };
    case "channel":
      return schema("ChannelName");
  }
}
