import { CHANNEL_NAME } from "../../channel/channel_name.ts";
import type { ChannelStatus } from "../../channel/channel_status.ts";
import type { IntakeCounts } from "../../channel/intake.ts";
import {
  SOURCE_STATES,
  type SourceStatus,
} from "../../channel/source_state.ts";
import {
  type PlaceStatus,
  PUBLISH_STATES,
} from "../../publish/place_status.ts";
import type { PastAnswer } from "../resources/finite/past.ts";
import { type Schema, schema } from "./form.ts";

function count(description: string): Schema {
  return { type: "integer", minimum: 0, description };
}

function milliseconds(description: string): Schema {
  return { type: ["number", "null"], minimum: 0, description };
}

const PAST: Record<keyof PastAnswer, Schema> = {
  nowMilliseconds: {
    type: "number",
    description: "The server's time, in milliseconds since 1970",
  },
  keptSeconds: {
    type: "number",
    minimum: 0,
    description: "Length of the past that is kept, in seconds",
  },
  times: {
    type: "array",
    items: { type: "number" },
    description: "Times of the pictures that are kept, in milliseconds since " +
      "1970, oldest first",
  },
};

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
    description: "Kind of the source, such as `folder` or `video`",
  },
  state: { enum: SOURCE_STATES, description: "State of the source" },
  message: {
    type: ["string", "null"],
    description: "The last error, or what the source waits for",
  },
  format: {
    enum: ["GIF", "JPEG", null],
    description: "Format of the pictures that are handed on as they come; " +
      "null if they are encoded, or before the first",
  },
};

const CHANNEL: Record<keyof ChannelStatus, Schema> = {
  name: schema("ChannelName"),
  title: { type: "string", description: "The channel's name for people" },
  width: count("Pixels; 0 before the first frame"),
  height: count("Pixels; 0 before the first frame"),
  viewers: count("Viewers at this moment, in all forms"),
  viewersByForm: object("The same by form", {
    gif: count("Viewers of the endless GIF"),
    jpeg: count("Viewers of the endless JPEG"),
    multipart: count("Viewers of JPEGs or GIFs that replace each other"),
    websocket: count("Viewers by WebSocket"),
    text: count("Viewers in terminals"),
  }),
  frames: count("Frames taken since the start"),
  unchangedFrames: count("Frames not sent because nothing had changed"),
  damagedFrames: count("Frames taken of which a part is damaged"),
  refusedFrames: count("Frames refused because browsers could not show them"),
  framesPerSecond: {
    type: "number",
    minimum: 0,
    description: "Frames taken per second, over the last seconds",
  },
  publishedBytes: count("Bytes sent to a viewer that skipped no frame"),
  sentBytes: count("Bytes handed to viewers since the start"),
  skippedFrames: count("Frames skipped by slow viewers, summed over viewers"),
  stalledViewers: count("Viewers cut off because they took nothing"),
  lastFrameAgeMilliseconds: milliseconds(
    "Time since the newest frame; null before the first",
  ),
  latencyMilliseconds: milliseconds(
    "Time that the newest frame took from its source to the viewers' " +
      "sockets; null if its source does not tell when it was made",
  ),
  smoothedLatencyMilliseconds: milliseconds(
    "The same, averaged over the last frames",
  ),
  retryMilliseconds: milliseconds(
    "Time until the source is tried again; null if it waits for none",
  ),
  source: schema("SourceStatus"),
};

const PLACE: Record<keyof PlaceStatus, Schema> = {
  kind: { enum: ["redis", "nginx"], description: "Kind of the place" },
  address: { type: "string", description: "Its address, without secrets" },
  state: { enum: PUBLISH_STATES, description: "State of the place" },
  message: {
    type: ["string", "null"],
    description: "Reason of the state; null if there is none",
  },
  standby: {
    type: "array",
    items: schema("ChannelName"),
    description: "Channels that another process publishes there",
  },
  viewers: {
    type: ["integer", "null"],
    minimum: 0,
    description: "Viewers there; null if the place does not tell",
  },
  parts: count("Parts and JPEGs that got there since the start"),
  bytes: count("Bytes of those"),
  dropped: count("Parts and JPEGs dropped on the way"),
  waitingBytes: count("Bytes that wait in memory"),
};

const INTAKE: Record<keyof IntakeCounts, Schema> = {
  frames: count("Frames taken, whether sent or unchanged"),
  damaged: count("Frames of those that are damaged; absent if none is"),
  refused: count("Frames refused: not showable, or incomplete"),
  problem: {
    type: "string",
    description: "What was wrong with the last frame refused or damaged",
  },
};

/** The state in the form of µStreamer. */
const STATE = object("The state in the form of µStreamer", {
  ok: { const: true },
  result: object("State of the server", {
    instance_id: { type: "string" },
    encoder: object("The encoder of the JPEGs", {
      type: { type: "string" },
      quality: { type: "integer", minimum: 1, maximum: 100 },
    }),
    source: object("The source of the pictures", {
      resolution: object("Pixels", { width: count(""), height: count("") }),
      online: { type: "boolean" },
      desired_fps: count(""),
      captured_fps: count(""),
    }),
    stream: object("The viewers", {
      queued_fps: count(""),
      clients: count("Viewers, in all forms"),
      clients_stat: {
        type: "object",
        description: "Viewers of `/stream` or `/?action=stream`, by their id",
        additionalProperties: object("A viewer", {
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
  SourceStatus: object("The source of a channel's frames", SOURCE),
  Channel: object("The state of a channel", CHANNEL),
  AllChannels: object("The state of all channels", {
    channels: { type: "array", items: schema("Channel") },
    wallViewers: count("Viewers of walls, who count for no channel"),
  }),
  Channels: object("The state of several channels", {
    channels: { type: "array", items: schema("Channel") },
  }),
  Places: object("The state of places where the channels are published", {
    places: { type: "array", items: object("A place", PLACE) },
  }),
  Past: object("The pictures of a channel that are kept", PAST),
  Removed: object("A removed channel", { name: schema("ChannelName") }),
  IntakeCounts: object("The fate of frames", INTAKE, ["damaged", "problem"]),
  State: STATE,
  Sentence: { type: "string", description: "A sentence for a person" },
};
