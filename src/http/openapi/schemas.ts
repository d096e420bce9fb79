import { CHANNEL_NAME } from "../../channel/channel_name.ts";
import type { ChannelStatus } from "../../channel/channel_status.ts";
import type { IntakeCounts } from "../../channel/intake.ts";
import {
  SOURCE_STATES,
  type SourceStatus,
} from "../../channel/source_state.ts";
import { type Schema, schema } from "./form.ts";

function count(description: string): Schema {
  return { type: "integer", minimum: 0, description };
}

function milliseconds(description: string): Schema {
  return { type: ["number", "null"], minimum: 0, description };
}

/** An object that has all of these. */
function object(
  description: string,
  properties: Readonly<Record<string, Schema>>,
  optional: readonly string[] = [],
): Schema {
  const required = Object.keys(properties)
    .filter((name) => !optional.includes(name));
  return { type: "object", description, properties, required };
}

const SOURCE: Record<keyof SourceStatus, Schema> = {
  kind: {
    type: "string",
    description: "What kind of source it is, as in `folder` or `video`",
  },
  state: { enum: SOURCE_STATES, description: "What it is doing" },
  message: {
    type: ["string", "null"],
    description: "What last went wrong, or what it waits for",
  },
};

const CHANNEL: Record<keyof ChannelStatus, Schema> = {
  name: schema("ChannelName"),
  title: { type: "string", description: "The name that people are shown" },
  width: count("Pixels; 0 before the first frame"),
  height: count("Pixels; 0 before the first frame"),
  viewers: count("Viewers at this moment, in whatever form"),
  frames: count("Frames taken since the start"),
  unchangedFrames: count("Frames not sent since nothing had changed"),
  refusedFrames: count("Frames refused since browsers could not show them"),
  framesPerSecond: {
    type: "number",
    minimum: 0,
    description: "Frames taken a second, over the last seconds",
  },
  publishedBytes: count("Bytes that one viewer was sent who had every frame"),
  sentBytes: count("Bytes handed to viewers since the start"),
  skippedFrames: count("Frames that lagging viewers were not sent, summed up"),
  stalledViewers: count("Viewers cut off because they took nothing"),
  lastFrameAgeMilliseconds: milliseconds(
    "Time since the newest frame; null before the first",
  ),
  latencyMilliseconds: milliseconds(
    "How long the newest frame took from its source to the viewers' " +
      "sockets; null if its source does not tell when it was made",
  ),
  smoothedLatencyMilliseconds: milliseconds("The same, of the last frames"),
  source: schema("SourceStatus"),
};

const INTAKE: Record<keyof IntakeCounts, Schema> = {
  frames: count("Frames that went on air, or changed nothing there"),
  refused: count("Frames that could not be shown, or were cut off"),
  problem: {
    type: "string",
    description: "What was wrong with the newest of them",
  },
};

/** As µStreamer tells its state, for programs that ask for it. */
const STATE = object("The state in the form of µStreamer", {
  ok: { const: true },
  result: object("What µStreamer tells", {
    instance_id: { type: "string" },
    encoder: object("What makes the JPEGs", {
      type: { type: "string" },
      quality: { type: "integer", minimum: 1, maximum: 100 },
    }),
    source: object("Where pictures come from", {
      resolution: object("Pixels", { width: count(""), height: count("") }),
      online: { type: "boolean" },
      desired_fps: count(""),
      captured_fps: count(""),
    }),
    stream: object("Who watches", {
      queued_fps: count(""),
      clients: count("Viewers, in whatever form"),
      clients_stat: {
        type: "object",
        description: "Those that came by this interface, by their id",
        additionalProperties: object("One of them", {
          fps: count(""),
          extra_headers: { type: "boolean" },
          advance_headers: { type: "boolean" },
          dual_final_frames: { type: "boolean" },
          zero_data: { type: "boolean" },
          key: { type: "string" },
        }),
      },
    }),
  }),
});

/** All schemas of the document that have a name. */
export const SCHEMAS: Readonly<Record<string, Schema>> = {
  ChannelName: {
    type: "string",
    pattern: CHANNEL_NAME.source,
    description: "A channel's name, as addresses have it",
  },
  SourceStatus: object("Where the frames of a channel come from", SOURCE),
  Channel: object("The state of a channel", CHANNEL),
  Channels: object("The state of several channels", {
    channels: { type: "array", items: schema("Channel") },
  }),
  Removed: object("A channel that has gone", { name: schema("ChannelName") }),
  IntakeCounts: object("What became of frames", INTAKE, ["problem"]),
  State: STATE,
  Sentence: { type: "string", description: "A sentence for a person" },
};
